# The real whisper as a peer: one list of commands a line on stdin, one list of answers a line on stdout.
# A command is [name, path, ...]; an answer is [what happened, the file in hex after it].
import builtins, json, os, struct, sys
import whisper


def in_order_of_time(intervals):
    # update_many walks a set of coarse slots, and the order of the set decides which slot comes first in an
    # empty archive. Sorted, files can be compared byte for byte with a program that goes by time.
    return sorted(builtins.set(intervals))


def number(text):
    return float(text)


def values_hex(values):
    return [None if v is None else struct.pack("!d", v).hex() for v in values]


def run(command):
    name, path, *args = command
    if name == "create":
        archives, xff, method = args
        whisper.create(path, [tuple(a) for a in archives], xff, method)
        return "created"
    if name == "update":
        time, value, now = args
        whisper.update(path, number(value), time, now)
        return "written"
    if name == "many":
        points, now = args
        whisper.update_many(path, [(t, number(v)) for t, v in points], now)
        return "written"
    if name == "fetch":
        start, end, now, step = args
        answer = whisper.fetch(path, start, end, now, step)
        if answer is None:
            return None
        info, values = answer
        return [list(info), values_hex(values)]
    if name == "merge":
        start, end, now = args
        whisper.merge(path + ".source", path, start, end, now)
        return "merged"
    raise SystemExit("unknown command " + name)


def content(path):
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read().hex()


whisper.set = in_order_of_time
for line in sys.stdin:
    answers = []
    for command in json.loads(line):
        try:
            happened = run(command)
        except (whisper.WhisperException, ValueError) as problem:
            happened = "refused: " + str(problem)
        answers.append([happened, content(command[1])])
    print(json.dumps(answers), flush=True)
