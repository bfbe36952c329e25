# Debian's graphite-web without a web server: one answer of /render a line on stdout, for each target on the command line.
#
#   graphite_web.py FOLDER CARBONLINK_PORT FROM UNTIL TARGET...
import os, sys

folder, port, since, until, *targets = sys.argv[1:]
with open(os.path.join(folder, "render_settings.py"), "w") as file:
    file.write(
        f"""
SECRET_KEY = "of a test"
CONF_DIR = STORAGE_DIR = LOG_DIR = {folder!r}
WHISPER_DIR = {os.path.join(folder, "whisper")!r}
STANDARD_DIRS = [WHISPER_DIR]
CARBONLINK_HOSTS = ["127.0.0.1:{port}"]
ALLOWED_HOSTS = ["*"]
LOG_ROTATION = False
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}}
"""
    )
sys.path.insert(0, folder)
os.environ["GRAPHITE_SETTINGS_MODULE"] = "render_settings"
os.environ["DJANGO_SETTINGS_MODULE"] = "graphite.settings"

import django
from django.test import Client

django.setup()
for target in targets:
    query = {"target": target, "from": since, "until": until, "format": "json", "noCache": "1"}
    answer = Client().get("/render", query)
    if answer.status_code != 200:
        sys.exit(f"{target}: {answer.status_code} {answer.content[:2000]!r}")
    print(answer.content.decode())
