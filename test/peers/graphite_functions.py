# Debian's graphite-web as a peer: the first line of stdin has the metrics, each line after it the parameters of /render.
# Answers go to stdout, a line each: [status, body]; the body of a failure is the last line of its reason.
#
#   graphite_functions.py FOLDER
import json, logging, os, sys

sys.dont_write_bytecode = True
import whisper
from graphite_setup import client

folder = sys.argv[1]
first = json.loads(sys.stdin.readline())
for file, step, points in first["metrics"]:
    path = os.path.join(folder, "whisper", file)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    whisper.create(path, [(step, first["slots"])], 0)
    whisper.update_many(path, points, first["now"])

web = client(folder, "CARBONLINK_HOSTS = []")
logging.disable(logging.CRITICAL)
from django.core.management import call_command

call_command("migrate", run_syncdb=True, verbosity=0)
for series in first["tagged"]:
    web.post("/tags/tagSeries", {"path": series})
import django.core.signals


failure = [""]


def remember(**_):
    failure[0] = "%s: %s" % sys.exc_info()[:2]


django.core.signals.got_request_exception.connect(remember)
for line in sys.stdin:
    answer = web.get("/render", {**json.loads(line), "format": "json", "noCache": "1"})
    body = failure[0] if answer.status_code == 500 else answer.content.decode()
    print(json.dumps([answer.status_code, body]), flush=True)
