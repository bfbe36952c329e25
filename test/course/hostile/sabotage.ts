// Programs that break what the next one needs. Each ends as it should, and the next one finds everything whole.

import type { FreeProgram } from './free.ts';

type Row = readonly [title: string, code: string, says?: string];

/** These end well. */
// prettier-ignore
const FINISHED: readonly Row[] = [
  ['another print', 'import builtins\nbuiltins.print = lambda *a: None'],
  ['no print', 'import builtins\ndel builtins.print'],
  ['no builtins', 'import builtins\nbuiltins.__dict__.clear()'],
  ['another len, isinstance, open', 'import builtins\nbuiltins.len = builtins.isinstance = builtins.open = lambda *a: 3'],
  ['another import', 'import builtins\nbuiltins.__import__ = None'],
  ['a frozen time', 'import time\ntime.time = time.sleep = time.perf_counter = lambda *a: 0'],
  ['loaded dice', 'import random\nrandom.random = lambda: 4\nrandom.Random.random = lambda self: 4\nrandom.seed = None\nrandom._inst = None'],
  ['another json', 'import json\njson.dumps = json.loads = None\njson.JSONEncoder.encode = lambda *a: "lie"\njson.encoder.c_make_encoder = None\nprint("told")', 'told'],
  ['a json that lost a method', 'import json\ndel json.JSONDecoder.decode\njson.JSONDecoder.more = 1'],
  ['another re', 'import re\nre.sub = re.compile = re.match = None'],
  ['another traceback', 'import traceback\ntraceback.TracebackException.__init__ = None\ntraceback.print_exc = None'],
  ['no modules', 'import sys\nsys.modules.clear()'],
  ['other modules', 'import sys\nsys.modules = {}'],
  ['modules that lie', 'import sys, types\nfor n in list(sys.modules): sys.modules[n] = types.ModuleType(n)'],
  ['other hooks', 'import sys\nsys.exit = sys.excepthook = sys.displayhook = sys.unraisablehook = sys.breakpointhook = None'],
  ['no paths', 'import sys\nsys.path.clear(); sys.meta_path.clear(); sys.path_hooks.clear(); sys.path_importer_cache.clear()'],
  ['another folder', 'import os\nos.chdir("/")'],
  ['no environment', 'import os\nos.environ.clear()'],
  ['a json.py of its own', 'open("json.py", "w").write("dumps = None")\nimport sys; del sys.modules["json"]\nimport json; print(json.dumps)', 'None'],
  ['files in /tmp', 'open("/tmp/left", "w").write("x")'],
  ['a trace function', 'import sys\nsys.settrace(lambda *a: 1 / 0)\nsys.setprofile(print)'],
  ['every tool taken', 'import sys\nm = sys.monitoring\nfor n in range(6):\n  if m.get_tool(n) is None: m.use_tool_id(n, "mine")'],
  ['no rubbish collection', 'import gc\ngc.disable(); gc.set_threshold(1); gc.callbacks.append(lambda *a: 1 / 0)'],
  ['another recursion limit', 'import sys\nsys.setrecursionlimit(60)'],
  ['other numbers', 'import sys, decimal\nsys.set_int_max_str_digits(0); sys.setswitchinterval(9)\ndecimal.getcontext().prec = 2'],
  ['warnings as errors', 'import warnings\nwarnings.simplefilter("error")'],
  ['other signals', 'import signal\nfor n in (2, 10, 12, 15): signal.signal(n, lambda *a: 1 / 0)'],
  ['a farewell', 'import atexit\natexit.register(print, "bye")', 'bye'],
  ['os._exit', 'import os\nprint("before")\nos._exit(0)\nprint("after")', 'before'],
  ['os.abort', 'import os\nos.abort()', 'ends the program'],
  ['os.kill', 'import os\nos.kill(os.getpid(), 9)', 'ends the program'],
  ['sys.exit with words', 'import sys\nsys.exit("enough")', 'enough'],
  ['SystemExit', 'raise SystemExit'],
  ['no __name__', 'del __name__, __builtins__'],
  ['no names at all', 'globals().clear()'],
  ['asyncio left running', 'import asyncio\nloop = asyncio.new_event_loop()\nasyncio.set_event_loop(loop)\nasync def f(): print("late")\nloop.create_task(f())'],
  ['a class of the library', 'import threading, collections, socket\nthreading.Thread.start = None\ncollections.Counter.update = None\nsocket.socket.send = None'],
  ['an error that lies', 'class E(Exception):\n  __class__ = property(lambda self: 1 / 0)\n  def __str__(self): raise E\ntry: raise E\nexcept E: print("caught")', 'caught'],
  ['another __main__', 'import sys\nsys.modules["__main__"] = None'],
];

/** These end with an error that says what is missing. */
// prettier-ignore
const FAILED: readonly (readonly [title: string, code: string, says: string])[] = [
  ['clear of __builtins__', '__builtins__.clear()', "has no attribute 'clear'"],
  ['the standard library deleted', 'import os\nos.remove("/lib/python314.zip")', 'PermissionError'],
  ['no home', 'import os, shutil\nshutil.rmtree("/home/learner")', 'Error'],
  ['everything deleted', 'import shutil\nshutil.rmtree("/")', 'Error'],
  ['a thread', 'import threading\nthreading.Thread(target=print).start()', 'one thread'],
  ['a pool', 'from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor().submit(print)', 'one thread'],
  ['multiprocessing', 'import multiprocessing', 'one process'],
  ['subprocess', 'import subprocess\nsubprocess.run(["ls"])', 'cannot start other programs'],
  ['os.system', 'import os\nos.system("touch /tmp/stacklab-escaped")', 'one process'],
  ['os.fork', 'import os\nos.fork()', 'one process'],
  ['ctypes', 'import ctypes\nctypes.string_at(0)', 'raw memory'],
  ['js.fetch', 'import js\njs.fetch("/")', 'does not reach the JavaScript'],
  ['js.postMessage', 'from js import postMessage\npostMessage(1)', 'does not reach the JavaScript'],
  ['js.close', 'import importlib\nimportlib.import_module("js").close()', 'does not reach the JavaScript'],
  ['pyodide_js', 'import pyodide_js', 'does not reach the JavaScript'],
  ['run_js', 'from pyodide.code import run_js\nrun_js("self.close()")', 'does not reach the JavaScript'],
  ['an exit code', 'import sys\nsys.exit(3)', 'exit code 3'],
  ['KeyboardInterrupt', 'raise KeyboardInterrupt', 'KeyboardInterrupt'],
  ['SIGINT', 'import signal\nsignal.raise_signal(signal.SIGINT)', 'KeyboardInterrupt'],
  ['BaseException', 'raise BaseException("all of it")', 'all of it'],
  ['an error without words', 'class E(Exception):\n  def __str__(self): return 3\nraise E', 'E'],
  ['an error whose words fail', 'class E(Exception):\n  def __str__(self): raise ValueError\nraise E', 'E'],
  ['a socket elsewhere', 'import socket\nsocket.create_connection(("example.org", 80))', 'only to StatsD'],
  ['a page of the web', 'import urllib.request\nurllib.request.urlopen("http://example.org")', 'only to StatsD'],
];

/** These end the machine under Python, or what runs a program in it. */
// prettier-ignore
const CRASHED: readonly (readonly [title: string, code: string, says: string])[] = [
  ['a tool that raises', 'import sys\nm = sys.monitoring\nm.use_tool_id(3, "mine")\ndef f(*a): raise ValueError\nm.register_callback(3, m.events.LINE, f)\nm.set_events(3, m.events.LINE)\ntry: x = 1\nexcept ValueError: pass', 'Python starts again'],
  ['the grader by its frame', 'import sys\nf = sys._getframe()\nwhile f.f_back: f = f.f_back\nfor n in ("_dumps", "place", "Session", "_exec"): f.f_globals[n] = None', 'Python starts again'],
  ['SIGTERM', 'import signal\nsignal.raise_signal(signal.SIGTERM)', 'Python starts again'],
];

// prettier-ignore
export const sabotage: readonly FreeProgram[] = [
  ...FINISHED.map((row) => program('finished', row)),
  ...FAILED.map((row) => program('error', row)),
  ...CRASHED.map((row) => program('crashed', row)),
];

function program(how: FreeProgram['how'], [title, code, says = '']: Row): FreeProgram {
  return { title, code, how, says, stopMs: null };
}
