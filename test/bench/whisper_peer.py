# The real whisper at the jobs of whisper-job.ts: a JSON line each, answered by the seconds that it took, and those of them
# that the processor worked for it.

import json
import sys
import time

import whisper


def update(folder, files, calls, first, **_):
    for n in range(calls):
        whisper.update(f"{folder}/f{n % files}.wsp", float(n), first + n // files * 10)


def update_many(folder, files, calls, first, points, **_):
    for n in range(calls):
        batch = [(first + k * 10, float(n + k)) for k in range(points)]
        whisper.update_many(f"{folder}/f{n % files}.wsp", batch)


def fetch(folder, files, calls, first, points, **_):
    for n in range(calls):
        _, values = whisper.fetch(f"{folder}/f{n % files}.wsp", first, first + points)
        assert len(values) == points


jobs = {"update": update, "update_many": update_many, "fetch": fetch}
print("ready", flush=True)
for line in sys.stdin:
    job = json.loads(line)
    began, worked = time.perf_counter(), time.process_time()
    jobs[job["op"]](**job)
    took = [time.perf_counter() - began, time.process_time() - worked]
    print(json.dumps(took), flush=True)
