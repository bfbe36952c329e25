// Where Python finds each name of the line that runs next, and why: the rule local, enclosing, Global, built-in (LEGB)
// for one step of a trace.
//
//   count   E   step does not bind it, make_counter (f1) around it does; its cell holds 0 now.
//   print   B   Global does not have it; it is built in.

import { stateAt, type FrameState, type MachineState, type NameState } from './trace-state.ts';
import type { FrameId, ScopeName, Trace, TraceScope, TraceStatement, TraceValue } from './trace.ts';

/** L local, E enclosing, G Global, B built-in; names of a class body are none of these, and some names are nowhere. */
export type Verdict = 'L' | 'E' | 'G' | 'B' | 'class' | 'unbound';

export interface NameVerdict {
  readonly name: string;
  readonly verdict: Verdict;
  /** Without a capital in front, since a name may stand there; one sentence. */
  readonly why: string;
}

export interface LineNames {
  readonly line: number;
  readonly names: readonly NameVerdict[];
}

/** Null where no line of the program runs: before the first and after the last step, and in a trace without scopes. */
export function namesAt(trace: Trace, index: number): LineNames | null {
  const machine = stateAt(trace, index);
  const { step } = machine;
  const frame = machine.stack.find((each) => each.running);
  const scope = frame?.frame.scope;
  if (trace.scopes === undefined || frame === undefined || scope === undefined) return null;
  if (step.kind === 'start' || step.kind === 'end') return null;
  const names: NameVerdict[] = [];
  const seen = new Set<string>();
  for (const statement of statementsAt(trace, scope, step.line, step.kind === 'call')) {
    for (const [name, use, inner] of statement.names) {
      const scopeIndex = inner ?? scope;
      // Of two statements in one line the first may bind what the second one reads.
      const isKnown = seen.has(`${scopeIndex} ${name}`);
      seen.add(`${scopeIndex} ${name}`);
      if (isKnown) continue;
      const isGone = isTakenAway(trace, scopeIndex, name);
      const judged = judge({ trace, machine, frame, scopeIndex, name, use, isGone });
      // A comprehension has mostly the same names as the function around it.
      const isSame = names.some((each) => each.name === name && each.verdict === judged.verdict);
      const isOwn = trace.scopes.scopes[scopeIndex]?.names[name]?.how === 'comprehension';
      if (!isSame || isOwn) names.push({ name, ...judged });
    }
  }
  return { line: step.line, names };
}

/** The most names that a line of the trace has, so that a table has its height once. */
export function namesMax(trace: Trace): number {
  const { statements = [] } = trace.scopes ?? {};
  return Math.max(0, ...statements.map(({ names }) => names.length));
}

/** A call binds the parameters; every other step belongs to the statements that stand in its line. */
function statementsAt(
  { scopes }: Trace,
  scope: number,
  line: number,
  isCall: boolean,
): readonly TraceStatement[] {
  const here = (scopes?.statements ?? []).filter(
    (each) => each.scope === scope && each.line <= line && line <= each.end,
  );
  const given = here.filter((each) => each.isCall === true);
  return isCall && given.length > 0 ? given : here.filter((each) => each.isCall !== true);
}

interface Asked {
  readonly trace: Trace;
  readonly machine: MachineState;
  readonly frame: FrameState;
  readonly scopeIndex: number;
  readonly name: string;
  /** `r`eads, `b`inds, `d`eletes, `s`ays something about it. */
  readonly use: string;
  /** Something takes its value away again: a `del`, the end of an `except`. */
  readonly isGone: boolean;
}

function isTakenAway({ scopes }: Trace, scope: number, name: string): boolean {
  const by = scopes?.scopes[scope]?.names[name]?.by;
  const isDeleted = (scopes?.statements ?? []).some((each) =>
    each.names.some((use) => use[0] === name && use[1].includes('d') && each.scope === scope),
  );
  return isDeleted || by === 'except';
}

type Judged = Pick<NameVerdict, 'verdict' | 'why'>;

function judge(asked: Asked): Judged {
  const inner = asked.trace.scopes?.scopes[asked.scopeIndex];
  const known = inner?.names[asked.name];
  const scope = inner === undefined ? undefined : functionOf(asked.trace, inner);
  if (scope === undefined || known === undefined) return { verdict: 'unbound', why: 'not known.' };
  switch (known.how) {
    case 'parameter':
      return local(asked, `a parameter of ${nameOf(scope)}, so it is local`);
    case 'local':
      return local(asked, `${binding(known)} in ${nameOf(scope)}, so it is local everywhere in it`);
    case 'comprehension':
      return comprehension(asked, known);
    case 'class':
      return inClass(asked, scope, known);
    case 'enclosing':
    case 'nonlocal':
      return enclosing(asked, scope, known);
    case 'declared':
      return inGlobal(asked, `line ${known.said} says global`, known);
    case 'global':
      return inGlobal(asked, whyGlobal(asked, scope, known), known);
  }
}

/** A comprehension looks names up as the function around it does; in a class body it does not. */
function functionOf(trace: Trace, scope: TraceScope): TraceScope {
  let found = scope;
  while (found.kind === 'comprehension') {
    const around = trace.scopes?.scopes[found.around ?? 0];
    if (around === undefined || around.kind === 'class') return scope;
    found = around;
  }
  return found;
}

function local(asked: Asked, why: string): Judged {
  const held = asked.frame.names.find(({ name }) => name === asked.name);
  return { verdict: 'L', why: `${why}; ${now(asked, held?.value ?? null, 'UnboundLocalError')}.` };
}

function comprehension(asked: Asked, known: ScopeName): Judged {
  const held = asked.frame.names.find(({ name }) => name === asked.name);
  const value = held?.value === undefined ? '' : `; ${now(asked, held.value, 'NameError')}`;
  return {
    verdict: 'L',
    why: `the comprehension in line ${known.line} binds it for itself alone${value}.`,
  };
}

function inClass(asked: Asked, scope: TraceScope, known: ScopeName): Judged {
  const held = asked.frame.names.find(({ name }) => name === asked.name);
  const why = `${binding(known)} in the body of class ${scope.name}`;
  if (held !== undefined || !isReadFirst(asked.use))
    return { verdict: 'class', why: `${why}; ${now(asked, held?.value ?? null, 'NameError')}.` };
  // A class body that has no such name yet asks Global at once.
  return inGlobal(asked, `${why}, but not yet`, { how: 'global' });
}

function enclosing(asked: Asked, scope: TraceScope, known: ScopeName): Judged {
  const owner = asked.trace.scopes?.scopes[known.owner ?? -1];
  const cell = cellOf(asked);
  const id = cell?.frameId ?? null;
  const around = `${owner === undefined ? 'a scope' : nameOf(owner)}${id === null ? '' : ` (${id})`}`;
  const skips = known.skips === undefined ? '' : `, the class ${known.skips} is skipped`;
  const said = known.how === 'nonlocal' && known.said !== undefined;
  const why = said
    ? `line ${known.said} says nonlocal, and ${around} around it binds it`
    : `${nameOf(scope)} does not bind it${skips}, ${around} around it does`;
  const held = cell?.value ?? null;
  const value =
    held === null
      ? now(asked, null, 'NameError')
      : `its cell holds ${shown(asked.machine, held)} now`;
  return { verdict: 'E', why: `${why}; ${value}.` };
}

/** The cell that the running frame reaches by this name: its function's, or that of the nearest frame around. */
function cellOf({ trace, machine, frame, name }: Asked): {
  readonly frameId: FrameId | null;
  readonly value: TraceValue | null;
} | null {
  const own = trace.functions.find(({ id }) => id === frame.frame.functionId)?.cells[name];
  const cell = trace.cells.find(({ id }) => id === own);
  if (cell !== undefined)
    return { frameId: cell.frameId, value: machine.cells.get(cell.id)?.value ?? null };
  const byId = new Map([...machine.stack, ...machine.kept].map((each) => [each.frame.id, each]));
  for (let id: FrameId | null = frame.frame.id; id !== null;) {
    const around: FrameState | undefined = byId.get(id);
    const held: NameState | undefined = around?.names.find((each) => each.name === name);
    if (held !== undefined && id !== 'f0') return { frameId: id, value: held.value };
    id = around?.frame.parentId ?? null;
  }
  return null;
}

function whyGlobal({ name, trace, machine }: Asked, scope: TraceScope, known: ScopeName): string {
  if (scope.kind === 'global') return known.line === undefined ? '' : `${binding(known)} in Global`;
  const skips = known.skips === undefined ? '' : `, and the class ${known.skips} is skipped`;
  const hasMore = hasFunctionsAround(trace, scope);
  const nobody = hasMore
    ? `neither ${nameOf(scope)} nor a function around it binds it`
    : `${nameOf(scope)} does not bind it`;
  const isThere = globalValue(machine, name) !== undefined;
  return isThere ? `${nobody}${skips}, Global does` : `${nobody}${skips}`;
}

function hasFunctionsAround(trace: Trace, scope: TraceScope): boolean {
  const { scopes } = trace.scopes ?? { scopes: [] };
  let at = scope.around;
  while (at !== null && at !== 0) {
    const around: TraceScope | undefined = scopes[at];
    if (around?.kind === 'function' || around?.kind === 'lambda') return true;
    at = around?.around ?? null;
  }
  return false;
}

/** What is not bound in a function is looked for in Global at the moment of running, and then among the built-ins. */
function inGlobal(asked: Asked, why: string, known: ScopeName): Judged {
  const { name, trace, machine, use } = asked;
  const value = globalValue(machine, name);
  const first = why === '' ? '' : `${why}; `;
  if (value !== undefined)
    return { verdict: 'G', why: `${first}${now(asked, value, 'NameError')}.` };
  if (trace.scopes?.given.includes(name) === true)
    return { verdict: 'G', why: `${first}Python itself puts it into Global.` };
  // Of these names the trace has no values.
  if (name.startsWith('__') && known.line !== undefined)
    return { verdict: 'G', why: `${why === '' ? binding(known) : why}.` };
  if (!isReadFirst(use)) return { verdict: 'G', why: `${first}${now(asked, null, 'NameError')}.` };
  if (trace.scopes?.builtIn.includes(name) === true)
    return {
      verdict: 'B',
      why: `${first}Global does not have it${since(asked, known)}; it is built in.`,
    };
  return {
    verdict: 'unbound',
    why: `${first}Global does not have it${since(asked, known)}, and it is not built in (NameError).`,
  };
}

/** Whether Global has had the name before, is still to get it, or never does. */
function since({ trace, machine, name }: Asked, { line }: ScopeName): string {
  // `except ... as error` and `del` take a name away again.
  const wasThere = trace.steps.some(
    ({ locals }, at) => at <= machine.index && (locals?.[GLOBAL]?.[name] ?? null) !== null,
  );
  if (wasThere) return ' any more';
  return line === undefined ? '' : ' yet';
}

const GLOBAL = 'f0';

function globalValue(machine: MachineState, name: string): TraceValue | undefined {
  return machine.stack[0]?.names.find((each) => each.name === name)?.value ?? undefined;
}

const BINDINGS: Readonly<Record<NonNullable<ScopeName['by']>, (line: number) => string>> = {
  assignment: (line) => `line ${line} binds it`,
  parameter: (line) => `the call binds it in line ${line}`,
  for: (line) => `the for in line ${line} binds it`,
  with: (line) => `the with in line ${line} binds it`,
  except: (line) => `the except in line ${line} binds it until its end`,
  import: (line) => `the import in line ${line} binds it`,
  def: (line) => `the def in line ${line} binds it`,
  class: (line) => `the class in line ${line} binds it`,
  walrus: (line) => `the := in line ${line} binds it`,
  pattern: (line) => `the case in line ${line} binds it`,
  annotation: (line) => `line ${line} annotates it`,
  del: (line) => `line ${line} deletes it`,
};

function binding({ line, by }: ScopeName): string {
  return line === undefined || by === undefined ? 'it is bound' : BINDINGS[by](line);
}

/** What it holds; when it holds nothing, whether that is the line's work or an error. */
function now({ use, ...asked }: Asked, value: TraceValue | null, error: string): string {
  if (value !== null) return `${shown(asked.machine, value)} now`;
  const nothing = asked.isGone ? 'it has no value any more' : 'it has no value yet';
  const { kind } = asked.machine.step;
  const isError = kind === 'line' || kind === 'raise';
  if (isReadFirst(use)) return isError ? `${nothing} (${error})` : nothing;
  return use.includes('b') ? 'this line gives it a value' : nothing;
}

/** The letters of a use stand in the order in which Python comes to them. */
function isReadFirst(use: string): boolean {
  const [first] = use.replace('s', '');
  return first === 'r' || first === 'd';
}

function shown(machine: MachineState, value: TraceValue): string {
  const known = machine.functions.find(({ id }) => id === value.functionId);
  if (known !== undefined)
    return known.name === '<lambda>' ? 'a lambda' : `the function ${known.name}`;
  return value.text.length <= VALUE_MAX ? value.text : `${value.text.slice(0, VALUE_MAX - 1)}…`;
}

/** Characters of a value in a sentence. */
const VALUE_MAX = 40;

function nameOf(scope: TraceScope): string {
  switch (scope.kind) {
    case 'lambda':
      return 'the lambda';
    case 'generator':
      return 'the generator expression';
    case 'comprehension':
      return 'the comprehension';
    case 'class':
      return `class ${scope.name}`;
    case 'function':
    case 'global':
      return scope.name;
  }
}
