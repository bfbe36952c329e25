# Debian's graphite-web, as far as its events go, on any free port of loopback until it is ended.
#
#   graphite_events.py FOLDER SECONDS
import os, signal, sys, threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

folder, seconds = sys.argv[1], float(sys.argv[2])
with open(os.path.join(folder, "events_settings.py"), "w") as file:
    file.write(
        f"""
SECRET_KEY = "of a test"
CONF_DIR = STORAGE_DIR = LOG_DIR = {folder!r}
WHISPER_DIR = {folder!r}
STANDARD_DIRS = [WHISPER_DIR]
ALLOWED_HOSTS = ["*"]
LOG_ROTATION = False
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": {os.path.join(folder, "events.db")!r}}}}}
"""
    )
sys.path.insert(0, folder)
os.environ["GRAPHITE_SETTINGS_MODULE"] = "events_settings"
os.environ["DJANGO_SETTINGS_MODULE"] = "graphite.settings"

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        pass


django.setup()
call_command("migrate", run_syncdb=True, verbosity=0)
server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Silent)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
threading.Timer(seconds, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
print(f"port {server.server_port}", flush=True)
try:
    server.serve_forever()
finally:
    os._exit(0)
