// Small Python programs from a seed, with every kind of expression and statement that CPython 3.14 has. Most of them
// fail somewhere: each statement of a program says what it raised, and the next one goes on.

import { makeRandom, type Random } from '../../src/core/base/random.ts';

/** What the programs play with. Told says each time that somebody asks it for something. */
export const PRELUDE = `import functools
def say(*words):
    print(*words, end=";")
class Look:
    def __init__(self, name): self.name = name
    def __get__(self, it, kind=None):
        say("get", self.name)
        return 3
    def __set__(self, it, value): say("set", self.name, type(value).__name__)
class Told:
    look = Look("look")
    def __init__(self, name="told", truth=True): self.name, self.truth = name, truth
    def __bool__(self):
        say("bool", self.name)
        return self.truth
    def __eq__(self, other):
        say("eq", self.name)
        return Told(self.name + "=", not self.truth)
    def __lt__(self, other):
        say("lt", self.name)
        return Told(self.name + "<", self.truth)
    def __hash__(self): return 1
    def __iter__(self):
        say("iter", self.name)
        yield 1
        yield 2
    def __getattr__(self, name):
        if name[:2] == "__": raise AttributeError(name)
        say("attr", name)
        return len(name)
    def __getitem__(self, key):
        say("item", key)
        return key
    def __setitem__(self, key, value): say("set item", key)
    def __delitem__(self, key): say("del item", key)
    def __contains__(self, key):
        say("in", self.name)
        return self.truth
    def __add__(self, other):
        say("add", self.name)
        return Told(self.name + "+")
    __radd__ = __iadd__ = __mul__ = __rmul__ = __add__
    def __neg__(self): return self
    def __call__(self, *given, **named):
        say("call", len(given), sorted(named))
        return self.truth
    def __enter__(self):
        say("enter", self.name)
        return self
    def __exit__(self, kind, error, trace):
        say("exit", kind and kind.__name__)
        return self.truth and kind is not None
    async def __aenter__(self): return self.__enter__()
    async def __aexit__(self, *error): return self.__exit__(*error)
    def __await__(self):
        say("await", self.name)
        yield
        return 2
    async def __aiter__(self):
        for n in (1, 2): yield n
    def __format__(self, how): return self.name + how
    def __repr__(self): return self.name
    def keys(self):
        say("keys")
        return iter(("k", "z"))
def plain(thing): return thing
def times(n):
    def around(thing):
        if isinstance(thing, type): return thing
        @functools.wraps(thing)
        def inner(*given, **named): return thing(*given, **named)
        return inner
    return around
def run(waits):
    try:
        while True: waits.send(None)
    except StopIteration as end: return end.value
def f0(p, /, q=2, *r, k=3, **s): return p
def f1(*, k, z=1): return k
def f2(p=[]): return p
a, b, c, s, t, xs, m = 1, 0, 4, "ab", "", [3, 1, 2], {"k": 1, "z": 2}
u, v = Told("u"), Told("v", False)
`;

const NAMES = ['a', 'b', 'c', 's', 't', 'xs', 'm'];
const TOLD = ['u', 'v'];
const BINARY = ['+', '-', '*', '//', '%', '&', '|', '^', '/'];
const COMPARE = ['<', '>', '==', '!=', '<=', 'in', 'not in', 'is', 'is not'];

/** Writes one program; `isTold` = with objects that say what they are asked. */
export function makeProgram(seed: number, isTold: boolean): string {
  const writer = new Writer(makeRandom(seed), isTold);
  return PRELUDE + writer.program();
}

class Writer {
  private readonly dice: Random;
  private readonly names: readonly string[];
  private isAsync = false;
  private inFunction = false;
  private count = 0;

  private readonly isTold: boolean;

  constructor(dice: Random, isTold: boolean) {
    this.dice = dice;
    this.isTold = isTold;
    this.names = isTold ? [...NAMES, ...TOLD, ...TOLD] : NAMES;
  }

  program(): string {
    const parts = Array.from({ length: 4 + this.dice.below(5) }, () =>
      this.guarded(this.statement(2), ''),
    );
    return `${parts.join('\n')}\n${this.isTold ? 'print([name for name in sorted(globals()) if name[:2] != "__"])\n' : ''}`;
  }

  /** What a statement raises is printed with its line. */
  private guarded(lines: readonly string[], indent: string): string {
    const body = lines.map((line) => `${indent}    ${line}`).join('\n');
    const told = 'print(type(e).__name__, e, e.__traceback__.tb_lineno)';
    return `${indent}try:\n${body}\n${indent}except BaseException as e: ${told}`;
  }

  private one<T>(among: readonly T[]): T {
    return among[this.dice.below(among.length)] as T;
  }

  private some(make: () => string, most = 3): string {
    return Array.from({ length: this.dice.below(most + 1) }, make).join(', ');
  }

  private fresh(): string {
    this.count += 1;
    return `n${this.count}`;
  }

  private name = (): string => this.one(this.names);

  private constant = (): string =>
    this.one([
      '0',
      '1',
      '2',
      '-1',
      '5',
      '"x"',
      '""',
      'None',
      'True',
      'False',
      '1.5',
      '2j',
      '()',
      '(1, 2)',
    ]);

  // -- expressions ----------------------------------------------------------------------------

  private expression = (depth: number): string => {
    if (depth <= 0 || this.dice.chance(0.15))
      return this.dice.chance(0.7) ? this.name() : this.constant();
    const e = (): string => this.expression(depth - 1);
    const makers: readonly (() => string)[] = [
      () => `${this.part(depth)} ${this.one(BINARY)} ${this.part(depth)}`,
      () => `${this.part(depth)} ${this.one(BINARY)} ${this.part(depth)}`,
      () => `${this.one(['-', 'not ', '+', '~'])}${this.part(depth)}`,
      () => `${this.part(depth)} ${this.one(['and', 'or'])} ${this.part(depth)}`,
      () => `${this.part(depth)} ${this.one(COMPARE)} ${this.part(depth)}`,
      () => `${this.part(depth)} < ${this.part(depth)} ${this.one(COMPARE)} ${this.part(depth)}`,
      () => `${this.part(depth)} if ${e()} else ${this.part(depth)}`,
      () => `[${this.some(() => this.item(depth))}]`,
      () => `(${e()}, ${this.item(depth)})`,
      () => `{${e()}, ${this.item(depth)}}`,
      () => `{${e()}: ${e()}, **${this.name()}}`,
      () => this.comprehension(depth),
      () => this.comprehension(depth),
      () => `any(${e()} for ${this.fresh()} in ${this.name()})`,
      () => `f"{${this.inText(e())}!r:>{a + 2}} {${this.inText(this.name())}}"`,
      () => `t"{${this.inText(this.name())}}".values`,
      () => `(${this.fresh()} := ${e()})`,
      () => `(lambda x, y=${e()}, *z: ${e()})(${this.call(depth)})`,
      () => `${this.one(['f0', 'f1', 'f2', 'len', 'str', 'sorted', 'print'])}(${this.call(depth)})`,
      () => `${this.one(['f0', 'f1', 'f2', 'len', 'str', 'sorted', 'print'])}(${this.call(depth)})`,
      () => `${this.name()}[${e()}]`,
      () => `${this.name()}[${this.constant()}:${this.one(['', 'a', '2'])}]`,
      () => `${this.name()}.${this.one(['upper', 'real', 'look', 'copy', 'keys', 'zz'])}`,
      () =>
        `${this.name()}.${this.one(['upper', 'copy', 'keys', 'zz', 'count'])}(${this.call(depth)})`,
      () => `"%s-%s" % (${e()}, ${e()})`,
      () => `(\n${e()}\n  ${this.one(BINARY)} ${this.part(depth)})`,
      () => `${this.part(depth)} is ${this.one(['None', 'not None'])}`,
      () => `sorted(locals())[:${this.dice.below(3)}]`,
      ...(this.inFunction && !this.isAsync
        ? [() => `(yield ${e()})`, () => `(yield from ${this.name()})`]
        : []),
      ...(this.isAsync
        ? [
            () => `await ${this.name()}`,
            () => `[${e()} async for x in ${this.name()}]`,
            () => `[await ${this.name()} for x in ${this.name()}]`,
          ]
        : []),
    ];
    return this.one(makers)();
  };

  /** In brackets where it is put together. */
  private part = (depth: number): string => {
    const inner = this.expression(depth - 1);
    return /^[\w"]+$/.test(inner) ? inner : `(${inner})`;
  };

  /** No braces at its beginning. */
  private inText = (text: string): string => `(${text.replaceAll('\n', ' ')})`;

  private item = (depth: number): string =>
    this.dice.chance(0.25) ? `*${this.name()}` : this.expression(depth - 1);

  private call = (depth: number): string => {
    const make = (): string => this.expression(depth - 1);
    const parts = Array.from({ length: this.dice.below(3) }, () => this.item(depth));
    if (this.dice.chance(0.3)) parts.push(`k=${make()}`);
    if (this.dice.chance(0.2)) parts.push(`**${this.one(['m', 'm', this.name()])}`);
    return parts.join(', ');
  };

  private comprehension = (depth: number): string => {
    const x = this.fresh();
    const e = (): string => (this.dice.chance(0.5) ? x : this.expression(depth - 1));
    const from = this.dice.chance(0.3) ? `[${this.expression(0)}, 2]` : this.name();
    const inner = this.dice.chance(0.3) ? ` for y in ${this.name()}` : '';
    const when = this.dice.chance(0.5) ? ` if ${this.expression(depth - 1)}` : '';
    const loop = `for ${x} in ${from}${inner}${when}`;
    return this.one([
      () => `[${e()} ${loop}]`,
      () => `{${e()} ${loop}}`,
      () => `{${e()}: ${e()} ${loop}}`,
      () => `list(${e()} ${loop})`,
    ])();
  };

  // -- statements -----------------------------------------------------------------------------

  private block(depth: number): readonly string[] {
    return Array.from({ length: 1 + this.dice.below(2) }, () => this.statement(depth - 1))
      .flat()
      .map((line) => `    ${line}`);
  }

  private statement = (depth: number): readonly string[] => {
    const e = (): string => this.expression(2);
    const target = this.one([
      () => this.fresh(),
      () => `${this.fresh()}, *${this.fresh()}`,
      () => `${this.name()}[${this.expression(1)}]`,
      () => `${this.name()}.look`,
    ]);
    const simple: readonly (() => readonly string[])[] = [
      () => [`${target()} = ${e()}`],
      () => [`${this.fresh()} = ${this.fresh()} = ${e()}`],
      () => [`print(${e()})`],
      // CPython drops what a bare any() gives before it is on the stack.
      () => [e().replace(/^any\(/, 'list(')],
      () => [`${this.one(['xs[0]', 'm["k"]', 'u', 'v.look'])} += ${e()}`],
      () => [`del ${this.name()}[${this.expression(1)}]`],
      () => [`assert ${e()}, ${this.expression(1)}`],
      () => [`${this.fresh()}: int = ${e()}`],
    ];
    if (depth <= 0) return this.one(simple)();
    const block = (): readonly string[] => this.block(depth);
    const compound: readonly (() => readonly string[])[] = [
      () => [`if ${e()}:`, ...block(), `elif ${e()}:`, ...block(), 'else:', ...block()],
      () => {
        const n = this.fresh();
        return [`${n} = 0`, `while ${n} < 3 and ${this.part(2)}:`, `    ${n} += 1`, ...block()];
      },
      () => [
        `for ${this.fresh()} in ${this.one([e(), '[1, 2]', 'xs'])}:`,
        ...block(),
        'else:',
        ...block(),
      ],
      () => [
        'try:',
        ...block(),
        `except (ValueError, ${this.one(['TypeError', 'KeyError'])}) as x:`,
        ...block(),
        'finally:',
        ...block(),
      ],
      () => [
        'try:',
        ...block(),
        '    raise ExceptionGroup("g", [ValueError(1), TypeError(2)])',
        'except* ValueError:',
        ...block(),
        'except* TypeError as x: print(x.exceptions)',
      ],
      () => [`with ${this.one(['u', 'v', e()])} as w, ${this.one(['u', 'v'])}:`, ...block()],
      () => [
        `match ${e()}:`,
        `    case [x, *_] if ${e()}:`,
        '        print(x)',
        '    case {"k": x} | x if x:',
        '        print(x)',
        '    case _: pass',
      ],
      this.definition,
      this.definition,
      this.generator,
      this.coroutine,
      this.classBody,
    ];
    return this.one(this.dice.chance(0.4) ? simple : compound)();
  };

  private within(
    isAsync: boolean,
    inFunction: boolean,
    make: () => readonly string[],
  ): readonly string[] {
    const outer = [this.isAsync, this.inFunction] as const;
    [this.isAsync, this.inFunction] = [isAsync, inFunction];
    const made = make();
    [this.isAsync, this.inFunction] = outer;
    return made;
  }

  private decorators = (): readonly string[] =>
    Array.from({ length: this.dice.below(3) }, () =>
      this.one(['@plain', `@times(${this.expression(0)})`]),
    );

  private definition = (): readonly string[] => {
    const f = this.fresh();
    const given = `p, q=${this.expression(1)}, *r, k=${this.expression(1)}`;
    return [
      ...this.decorators(),
      ...this.within(false, false, () => [
        `def ${f}(${given}):`,
        '    count = 1',
        '    def inner(d=p):',
        '        nonlocal count',
        '        global glob',
        '        count += 1',
        `        glob = ${this.expression(2)}`,
        '        return count, p, q',
        `    return inner() and ${this.part(2)}`,
      ]),
      `print(${f}(${this.call(2)}))`,
    ];
  };

  private generator = (): readonly string[] => {
    const g = this.fresh();
    return [
      ...this.within(false, true, () => [
        `def ${g}():`,
        `    x = yield ${this.expression(2)}`,
        '    try:',
        ...this.block(1).map((line) => `    ${line}`),
        '    finally: say("left", x)',
        `    return (yield from ${this.name()})`,
      ]),
      `it = ${g}()`,
      'print(next(it), it.send("sent"), list(it))',
    ];
  };

  private coroutine = (): readonly string[] => {
    const g = this.fresh();
    return [
      ...this.decorators(),
      ...this.within(true, false, () => [
        `async def ${g}(p=${this.expression(1)}):`,
        `    async with u as w: x = ${this.expression(2)}`,
        '    async for y in u: print(y)',
        `    return x, await v, ${this.expression(2)}`,
      ]),
      `print(run(${g}()))`,
    ];
  };

  private classBody = (): readonly string[] => {
    const k = this.fresh();
    return [
      ...this.decorators(),
      ...this.within(false, false, () => [
        `class ${k}(Told${this.one(['', ', metaclass=type'])}):`,
        `    __hid = ${this.expression(1)}`,
        `    ys = [n for n in ${this.name()}]`,
        '    def __init__(self, *given, **named):',
        '        super().__init__("sub")',
        `        self.__own = ${this.expression(2)}`,
        `    ${this.one(['@plain', '@staticmethod', '@property'])}`,
        `    def told(self=1): return ${this.expression(2)}`,
        '    def both(self, __arg=1): return self.__own, self.__hid, __arg, super().zz',
      ]),
      `print(${k}(${this.call(1)}).both(), ${k}.ys, ${k}().told)`,
    ];
  };
}
