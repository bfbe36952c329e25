# Python's own readers as a peer: one command a line on stdin, one answer a line on stdout, both JSON.
#
#   ["write", seed]      a random value: [its pickle in each protocol, in hex, what it is]
#   ["read", hex]        what a pickle is to carbon's unpickler; null when that refuses it
#   ["floats", texts]    what float() makes of each text, in hex; null when it refuses
#   ["lines", texts]     what carbon's line receiver makes of each: [metric, value, time]; null when it refuses
#
# "What it is" is a list of nodes, the first of them the value, so that a value may hold itself.
import io, json, pickle, random, struct, sys

ALPHABETS = ["abz.-_09", "a'\"\\\n\t .;=~", "aé€𝄞ÿ\x00\x7f\x85", "{}*?[](),\r\x1f"]


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(module + "." + name)


def text(rng):
    return "".join(rng.choices(rng.choice(ALPHABETS), k=rng.choice([0, 1, 5, 30, 300])))


def number(rng):
    size = rng.choice([4, 8, 16, 31, 32, 40, 53, 63, 64, 200, 1023, 1024, 1100])
    return rng.choice([
        lambda: rng.getrandbits(size) - rng.getrandbits(size),
        lambda: 2 ** size - rng.randrange(2),
        lambda: rng.random() * 10 ** rng.randrange(-5, 12),
        lambda: struct.unpack("!d", rng.randbytes(8))[0],
        lambda: rng.choice([0.0, -0.0, float("inf"), float("-inf"), float("nan"), 5e-324]),
    ])()


def value(rng, depth, made):
    kind = rng.randrange(12)
    if kind < 3 or depth == 0:
        return number(rng)
    if kind < 6:
        return text(rng)
    if kind == 6:
        return rng.choice([None, True, False])
    if kind == 7 and made:
        return rng.choice(made)
    if kind == 8:
        return {text(rng): value(rng, depth - 1, made) for _ in range(rng.choice([0, 1, 4]))}
    many = [value(rng, depth - 1, made) for _ in range(rng.choice([0, 1, 2, 2, 3, 4, 9]))]
    many = many if kind == 9 else tuple(many)
    made.append(many)
    if kind == 9 and rng.randrange(20) == 0:
        many.append(many)
    return many


def points(rng):
    numbers = lambda: rng.choice([number(rng), str(number(rng))])
    return [(text(rng), (numbers(), numbers())) for _ in range(rng.choice([0, 1, 3, 90]))]


def hex_of(number):
    # Of the many nans one stands for all.
    return struct.pack("!d", number if number == number else float("nan")).hex()


def what(value):
    nodes, numbers, todo = [], {}, []

    def node_of(value):
        if id(value) not in numbers:
            numbers[id(value)] = len(nodes)
            nodes.append(None)
            todo.append(value)
        return numbers[id(value)]

    def described(value):
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, (int, float)):
            try:
                return {"float": hex_of(float(value))}
            except OverflowError:
                return {"opaque": "int"}
        if isinstance(value, (bytes, bytearray)):
            return {"bytes": value.hex()}
        if isinstance(value, dict):
            return {"dict": [[node_of(key), node_of(each)] for key, each in value.items()]}
        if isinstance(value, (list, tuple)):
            return {"list": [node_of(each) for each in value]}
        return {"other": type(value).__name__}

    node_of(value)
    while todo:
        each = todo.pop()
        nodes[numbers[id(each)]] = described(each)
    return nodes


def read(body):
    try:
        return what(Unpickler(io.BytesIO(body), encoding="utf-8").load())
    except Exception:
        return None


def as_float(text):
    try:
        return hex_of(float(text))
    except ValueError:
        return None


def as_point(line):
    try:
        metric, value, stamp = line.strip().split()
        return [metric, hex_of(float(value)), hex_of(float(stamp))]
    except ValueError:
        return None


def write(seed):
    rng = random.Random(seed)
    made = points(rng) if rng.randrange(2) else value(rng, 4, [])
    return [[pickle.dumps(made, protocol).hex() for protocol in range(6)], what(made)]


for line in sys.stdin:
    command, given = json.loads(line)
    if command == "write":
        answer = write(given)
    elif command == "read":
        answer = read(bytes.fromhex(given))
    elif command == "floats":
        answer = [as_float(each) for each in given]
    else:
        answer = [as_point(each) for each in given]
    print(json.dumps(answer), flush=True)
