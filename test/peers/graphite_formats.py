# What Python reads in our pickles and msgpacks, beside what Debian's graphite-web answers over the same files.
#
#   graphite_formats.py FOLDER    with FOLDER/whisper; each line of stdin is [path, our answer in base64]
#
# A line each to stdout: [theirs, ours], values as JSON.
import base64, collections, collections.abc, json, logging, pickle, sys

sys.dont_write_bytecode = True
# Its reader of msgpack is older than this Python.
collections.Hashable = collections.abc.Hashable
from graphite_setup import client

web = client(sys.argv[1], "CARBONLINK_HOSTS = []")
logging.disable(logging.CRITICAL)
from graphite.intervals import IntervalSet
from graphite.util import msgpack


def read(path, content):
    return msgpack.loads(content, raw=False) if "msgpack" in path else pickle.loads(content)


def plain(value):
    if isinstance(value, IntervalSet):
        return [list(one.tuple) + [one.size == one.end - one.start] for one in value]
    return str(value)


for line in sys.stdin:
    path, ours = json.loads(line)
    answer = web.get(path)
    pair = [read(path, answer.content), read(path, base64.b64decode(ours))]
    print(json.dumps(pair, default=plain), flush=True)
