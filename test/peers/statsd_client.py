# Python's client of StatsD: every call that it has, at the port that is named, over "udp" or "tcp".
import random, sys
from datetime import timedelta
import statsd

protocol, port = sys.argv[1], int(sys.argv[2])
# A sample with a rate is always sent.
random.random = lambda: 0.0
make = statsd.StatsClient if protocol == "udp" else statsd.TCPStatsClient
client = make("127.0.0.1", port, prefix="app")

client.incr("visits")
client.incr("visits", 4, rate=0.5)
client.decr("stock", 2)
client.gauge("beds", 12.5)
client.gauge("beds", -2, delta=True)
client.gauge("frost", -4)
client.timing("wait", 320)
client.timing("wait", timedelta(milliseconds=12.5), rate=0.1)
client.set("staff", "anna")
client.set("staff", "ben")
with client.pipeline() as pipe:
    for _ in range(100):
        pipe.incr("piped.with.a.name.that.fills.packets")
    pipe.timing("piped.wait", 7)
client.close()
