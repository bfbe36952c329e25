# Debian's graphite-web without a web server: one answer of /render a line on stdout, for each target on the command line.
#
#   graphite_web.py FOLDER CARBONLINK_PORT FROM UNTIL TARGET...
import sys

sys.dont_write_bytecode = True
from graphite_setup import client

folder, port, since, until, *targets = sys.argv[1:]
web = client(folder, f'CARBONLINK_HOSTS = ["127.0.0.1:{port}"]')
for target in targets:
    query = {"target": target, "from": since, "until": until, "format": "json", "noCache": "1"}
    answer = web.get("/render", query)
    if answer.status_code != 200:
        sys.exit(f"{target}: {answer.status_code} {answer.content[:2000]!r}")
    print(answer.content.decode())
