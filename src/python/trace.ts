// A trace: what one run of a program did, step by step, so that a page can draw the machine at any
// step and go back and forth. Made by tracer.py, plain JSON, readable by trace-state.ts.
//
//   frames     f0 Global, f1 make_counter, f2 step ...      one for every call, in the order of the calls
//   functions  fn0 make_counter (parent f0), fn1 step (parent f1)
//   cells      c0 count (of f1)                             a variable that an inner function shares
//   steps      start, line 1, line 8, call f1, line 2, ...  each with only what changed since the last
//
// A step shows the machine BEFORE its line runs: what the line does is seen at the next step.

/** Ids are strings with a letter in front, unique in one trace: `f0` frame, `fn0` function, `c0` cell, `o0` object. */
export type FrameId = string;
export type FunctionId = string;
export type CellId = string;
export type ObjectId = string;

export interface Trace {
  readonly version: 1;
  /** `frames[0]` is Global; a frame's number is its place in this list. */
  readonly frames: readonly TraceFrame[];
  readonly functions: readonly TraceFunction[];
  readonly cells: readonly TraceCell[];
  readonly steps: readonly TraceStep[];
  /** Calls that functools.cache or lru_cache answered by itself, in order: they have no frame. */
  readonly cacheHits?: readonly TraceCacheHit[];
  /** What functools.cache and lru_cache kept (caches.py), in the order in which it came. */
  readonly cacheRows?: readonly TraceCacheRow[];
  /** Only for pictures that look inside of expressions. */
  readonly expressions?: TraceExpressions;
  /** Only for the decorator layers. */
  readonly layering?: TraceLayering;
  /** Only for the module shelf. */
  readonly imports?: TraceImports;
  /** Only of a search (search.py): then there are steps for its calls alone, and no names. */
  readonly search?: TraceSearch;
  /** Where each name of the program is looked for (scopes.py). */
  readonly scopes?: TraceScopes;
  /** Null for a whole trace; a sentence when it was cut at one of the limits, or where the program was stopped. */
  readonly cut: string | null;
}

export interface TraceCacheHit {
  /** The function that was not called. */
  readonly functionId: FunctionId;
  readonly callerId: FrameId;
  /** Index of the newest step when the cache was asked. */
  readonly step: number;
  /** As a call shows them: `4`, `2, 7`, `n=3`. */
  readonly arguments: string;
  readonly value: TraceValue;
  /** Place in `cacheRows` of the row that answered; null where that is not known. */
  readonly row: number | null;
}

export interface TraceCacheRow {
  readonly functionId: FunctionId;
  /** The key, as the call shows it. */
  readonly arguments: string;
  readonly value: TraceValue;
  /** The call that worked it out. */
  readonly frameId: FrameId;
  /** Newest step when it was kept, and when it was let go: evicted, or by cache_clear(). Null: it is kept. */
  readonly from: number;
  readonly until: number | null;
}

/**
 * The values inside of expressions (expressions.py). Nodes and statements are numbered by their place in these lists;
 * `start` and `end` are places in the program's text, counted as JavaScript counts.
 */
export interface TraceExpressions {
  readonly nodes: readonly TraceNode[];
  readonly statements: readonly TraceStatement[];
  /** In the order in which Python came to them. */
  readonly evaluations: readonly TraceEvaluation[];
  readonly calls: readonly TraceCall[];
  readonly layers: readonly TraceLayer[];
  /** The sentence that says why there are no more of them; null when all are there. */
  readonly cut: string | null;
}

export interface TraceNode {
  readonly start: number;
  readonly end: number;
  readonly statement: number;
  /** The expression around it; -1 for a whole one. */
  readonly parent: number;
  /** The comprehension around it, whose parts are worked out again and again; -1 for none. */
  readonly loop: number;
  /** Python never works it out by itself: `[1, 2]` in a `for` is a constant, `super()` is part of what follows. */
  readonly isUnseen?: true;
}

export interface TraceStatement {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly kind: 'statement' | 'lambda';
  /** Of a decorated definition: its name, and its decorators as text, from the top. */
  readonly name?: string;
  readonly decorators?: readonly string[];
  /** Which of them are calls, whose result is what decorates. */
  readonly factories?: readonly boolean[];
  readonly defines?: 'function' | 'class';
}

/** Node (-1 = unknown), index of the step, frame, and the value or what was raised there. */
export type TraceEvaluation = readonly [
  node: number,
  step: number,
  frameId: FrameId,
  value: TraceValue | { readonly error: TraceError },
];

/** A call of a function of the program, with what was handed over. */
export interface TraceCall {
  /** The call in the text; -1 where C code calls. */
  readonly node: number;
  /** The line of a decorator, which calls what stands below it: the statement, and the layer that comes of it. */
  readonly applies: readonly [statement: number, layer: number] | null;
  readonly functionId: FunctionId;
  readonly callerId: FrameId;
  readonly step: number;
  /** How many evaluations there were before. */
  readonly evaluation: number;
  /** `self` when a method or a class was called: its first value comes by itself. */
  readonly self: string | null;
  /** In the order of the text; null where the text has no call (`with`, C code). */
  readonly arguments: readonly TraceArgument[] | null;
  /** Null when no frame came of it: then `error` says why, or it makes a generator. */
  readonly frameId: FrameId | null;
  readonly isGenerator: boolean;
  readonly defaults: Readonly<Record<string, TraceValue>>;
  readonly error: TraceError | null;
}

export interface TraceArgument {
  readonly how: 'position' | 'name' | 'star' | 'mapping';
  /** Of `name`: the keyword. */
  readonly name: string | null;
  /** Null when it was not seen. */
  readonly value: TraceSpread | null;
}

/** A value; of `*value` with its items, of `**value` with its pairs. */
export interface TraceSpread extends TraceValue {
  readonly items?: readonly TraceValue[];
  readonly pairs?: readonly (readonly [key: string, value: TraceValue])[];
}

/** What stands around a definition that ran (layers.py): only for the picture of decorators. */
export interface TraceLayering {
  /** Each time that a definition ran; its layers are `expressions.layers` of that pile, in order. */
  readonly piles: readonly {
    readonly name: string;
    readonly frameId: FrameId;
    readonly statement: number;
  }[];
  /** When the name was bound, to which layer of the pile; null: it was deleted. */
  readonly bound: readonly {
    readonly pile: number;
    readonly at: number | null;
    readonly step: number;
    readonly statement: number;
  }[];
  readonly failed: readonly TraceBroken[];
  /** Frames that run a layer which is an object. */
  readonly runs: readonly (readonly [frameId: FrameId, pile: number, at: number])[];
}

/** A decorated definition that ended in an exception, so that its name was not bound. */
export interface TraceBroken {
  /** Null when nothing was made yet. */
  readonly pile: number | null;
  readonly statement: number;
  readonly frameId: FrameId;
  /** Of the decorator that failed; null when the definition itself did. */
  readonly layer: number | null;
  /** It was called with what stands below; otherwise its own line failed. */
  readonly isApplied: boolean;
  readonly step: number;
  readonly error: TraceError;
}

/** What a name was after `layer` decorators had been applied (0 = as it was made), or a line had bound it. */
export interface TraceLayer {
  readonly pile: number;
  /** The definition, or the line that bound the name. */
  readonly statement: number;
  /** Null of a line that bound the name. */
  readonly layer: number | null;
  /** The layer of the pile that it stands on; -1 of the definition itself. */
  readonly on: number;
  readonly step: number;
  readonly evaluation: number;
  readonly value: TraceValue;
  /** Whether it leads to what stands below, in any way that Python itself could follow. */
  readonly leads: 'holds' | 'same' | 'lost';
  readonly about: {
    readonly name: string | null;
    /** First line of its docstring. */
    readonly doc: string | null;
    /** What its `__wrapped__` is; null when it has none. */
    readonly wraps: TraceValue | null;
    readonly type: string;
  };
  /** The function that runs when it is called: its own name, the function or class around it, the line of its `def`. */
  readonly written: {
    readonly name: string;
    readonly of: string | null;
    readonly line: number;
  } | null;
  /** `unseen`: what runs then is no code of the program. `never`: it cannot be called. */
  readonly isCalled: 'seen' | 'unseen' | 'never';
}

/** What the program's own files imported (imports.py). */
export interface TraceImports {
  /** The search path, each place in words. */
  readonly path: readonly string[];
  /** Modules that were loaded before the program began. */
  readonly loadedBefore: number;
  /** In the order in which they began. */
  readonly events: readonly TraceImport[];
  readonly isCut: boolean;
}

export interface TraceImport {
  readonly name: string;
  /** The file and the line that asked for it. */
  readonly asks: string;
  readonly line: number;
  /** How many other imports were going on. */
  readonly depth: number;
  readonly step: number;
  /** It was loaded already: nothing ran. */
  readonly onShelf: boolean;
  /** It was loaded, and its code had not run to its end. */
  readonly isHalf: boolean;
  /** `hidden`: it has a module of that name too, behind the one that was found. */
  readonly tried: readonly {
    readonly place: string;
    readonly found: boolean;
    readonly hidden?: true;
  }[];
  readonly file: string | null;
  readonly error: TraceError | null;
  readonly ends: number | null;
}

/** The calls of a search in their order; call n has the frame f(n + 1). */
export interface TraceSearch {
  readonly name: string;
  readonly calls: readonly TraceSearchCall[];
  /** Only of a replay: the grid when a call ended and none began after it; else null. */
  readonly after?: readonly string[] | null;
}

export interface TraceSearchCall {
  /** Number of the call that made it. */
  readonly parent: number | null;
  /** Square by square, in rows: `5`, `137` for what is still possible, `` for an empty square. Null = no grid came. */
  readonly grid: readonly string[] | null;
  /** What was tried: the place of the square, when it could be told, and the value. */
  readonly choice: readonly [square: number | null, value: string] | null;
  /** The first argument, as a picture shows it. */
  readonly text: string;
  readonly result:
    | 'found'
    | 'nothing' // None or False
    | 'value' // 0, an empty text, list, tuple or dict
    | 'raised'
    | null;
  /** Steps of the trace. */
  readonly begins: number;
  readonly ends: number | null;
  /** Only of a replay (replay.py): the arguments without the grid, texts without quotation marks. */
  readonly arguments?: readonly string[];
  /** The place of the square that an argument names. */
  readonly square?: number | null;
  /** The text among the arguments that is neither a square nor a digit. */
  readonly reason?: string | null;
}

export interface TraceFrame {
  readonly id: FrameId;
  /** `make_counter`, `<lambda>`, `Global`. */
  readonly name: string;
  readonly functionId: FunctionId | null;
  /** Where names are looked up next (the static link); null only for Global. */
  readonly parentId: FrameId | null;
  /** Who is waiting for this call (the dynamic link); null only for Global. */
  readonly callerId: FrameId | null;
  /** The line of the caller that made the call; null for Global. */
  readonly callLine: number | null;
  /** True when C code (sorted, map, sum ...) made the call in between. */
  readonly throughC: boolean;
  /** Index of the scope whose lines it runs, in `scopes`. */
  readonly scope?: number;
  /** False when several functions share the code and Python gave no hint which one runs: then the parent is a guess. */
  readonly exact: boolean;
  /** Its own names that inner functions use: these live in cells. */
  readonly cellNames: readonly string[];
  /** Index of the step that made the frame, and of its last step; null while it never ended. */
  readonly firstStep: number;
  readonly lastStep: number | null;
  readonly returned: TraceValue | null;
  readonly raised: TraceError | null;
}

export interface TraceFunction {
  readonly id: FunctionId;
  /** `step`, or `<lambda>`. */
  readonly name: string;
  /** As written: `count`, `rate=2`, `*values`, `**extra`, with `/` and `*` where they stand. */
  readonly parameters: readonly string[];
  readonly line: number;
  /** The frame in which it was defined. */
  readonly parentId: FrameId;
  /** The cells it keeps, by name: { count: 'c0' }. */
  readonly cells: Readonly<Record<string, CellId>>;
  readonly firstStep: number;
  /** Functions that its defaults and attributes hold (a wrapper holds what it wraps). */
  readonly holds: readonly FunctionId[];
}

export interface TraceCell {
  readonly id: CellId;
  readonly name: string;
  /** The frame that the variable belongs to; null for a cell of Python's own (`__class__`). */
  readonly frameId: FrameId | null;
}

/** A value as text, short and safe: never made by the learner's own `__repr__`. */
export interface TraceValue {
  /** `12`, `'Ada'`, `[1, 2, ...]`, `<function step>`, `<Patient name='Ada'>`. */
  readonly text: string;
  /** Python's name of the type: `int`, `function`, `list`, `Patient`. */
  readonly type: string;
  readonly functionId?: FunctionId;
  /** For things that can change (list, dict, set, instances): the same id is the same object. */
  readonly objectId?: ObjectId;
  /** Functions inside it, so that a kept closure in a list is known to be alive. */
  readonly holds?: readonly FunctionId[];
  /** Things that can change and stand directly inside it, as often as they stand there. */
  readonly inside?: readonly ObjectId[];
}

export interface TraceError {
  readonly type: string;
  readonly message: string;
}

export type StepKind =
  | 'start' // nothing ran yet
  | 'line' // `line` runs next
  | 'call' // the frame was made, its parameters are filled
  | 'return' // `value` goes back to the caller; the frame leaves after this step
  | 'raise' // `error` leaves the frame; the frame goes after this step
  | 'yield' // `value` goes out, the frame waits
  | 'resume' // a waiting frame goes on
  | 'end'; // the program is over

export interface TraceStep {
  readonly kind: StepKind;
  readonly frameId: FrameId;
  readonly line: number;
  /** Names that changed: frame -> name -> value, null = the name is gone. Names that live in a cell are under `cells`. */
  readonly locals?: Readonly<Record<FrameId, Readonly<Record<string, TraceValue | null>>>>;
  /** Cells that changed; null = the cell is empty now. */
  readonly cells?: Readonly<Record<CellId, TraceValue | null>>;
  /**
   * Objects that changed inside: every name bound to the object shows the new text. And objects that were found
   * inside of others for the first time.
   */
  readonly objects?: Readonly<Record<ObjectId, TraceValue>>;
  readonly value?: TraceValue;
  readonly error?: TraceError;
  /** How many characters the program had printed before this step. Absent = as at the step before. */
  readonly printed?: number;
}

/** What is known about names before the program runs. */
export interface TraceScopes {
  /** `scopes[0]` is Global. */
  readonly scopes: readonly TraceScope[];
  /** In the order of their lines. */
  readonly statements: readonly TraceStatement[];
  /** Those of the program's names that Python itself puts into Global: `__name__`. */
  readonly given: readonly string[];
  /** Those that are built in. */
  readonly builtIn: readonly string[];
}

export interface TraceScope {
  /** `step`, `Patient`, `<lambda>`, `<genexpr>`, `comprehension`, `Global`. */
  readonly name: string;
  readonly kind: 'global' | 'function' | 'class' | 'lambda' | 'generator' | 'comprehension';
  /** Index of the scope in which it is written; null for Global. */
  readonly around: number | null;
  readonly names: Readonly<Record<string, ScopeName>>;
}

/** What a name is in a scope. */
export interface ScopeName {
  readonly how:
    | 'parameter'
    | 'local' // bound in this function
    | 'comprehension' // bound by a comprehension, for itself alone
    | 'class' // bound in this class body
    | 'enclosing' // bound by a function around
    | 'nonlocal' // the same, and a line says so
    | 'declared' // a line says `global`
    | 'global'; // bound in Global, or built in, or nowhere
  /** The scope that binds it, when that is not this one. */
  readonly owner?: number;
  /** The line that binds it first, and how. */
  readonly line?: number;
  readonly by?: Binding;
  /** The line that says `global` or `nonlocal`. */
  readonly said?: number;
  /** A class body around it that binds the name too: functions inside do not see that one. */
  readonly skips?: string;
}

export type Binding =
  | 'assignment'
  | 'parameter'
  | 'for'
  | 'with'
  | 'except'
  | 'import'
  | 'def'
  | 'class'
  | 'walrus'
  | 'pattern'
  | 'annotation'
  | 'del';

/** The names of one statement, of a compound one without its body. */
export interface TraceStatement {
  readonly line: number;
  readonly end: number;
  /** The scope of the frame that runs it. */
  readonly scope: number;
  /** Name, what the line does with it (`r`eads, `b`inds, `d`eletes, `s`ays something about), and its scope if it is another one. */
  readonly names: readonly (
    readonly [name: string, use: string] | readonly [name: string, use: string, scope: number]
  )[];
  /** True for the parameters, which the call binds. */
  readonly isCall?: boolean;
}
