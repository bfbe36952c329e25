# Debian's graphite-web as a peer for tags: each line of stdin is [method, path, parameters]; answers go to stdout, a line
# each: [status, body].
#
#   graphite_tags.py FOLDER
import json, logging, sys

sys.dont_write_bytecode = True
from graphite_setup import client

web = client(sys.argv[1], 'CARBONLINK_HOSTS = []\nTAGDB_CACHE_DURATION = 0\nCACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}')
logging.disable(logging.CRITICAL)
from django.core.management import call_command

call_command("migrate", run_syncdb=True, verbosity=0)
for line in sys.stdin:
    method, path, parameters = json.loads(line)
    answer = (web.post if method == "POST" else web.get)(path, parameters)
    print(json.dumps([answer.status_code, answer.content.decode()]), flush=True)
