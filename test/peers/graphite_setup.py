# Debian's graphite-web in this process, without a web server: a client that asks it, and its settings in FOLDER.
import os, sys


def client(folder, more=""):
    with open(os.path.join(folder, "render_settings.py"), "w") as file:
        file.write(
            f"""
SECRET_KEY = "of a test"
CONF_DIR = STORAGE_DIR = LOG_DIR = {folder!r}
WHISPER_DIR = {os.path.join(folder, "whisper")!r}
STANDARD_DIRS = [WHISPER_DIR]
ALLOWED_HOSTS = ["*"]
LOG_ROTATION = False
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}}
{more}
"""
        )
    sys.path.insert(0, folder)
    os.environ["GRAPHITE_SETTINGS_MODULE"] = "render_settings"
    os.environ["DJANGO_SETTINGS_MODULE"] = "graphite.settings"

    import django
    from django.test import Client

    django.setup()
    return Client(raise_request_exception=False)
