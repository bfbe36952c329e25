// Answers to an exercise that joke, lie or break things. `passes` says what the verdict must be.
//
// The exercise: double(n) gives n * 2, and say(n) prints it.

import type { CheckTest } from '../../../src/python/messages.ts';

export const TESTS: readonly CheckTest[] = [
  { call: 'double(21)', expect: 42 },
  { call: '[double(n) for n in range(3)]', expectPython: '[0, 2, 4]' },
  { call: 'double("ab")', expect: 'abab' },
  { call: 'say(2)', prints: '4' },
];

export interface GradedProgram {
  readonly title: string;
  readonly code: string;
  readonly passes: boolean;
  /** A part of what came, in the words of the first failure. */
  readonly came: string;
}

export const RIGHT = 'def double(n): return n * 2\ndef say(n, print=print): print(double(n))\n';

const passes = (title: string, code: string): GradedProgram => ({
  title,
  code: RIGHT + code,
  passes: true,
  came: '',
});

const fails = (title: string, code: string, came: string): GradedProgram => ({
  title,
  code,
  passes: false,
  came,
});

/** An answer that returns an object of a class that lies. */
const lies = (title: string, body: string, came = '<Liar'): GradedProgram =>
  fails(title, `${body}\ndef double(n): return Liar()\ndef say(n): print(4)`, came);

const SLOW = 'no answer in the time that a check has';

// prettier-ignore
export const graded: readonly GradedProgram[] = [
  passes('print is three', 'print = 3'),
  passes('another print for everybody', 'import builtins\nbuiltins.print = lambda *a: None'),
  passes('another len, isinstance, type', 'import builtins\nbuiltins.len = builtins.isinstance = builtins.type = builtins.dict = None'),
  passes('another json', 'import json\njson.dumps = json.JSONEncoder.encode = None'),
  passes('no modules', 'import sys\nsys.modules.clear()'),
  passes('a frozen time', 'import time\ntime.perf_counter = time.monotonic = lambda: 0'),
  passes('a class called dict', 'class dict: pass\nclass list: pass\nclass str: pass'),
  passes('shadowed names', 'sum = max = len = None'),
  passes('a frame that lies', 'import sys\nf = sys._getframe()\nwhile f:\n  for n in ("_pack", "_outcome", "show"): f.f_globals.pop(n, None) if n in f.f_globals and f.f_code.co_filename != "main.py" else None\n  f = f.f_back'),
  passes('a closed stdout', 'import sys\nsys.stdout.close()'),
  passes('every tool taken', 'import sys\nm = sys.monitoring\nfor n in range(6):\n  if m.get_tool(n) is None: m.use_tool_id(n, "mine")'),
  lies('always equal', 'class Liar:\n  def __eq__(self, other): return True'),
  lies('an int that lies', 'class Liar(int):\n  def __eq__(self, other): return True\n  def __repr__(self): return "42"'),
  lies('a text that lies', 'class Liar(str):\n  def __eq__(self, other): return True\n  def __repr__(self): return "42"'),
  lies('another class', 'class Liar:\n  __class__ = int\n  def __repr__(self): return "42"'),
  lies('a __repr__ that raises', 'class Liar:\n  def __repr__(self): raise ValueError'),
  lies('a __repr__ without an end', 'class Liar:\n  def __repr__(self):\n    while True: pass'),
  lies('attributes that raise', 'class Liar:\n  def __getattribute__(self, name): raise SystemExit'),
  lies('a __del__ without an end', 'class Liar:\n  def __del__(self):\n    while True: pass'),
  lies('a class of a class that lies', 'class M(type):\n  __name__ = property(lambda c: 1 / 0)\n  def __eq__(c, o): return True\n  def __hash__(c): return 0\nclass Liar(metaclass=M): pass'),
  lies('a list in itself', 'def Liar():\n  x = []\n  x.append(x)\n  return x', '[[['),
  lies('a deep list', 'def Liar():\n  x = []\n  for _ in range(100_000): x = [x]\n  return x', '[[['),
  fails('a loop', 'while True: pass', SLOW),
  fails('a loop that catches', 'while True:\n  try:\n    while True: pass\n  except: pass', SLOW),
  fails('finally with continue', 'def double(n):\n  while True:\n    try:\n      while True: pass\n    finally: continue', SLOW),
  fails('a sum in C', 'def double(n): return sum(range(10**12))', SLOW),
  fails('a nap', 'import time\ndef double(n): time.sleep(1000)', SLOW),
  fails('too much output', 'def double(n):\n  while True: print(n)', 'more output than a check may print'),
  fails('too much output caught', 'def double(n):\n  try:\n    while True: print(n)\n  except: return 42', 'more output than a check may print'),
  fails('SystemExit', 'raise SystemExit', 'SystemExit'),
  fails('os._exit', 'import os\nos._exit(0)', 'SystemExit'),
  fails('KeyboardInterrupt', 'def double(n): raise KeyboardInterrupt', 'KeyboardInterrupt'),
  fails('an error without an end', 'class E(Exception):\n  def __str__(self):\n    while True: pass\ndef double(n): raise E', 'E'),
  fails('too deep', 'def double(n): return double(n)', 'RecursionError'),
  fails('too much memory', 'def double(n): return "x" * 10**9', 'MemoryError'),
  fails('no builtins for everybody', `${RIGHT}import builtins\nbuiltins.__dict__.clear()`, "name 'range' is not defined"),
  fails('no answer at all', '', 'NameError'),
  fails('not Python', 'def double(n) return n', 'SyntaxError'),
];
