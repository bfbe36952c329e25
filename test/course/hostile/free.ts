// Programs that go wrong by accident or for fun, and how a run of each must end.
//
// What cannot hold in Pyodide, and ends in a new Python and a sentence that says so:
// - C code that never looks for a signal (`sum(range(10**12))`, `max(iter(int, 1))`): no stop reaches it.
// - In the browser, a list in lists some thousand deep, and a source text like that ("----1"): C code that frees the
//   one and reads the other uses up the stack of 1 MB. In Node it has 32 MB, so here these are errors of Python.
// - signal.raise_signal(SIGTERM): Emscripten ends its whole machine, as the kernel ends a process.
// - A monitoring tool that raises at every line, and names of the runner set to None through its frame: our own code
//   runs in the same interpreter, and cannot go on there.
// What a program can do to itself by intent, and nobody stops: it may search the grader's objects with gc.get_objects()
// and change them. CPython has no walls inside one interpreter; the place to cheat would be the page's own storage.

import type { RunEnding } from '../../../src/python/messages.ts';

export interface FreeProgram {
  readonly title: string;
  readonly code: string;
  readonly how: RunEnding['how'];
  /** A part of what is printed, of the error, of its explanation, or of the words of the ending. */
  readonly says: string;
  /** When Stop is pressed; null = the program ends by itself. */
  readonly stopMs: number | null;
}

function ends(
  title: string,
  code: string,
  how: RunEnding['how'],
  says: string,
  stopMs: number | null = null,
): FreeProgram {
  return { title, code, how, says, stopMs };
}

const finishes = (title: string, code: string, says = ''): FreeProgram =>
  ends(title, code, 'finished', says);
const fails = (title: string, code: string, says: string): FreeProgram =>
  ends(title, code, 'error', says);
const floods = (title: string, code: string): FreeProgram =>
  ends(title, code, 'output-limit', 'Stopped: the program printed');
const isStopped = (title: string, code: string, says = 'You stopped it after'): FreeProgram =>
  ends(title, code, 'stopped', says, 150);

const INSISTED = 'The program caught the first stop';
const RESTARTED = 'Python gave no answer, so it starts again';
const DEEP = 'x = []\nfor _ in range(100_000): x = [x]\n';
const TOO_DEEP = 'RecursionError';

// prettier-ignore
export const endless: readonly FreeProgram[] = [
  isStopped('a loop', 'while True: pass'),
  isStopped('a bare except', 'while True:\n  try:\n    pass\n  except:\n    pass'),
  isStopped('a bare except around a loop', 'while True:\n  try:\n    while True: pass\n  except: pass', INSISTED),
  isStopped('finally with continue', 'while True:\n  try:\n    while True: pass\n  finally:\n    continue', INSISTED),
  isStopped('a generator that eats everything', 'def g():\n  while True:\n    try:\n      while True: pass\n    except BaseException: pass\n    yield 1\nfor _ in g(): pass', INSISTED),
  isStopped('a generator without an end', 'import itertools\nany(x < 0 for x in itertools.count())'),
  isStopped('a sum in C', 'sum(range(10**12))', RESTARTED),
  isStopped('a maximum in C', 'max(iter(int, 1))', RESTARTED),
  isStopped('a power', '10**10**8'),
  isStopped('a regular expression', 'import re\nre.match(r"(a+)+$", "a" * 40 + "b")'),
  isStopped('a nap', 'import time\ntime.sleep(1000)'),
  isStopped('a nap that catches', 'import time\nwhile True:\n  try: time.sleep(1000)\n  except: pass', INSISTED),
  isStopped('a list that grows slowly', 'x = []\nwhile True: x.append(len(x))'),
  isStopped('a deaf program', 'import signal\nfor n in (2, 10, 15): signal.signal(n, signal.SIG_IGN)\nwhile True: pass'),
  isStopped('a __del__ without an end', 'class A:\n  def __del__(self):\n    while True: pass\na = A()'),
  isStopped('a farewell without an end', 'import atexit\n@atexit.register\ndef f():\n  while True: pass'),
  isStopped('nested functions', 'def f():\n  try:\n    while True: pass\n  except: f()\nf()', INSISTED),
  isStopped('asyncio', 'import asyncio\nasync def f():\n  while True: await asyncio.sleep(0)\nasyncio.run(f())'),
  isStopped('input in a loop', 'while True:\n  try: input()\n  except EOFError: pass'),
  ends('an error without an end', 'class E(Exception):\n  def __str__(self):\n    while True: pass\nraise E', 'error', 'E', 150),
  fails('nobody at the keyboard', 'name = input("name? ")', 'nobody at the keyboard'),
  fails('waiting for nothing', 'import asyncio\nasync def f(): await asyncio.Event().wait()\nasyncio.run(f())', 'nobody will ever finish'),
  finishes('a stdin at its end', 'import sys\nprint(sys.stdin.read(), list(sys.stdin), "over")', 'over'),
];

// prettier-ignore
export const recursive: readonly FreeProgram[] = [
  fails('functools.cache', 'from functools import cache\n@cache\ndef f(n): return f(n + 1)\nf(0)', TOO_DEEP),
  fails('functools.lru_cache', 'from functools import lru_cache\n@lru_cache(None)\ndef f(n): return f(n + 1)\nf(0)', TOO_DEEP),
  fails('sorted with a key', 'def f(x): return sorted([x, x], key=f)\nf(1)', TOO_DEEP),
  fails('map', 'def f(x): return list(map(f, [x]))\nf(1)', TOO_DEEP),
  fails('__getattr__', 'class A:\n  def __getattr__(self, n): return getattr(self, n + "x")\nA().a', TOO_DEEP),
  fails('__repr__', 'class A:\n  def __repr__(self): return repr(self)\nprint(A())', TOO_DEEP),
  fails('__str__', 'class A:\n  def __str__(self): return str(self)\nprint(A())', TOO_DEEP),
  fails('__eq__', 'class A:\n  def __eq__(self, o): return self == o\nA() == A()', TOO_DEEP),
  fails('__hash__', 'class A:\n  def __hash__(self): return hash(self)\n{A()}', TOO_DEEP),
  fails('__call__', 'class A:\n  def __call__(self): return self()\nA()()', TOO_DEEP),
  fails('an f-string', 'class A:\n  def __format__(self, s): return f"{self}"\nf"{A()}"', TOO_DEEP),
  fails('a property', 'class A:\n  @property\n  def a(self): return self.a\nA().a', TOO_DEEP),
  fails('a generator', 'def f(): yield from f()\nlist(f())', TOO_DEEP),
  fails('two functions', 'def f(): g()\ndef g(): f()\nf()', TOO_DEEP),
  fails('a lambda', 'f = lambda: f()\nf()', TOO_DEEP),
  fails('a class that makes itself', 'class A:\n  def __init__(self): A()\nA()', TOO_DEEP),
  fails('a raised limit', 'import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()', 'stops at 400 calls'),
  fails('json.dumps', `${DEEP}import json\njson.dumps(x)`, TOO_DEEP),
  fails('json.loads', 'import json\njson.loads("[" * 100_000)', TOO_DEEP),
  fails('deepcopy', `${DEEP}import copy\ncopy.deepcopy(x)`, TOO_DEEP),
  fails('a list in itself', 'import json\nx = []\nx.append(x)\nprint(x)\njson.dumps(x)', 'Circular reference'),
  fails('repr of a deep list', `${DEEP}repr(x)`, 'Stack overflow'),
  fails('a long sum', 'eval("1+" * 100_000 + "1")', TOO_DEEP),
];

// prettier-ignore
export const greedy: readonly FreeProgram[] = [
  fails('a text longer than an int', '"x" * 10**10', 'more items than Python can count'),
  fails('a text of a gigabyte', '"x" * 10**9', 'more memory than this Python has'),
  fails('a list that doubles', 'x = [0]\nwhile True: x += x', 'MemoryError'),
  fails('a list of texts', 'x = []\nwhile True: x.append("x" * 10**6 + str(len(x)))', 'MemoryError'),
  fails('a bytearray', 'bytearray(10**9)', 'MemoryError'),
  fails('a range as a list', 'list(range(10**9))', 'MemoryError'),
  fails('a set', 'set(range(10**9))', 'MemoryError'),
  fails('MemoryError caught, and again', 'x = []\ntry:\n  while True: x.append(bytearray(10**7))\nexcept MemoryError: pass\nx.append(bytearray(10**8))', 'MemoryError'),
  fails('many digits', 'print(10**10**5)', 'ValueError'),
  fails('a file that grows', 'with open("big", "w") as f:\n  while True: f.write("x" * 10**6)', 'A file here can hold 32 MB'),
  fails('an error of ten million letters', 'raise ValueError("x" * 10**7)', 'characters ...'),
];

// prettier-ignore
export const loud: readonly FreeProgram[] = [
  floods('print', 'while True: print("x")'),
  floods('print that catches', 'while True:\n  try: print("x")\n  except: pass'),
  floods('print that catches at the end', 'try:\n  while True: print("x")\nexcept: pass'),
  floods('one long print', 'print("x" * 10**7)'),
  floods('stderr', 'import sys\nwhile True: print("x", file=sys.stderr)'),
  floods('write', 'import sys\nwhile True: sys.stdout.write("xxxxxxxxxx")'),
  floods('os.write', 'import os\nwhile True: os.write(1, b"xxxxxxxxxx")'),
  floods('the first stdout', 'import sys\nwhile True: sys.__stdout__.write("xxxxxxxxxx")'),
  floods('a __del__', 'class A:\n  def __del__(self):\n    while True: print("x")\na = A()'),
  fails('print of a gigabyte', 'print("x" * 10**9)', 'MemoryError'),
  finishes('no stdout', 'import sys\nsys.stdout = None\nprint("lost")'),
  fails('a stdout thrown away', 'import sys\ndel sys.stdout\nprint("lost")', 'lost sys.stdout'),
  finishes('a closed stdout', 'import sys\nsys.stdout.close()\nprint("still here")', 'still here'),
  finishes('bytes', 'import sys\nsys.stdout.buffer.write(b"bytes\\n")', 'bytes'),
  finishes('file number 1', 'print("number one", file=open(1, "w", closefd=False), flush=True)', 'number one'),
  finishes('a text that lies about its length', 'class T(str):\n  def __len__(self): return 10**9\nprint(T("short"))', 'short'),
];

// prettier-ignore
export const broken: readonly FreeProgram[] = [
  fails('a null byte', 'print("a\0b")', 'null bytes'),
  finishes('a long line', `x = "${'y'.repeat(200_000)}"\nprint(len(x))`, '200000'),
  fails('a long wrong line', `x = ${'y '.repeat(50_000)}`, 'too complex'),
  fails('a long open text', `x = "${'y'.repeat(50_000)}`, 'unterminated string'),
  fails('a thousand parentheses', '('.repeat(1000) + ')'.repeat(1000), 'too many nested parentheses'),
  fails('a hundred blocks', Array.from({ length: 120 }, (_, at) => `${' '.repeat(at)}if 1:`).join('\n'), 'too many levels of indentation'),
  finishes('an unknown encoding', '# -*- coding: nonsense -*-\nprint("ü")', 'ü'),
  finishes('an invalid escape', 'print("\\d")', 'invalid escape sequence'),
  fails('a huge number', `x = ${'9'.repeat(5000)}`, 'SyntaxError'),
  fails('half a letter', 'print("\ud800")', 'UnicodeEncodeError'),
  finishes('half a letter printed', 'print("\\ud800 on")', ' on'),
  fails('a minus for ever', `print(${'-'.repeat(20_000)}1)`, 'too complex'),
  fails('another True', 'True = False', 'SyntaxError'),
  fails('braces', 'from __future__ import braces', 'not a chance'),
  fails('print is three', 'print = 3\nprint("x")', 'a value of the type int'),
  fails('sum is none', 'sum = 0\nsum([1])', 'TypeError'),
  fails('a negative nap', 'import time\ntime.sleep(-1)', 'must be non-negative'),
  fails('a nap of a word', 'import time\ntime.sleep("long")', 'TypeError'),
  fails('antigravity', 'import antigravity', 'does not reach the JavaScript'),
  fails('a breakpoint', 'breakpoint()\nprint(1)', 'exit code 1'),
  finishes('exit', 'exit()'),
];
