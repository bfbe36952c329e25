// Expressions that turn into values, part by part, as Python works them out:
//
//   print((2 + 3) * double(4))
//   print(5 * double(4))
//   print(5 * 8)
//   print(40)
//
// A row is the text of a statement in which every part that has been worked out is replaced by its value.

import type {
  FrameId,
  Trace,
  TraceError,
  TraceExpressions,
  TraceNode,
  TraceStatement,
} from './trace.ts';

/** One statement on its way: the same line runs again as another one. */
export interface Reduction {
  readonly statement: number;
  readonly frameId: FrameId;
  /** Indexes of evaluations, in order. */
  readonly evaluations: number[];
  /** Nodes that have been worked out, those of comprehensions left out. */
  readonly seen: Set<number>;
}

export interface ReductionStep {
  /** Statements that are on their way, the one that goes on last; with how many parts are worked out. */
  readonly open: readonly { readonly reduction: Reduction; readonly done: number }[];
  /** Index of the evaluation. */
  readonly evaluation: number;
  /** Of the trace. */
  readonly step: number;
}

export interface RowPart {
  readonly text: string;
  /** `now` = worked out in this row, `never` = its turn does not come. */
  readonly kind: 'plain' | 'value' | 'now' | 'error' | 'never';
  /** Whether it belongs to what is worked out in the row after. */
  readonly isNext: boolean;
}

/** More would be more than anybody steps through. */
const STEPS_MAX = 5000;
/** Statements of calls inside one another that are shown at once. */
const OPEN_MAX = 4;

const CUT_SENTENCE = `The picture stops here: it holds ${STEPS_MAX} parts. The program itself ran on.`;

export interface Reductions {
  readonly steps: readonly ReductionStep[];
  /** Why there are no more of them; null when all are there. */
  readonly cut: string | null;
}

/** `of` = only statements of that function. Lines that only name something or call nothing of interest are left out. */
export function reductionSteps(trace: Trace, of: string | null): Reductions {
  const { expressions } = trace;
  if (expressions === undefined) return { steps: [], cut: null };
  let { cut } = expressions;
  const names = new Map(trace.frames.map(({ id, name }) => [id, name]));
  const wanted = (frameId: FrameId): boolean => of === null || names.get(frameId) === of;
  // One part alone has nothing to be put into.
  const counts = new Map<number, number>();
  for (const { statement, isUnseen } of expressions.nodes)
    if (isUnseen !== true) counts.set(statement, (counts.get(statement) ?? 0) + 1);
  const isAlone = (statement: number): boolean => (counts.get(statement) ?? 0) < 2;
  const open: Reduction[] = [];
  const steps: ReductionStep[] = [];
  expressions.evaluations.forEach(([number, step, frameId], evaluation) => {
    const node = expressions.nodes[number];
    if (node === undefined || !wanted(frameId)) return;
    if (steps.length >= STEPS_MAX) {
      cut = CUT_SENTENCE;
      return;
    }
    const reduction = openFor(open, frameId, number, node);
    reduction.evaluations.push(evaluation);
    if (node.loop < 0) reduction.seen.add(number);
    if (isAlone(node.statement)) return;
    const shown = open.filter(({ statement }) => !isAlone(statement));
    steps.push({
      open: shown
        .slice(-OPEN_MAX)
        .map((each) => ({ reduction: each, done: each.evaluations.length })),
      evaluation,
      step: Math.max(0, step),
    });
  });
  return { steps, cut };
}

/** The statement that this part belongs to, in its frame; calls that are over are dropped. */
function openFor(open: Reduction[], frameId: FrameId, number: number, node: TraceNode): Reduction {
  const at = open.findLastIndex((each) => each.frameId === frameId);
  if (at >= 0) open.length = at + 1;
  const last = at >= 0 ? open[at] : undefined;
  // A part outside of a comprehension comes again: the line runs again.
  if (last !== undefined && last.statement === node.statement && !last.seen.has(number))
    return last;
  const next: Reduction = {
    statement: node.statement,
    frameId,
    evaluations: [],
    seen: new Set(),
  };
  if (at >= 0) open[at] = next;
  else open.push(next);
  return next;
}

/** The text that the rows of a statement begin with, as a range of the program. */
function headOf(
  { nodes, statements }: TraceExpressions,
  statement: number,
  code: string,
): readonly [start: number, end: number] {
  const own = nodes.filter((node) => node.statement === statement);
  const whole: TraceStatement | undefined = statements[statement];
  const start = Math.min(whole?.start ?? 0, ...own.map((node) => node.start));
  const last = Math.max(start, ...own.map((node) => node.end));
  // The bracket and the colon that belong to the line.
  const more = /^[ )\]}]*:?/.exec(code.slice(last))?.[0].length ?? 0;
  return [start, last + more];
}

/** Row `done` of a statement: 0 is its text, then one for each part that is worked out. */
export function rowOf(
  trace: Trace,
  reduction: Reduction,
  done: number,
  code: string,
): readonly RowPart[] {
  const { statement, evaluations, frameId } = reduction;
  const { expressions } = trace;
  if (expressions === undefined) return [];
  const [start, end] = headOf(expressions, statement, code);
  const held = new Map<number, { text: string; isError: boolean }>();
  for (const each of evaluations.slice(0, done)) {
    const [number, , , value] = expressions.evaluations[each] ?? [-1, 0, frameId, { error: NONE }];
    // What a comprehension works out again replaces what it had.
    for (const inner of held.keys())
      if (isInside(expressions, inner, number) || isOld(expressions, inner, number))
        held.delete(inner);
    held.set(
      number,
      'error' in value
        ? { text: value.error.type, isError: true }
        : { text: value.text, isError: false },
    );
  }
  const nowAt = evaluations[done - 1];
  const now = nowAt === undefined ? -1 : (expressions.evaluations[nowAt]?.[0] ?? -1);
  const nextAt = evaluations[done];
  const next = nextAt === undefined ? -1 : (expressions.evaluations[nextAt]?.[0] ?? -1);
  const marks: { start: number; end: number; part: RowPart }[] = [];
  for (const [number, { text, isError }] of held) {
    const node = expressions.nodes[number];
    if (node === undefined) continue;
    const [from, to] = withBrackets(code, node, start, end);
    const kind = isError ? 'error' : number === now ? 'now' : 'value';
    const fitting = isError ? text : fitted(text, code.slice(start, from), code.slice(to, end));
    // The brackets of `sum(n for n in x)` are those of the call too.
    const isGenerator =
      from === node.start && code[from] === '(' && isCallBefore(code.slice(start, from + 1));
    marks.push({
      start: from,
      end: to,
      part: { text: isGenerator ? `(${text})` : fitting, kind, isNext: false },
    });
  }
  for (const node of neverIn(expressions, reduction))
    if (!marks.some((mark) => mark.start <= node.start && mark.end >= node.end))
      marks.push({
        ...node,
        part: { text: code.slice(node.start, node.end), kind: 'never', isNext: false },
      });
  marks.sort((left, right) => left.start - right.start);
  const ahead = expressions.nodes[next];
  const parts = cutAt(code, start, end, marks);
  return ahead === undefined ? parts : underlined(parts, ahead, code, marks, start, end);
}

const NONE: TraceError = { type: '', message: '' };

/** Parts whose turn does not come: a branch that is not taken, what stands behind an error. The outermost of them. */
function neverIn(
  { nodes, evaluations }: TraceExpressions,
  { statement, evaluations: own }: Reduction,
): readonly TraceNode[] {
  const workedOut = new Set(own.map((each) => evaluations[each]?.[0]));
  const isNever = nodes.map(
    (node, at) => node.statement === statement && node.isUnseen !== true && !workedOut.has(at),
  );
  // Where a part inside is worked out, the whole was begun. Parts have higher numbers than what is around them.
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const node = nodes[at];
    if (node?.statement !== statement || isNever[at] === true || node.parent < 0) continue;
    if (node.isUnseen !== true) isNever[node.parent] = false;
  }
  // A comprehension over nothing has parts too; they are no part of the line.
  return nodes.filter(
    (node, at) =>
      isNever[at] === true && node.loop < 0 && (node.parent < 0 || isNever[node.parent] !== true),
  );
}

/** What a comprehension made of this part the time before. */
function isOld(expressions: TraceExpressions, outer: number, part: number): boolean {
  const loop = expressions.nodes[part]?.loop ?? -1;
  return loop >= 0 && expressions.nodes[outer]?.loop === loop && isInside(expressions, part, outer);
}

function isInside({ nodes }: TraceExpressions, inner: number, outer: number): boolean {
  const [one, other] = [nodes[inner], nodes[outer]];
  if (one === undefined || other === undefined || one.statement !== other.statement) return false;
  return one.start >= other.start && one.end <= other.end;
}

/** Words before a bracket that call nothing: `not (a)`. */
const KEYWORDS =
  /(?:^|[^\w.])(?:and|as|assert|async|await|case|del|elif|else|except|for|from|if|import|in|is|lambda|match|not|or|raise|return|while|with|yield)\s*$/;

/** Whether the bracket at the end of this text opens the arguments of a call. */
function isCallBefore(text: string): boolean {
  const before = text.slice(0, -1).trimEnd();
  return /[\w)\]}"']$/.test(before) && !KEYWORDS.test(before);
}

/** `(2 + 3)` becomes 5, not (5): brackets around a part go with it, those of a call stay. */
function withBrackets(
  code: string,
  node: TraceNode,
  start: number,
  end: number,
): readonly [number, number] {
  let [from, to] = [node.start, node.end];
  for (;;) {
    const before = code.slice(start, from).trimEnd();
    const after = code.slice(to, end);
    const gap = after.length - after.trimStart().length;
    if (!before.endsWith('(') || after[gap] !== ')' || isCallBefore(before)) return [from, to];
    from = start + before.length - 1;
    to = to + gap + 1;
  }
}

/**
 * A value as it may stand between these texts: with brackets where the line would mean something else without them,
 * as `(-5) ** 2` and `(5).real`, and with a space where two words would become one.
 */
function fitted(text: string, before: string, after: string): string {
  const isUsed = /^[\s\\]*(?:\*\*|\.\s*[^\W\d]|\[|\()/.test(after);
  const isDotted = /^[\s\\]*\./.test(after);
  const isSigned = text.startsWith('-');
  if ((isSigned && (isUsed || /[-+~]$/.test(before))) || (isDotted && /^\d+$/.test(text)))
    return `(${text})`;
  // In the braces of an f-string two braces are a brace of the text.
  const isJoined = /\w$/.test(before) && /^[\w'"]/.test(text);
  const isBrace = before.endsWith('{') && text.startsWith('{');
  return `${isJoined || isBrace ? ' ' : ''}${text}${/^\w/.test(after) && /[\w'"]$/.test(text) ? ' ' : ''}`;
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly part: RowPart;
}

function cutAt(code: string, start: number, end: number, marks: readonly Mark[]): RowPart[] {
  const parts: RowPart[] = [];
  let at = start;
  for (const mark of marks) {
    if (mark.start > at)
      parts.push({ text: code.slice(at, mark.start), kind: 'plain', isNext: false });
    parts.push(mark.part);
    at = mark.end;
  }
  if (at < end) parts.push({ text: code.slice(at, end), kind: 'plain', isNext: false });
  return parts;
}

/** The same row with the part underlined that is worked out next. */
function underlined(
  parts: readonly RowPart[],
  ahead: TraceNode,
  code: string,
  marks: readonly Mark[],
  start: number,
  end: number,
): readonly RowPart[] {
  const isBefore = (mark: Mark): boolean => mark.end <= ahead.start;
  const isInner = (mark: Mark): boolean => mark.start >= ahead.start && mark.end <= ahead.end;
  const isBehind = (mark: Mark): boolean => mark.start >= ahead.end;
  // Brackets that went with a value may reach across: then nothing is underlined.
  if (!marks.every((mark) => isBefore(mark) || isInner(mark) || isBehind(mark))) return parts;
  const inner = cutAt(code, ahead.start, ahead.end, marks.filter(isInner));
  return [
    ...cutAt(code, start, ahead.start, marks.filter(isBefore)),
    ...inner.map((part) => ({ ...part, isNext: true })),
    ...cutAt(code, ahead.end, end, marks.filter(isBehind)),
  ];
}
