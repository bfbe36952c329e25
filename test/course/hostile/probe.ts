// A program that uses everything that a program before it may have broken. Its output is the same every time.

export const PROBE = `
import builtins, decimal, gc, json, os, random, re, signal, sys, time, warnings
print(len("abc"), isinstance(1, int), sum([1, 2]), sorted([2, 1]), repr("a"), abs(-1))
print(print, open, len, __import__, sorted(dir(builtins)))
print(sorted(sys.modules))
print(sys.getrecursionlimit(), sys.gettrace(), sys.getprofile(), [sys.monitoring.get_tool(n) for n in range(6)])
print(random.random(), random.Random(1).random(), random.randint(1, 100))
print(json.dumps({"a": [1, None]}), json.loads('{"a": [1.5]}'), sorted(vars(json.JSONDecoder)))
print(re.sub("a", "b", "aa"), decimal.Decimal(1) / 3, len(str(10**400)), f"{1.5:.2f}")
print(os.getcwd(), os.listdir(), os.listdir("/tmp"), sorted(os.environ), sys.path, sys.argv, __name__)
print([type(each).__name__ for each in (*sys.meta_path, *sys.path_hooks)], sys.exit, sys.displayhook, sys.excepthook)
print(gc.isenabled(), gc.get_threshold(), gc.callbacks, sys.getswitchinterval(), warnings.filters)
print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGUSR1).__name__)
print(sys.modules["__main__"].__dict__ is globals(), time.time() > 1.7e9, time.perf_counter() > 0)
began = time.monotonic()
time.sleep(0.005)
print(time.monotonic() - began >= 0.0049)
with open("a.txt", "w") as file:
    file.write("kept")
print(open("a.txt").read(), file=sys.stderr)
print("to stderr", file=sys.__stderr__)
import colorsys, threading, collections, socket, traceback
print(colorsys.rgb_to_hsv(1, 0, 0), collections.Counter("aab"), threading.Thread.start.__name__)
def deep(n): return 0 if n == 0 else deep(n - 1)
print(deep(300))
try:
    deep(1000)
except RecursionError as error:
    print(type(error).__name__, error)
try:
    input()
except EOFError:
    print(traceback.format_exc())
`;
