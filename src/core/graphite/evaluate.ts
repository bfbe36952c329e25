// Expression -> series. Evaluation never waits: when data are missing it says which, and the caller
// fetches them and evaluates again.
//
//   evaluate ── need a.b (12:00, 13:00] ──► fetch ──► evaluate ── series
//
// Some functions look at their data before they know what else they need (a moving window of 10
// points reaches back 10 steps), so this may take more than one round.

import { nearestWord } from '../base/nearest-word.ts';
import type {
  Argument,
  CallExpression,
  Expression,
  Literal,
  PathExpression,
} from './expression.ts';
import { bindArguments, type BoundArguments } from './arguments.ts';
import { RENDER_FUNCTIONS } from './functions/registry.ts';
import { parseTarget } from './grammar.ts';
import {
  done,
  makeCarried,
  refused,
  type Call,
  type Carried,
  type Needs,
  type Outcome,
  type Refused,
  type RenderContext,
  type RenderFunction,
} from './render-function.ts';
import type { Series } from './series.ts';
import { SERIES_POINTS_MAX, tooManyPoints } from './limits.ts';
import { valueText, type Value } from './value.ts';

/** Rounds of fetching that one request may take. */
export const RENDER_ROUNDS_MAX = 8;

/** Targets made by targets (applyByNode in applyByNode ...) go no deeper than this. */
const TARGET_DEPTH_MAX = 8;

/** Hears of every path and every call while a target is computed; each `begin` has its `end`. */
export interface Watch {
  begin(
    part: PathExpression | CallExpression,
    asked: Pick<RenderContext, 'fromS' | 'untilS'>,
  ): void;
  end(outcome: Outcome): void;
}

/** Targets of one request share `carried`; each round of fetching begins with a new one. */
export function evaluate(
  expression: Expression,
  context: RenderContext,
  carried: Carried = makeCarried(),
  watch: Watch | null = null,
): Outcome {
  return evaluateAt(expression, {
    context,
    carried,
    watch,
    replacements: new Map(),
    targetDepth: 0,
  });
}

interface Scope {
  readonly context: RenderContext;
  readonly watch: Watch | null;
  readonly carried: Carried;
  /** Values for `$name` in the paths of a template. */
  readonly replacements: ReadonlyMap<string, Literal>;
  readonly targetDepth: number;
}

type Evaluated = { readonly kind: 'value'; readonly value: Value } | Needs | Refused;

function evaluateAt(expression: Expression, scope: Scope): Outcome {
  const evaluated = evaluateArgument(expression, scope);
  if (evaluated.kind !== 'value') return evaluated;
  if (evaluated.value.kind === 'series') return done(evaluated.value.series);
  return refused(`The target is the value ${valueText(evaluated.value)}, not a series`);
}

function evaluateArgument(argument: Argument, scope: Scope): Evaluated {
  switch (argument.kind) {
    case 'path':
      return evaluatePath(argument.path, scope);
    case 'call': {
      scope.watch?.begin(argument, scope.context);
      const outcome = evaluateCall(argument, scope);
      scope.watch?.end(outcome);
      return asValue(outcome);
    }
    case 'template': {
      const replacements = new Map(argument.values);
      for (const [name, text] of scope.context.template)
        replacements.set(name, { kind: 'text', text });
      return evaluateArgument(argument.body, { ...scope, replacements });
    }
    default:
      return { kind: 'value', value: argument };
  }
}

// In a template, a path that is nothing but "$x" is the value itself, so that it can be any argument.
function evaluatePath(path: string, scope: Scope): Evaluated {
  let filled = path;
  for (const [name, literal] of scope.replacements) {
    if (path === `$${name}`) return { kind: 'value', value: numberIfItLooksLikeOne(literal) };
    filled = filled.replaceAll(`$${name}`, () => valueText(literal));
  }
  scope.watch?.begin({ kind: 'path', path: filled }, scope.context);
  const outcome = fetched(filled, scope);
  scope.watch?.end(outcome);
  return asValue(outcome);
}

function numberIfItLooksLikeOne(literal: Literal): Literal {
  if (literal.kind !== 'text' || !/^-?\d+(\.\d*)?$/.test(literal.text)) return literal;
  return { kind: 'number', value: Number(literal.text), whole: false };
}

function fetched(path: string, { context, carried }: Scope): Outcome {
  const need = { path, from: context.fromS, until: context.untilS };
  const series = context.have(need);
  if (!series) return { kind: 'need', need: [need] };
  const { xFilesFactor } = carried;
  if (xFilesFactor === null) return done(series);
  return done(series.map((one) => ({ ...one, xFilesFactor })));
}

function asValue(outcome: Outcome): Evaluated {
  if (outcome.kind !== 'done') return outcome;
  return { kind: 'value', value: { kind: 'series', series: outcome.series } };
}

function evaluateCall(expression: CallExpression, scope: Scope): Outcome {
  const outcome = evaluateNamed(expression, scope);
  // The innermost call that refused is the one to look at.
  return outcome.kind === 'refused' && outcome.call === null
    ? { ...outcome, call: { at: expression.at, source: expression.source } }
    : outcome;
}

function evaluateNamed(expression: CallExpression, scope: Scope): Outcome {
  if (scope.context.isLate()) return refused('The target takes too long', ASK_FOR_LESS);
  // The tag query is one path for the store: its own text.
  if (expression.name === 'seriesByTag') return fetched(expression.source, scope);

  const definition = functionNamed(expression.name);
  if (!definition) return unknownFunction(expression.name);
  const args = evaluateAll(expression, definition, scope);
  if ('kind' in args) return args;
  const bound = bindArguments(expression.name, definition.params, args.plain, args.named);
  if (!bound.ok) return refused(bound.why);
  return checkSize(definition.run(makeCall(expression, bound.value, scope)));
}

const ASK_FOR_LESS = 'ask for fewer series or a shorter time';

function unknownFunction(name: string): Refused {
  const nearest = nearestWord(name, Object.keys(RENDER_FUNCTIONS));
  const meant = nearest === null ? '' : `, did you mean "${nearest}"?`;
  return refused(
    `Received request for unknown function: ${name}`,
    `unknown function "${name}"${meant}`,
  );
}

function functionNamed(name: string): RenderFunction | null {
  return Object.hasOwn(RENDER_FUNCTIONS, name) ? (RENDER_FUNCTIONS[name] ?? null) : null;
}

interface EvaluatedArguments {
  readonly plain: readonly Value[];
  readonly named: readonly (readonly [name: string, value: Value])[];
}

// All arguments are tried before missing data are reported, so that one round fetches for all.
function evaluateAll(
  expression: CallExpression,
  definition: RenderFunction,
  scope: Scope,
): EvaluatedArguments | Needs | Refused {
  const need: Needs['need'][number][] = [];
  const values: Value[] = [];
  const all = [...expression.args, ...expression.named.map((pair) => pair.value)];
  const [first, ...others] = all;
  const isRead = !isExpression(first) || !definition.readsOnlyAgain?.(expression);
  if (!isRead) values.push({ kind: 'series', series: [] });
  for (const argument of isRead ? all : others) {
    const evaluated = evaluateArgument(argument, scope);
    if (evaluated.kind === 'refused') return evaluated;
    if (evaluated.kind === 'need') need.push(...evaluated.need);
    else values.push(evaluated.value);
  }
  if (need.length > 0) return { kind: 'need', need };
  const plain = values.slice(0, expression.args.length);
  const named = expression.named.map(
    (pair, index) => [pair.name, values[plain.length + index] ?? { kind: 'none' }] as const,
  );
  return { plain, named };
}

function isExpression(argument: Argument | undefined): boolean {
  return argument !== undefined && ['path', 'call', 'template'].includes(argument.kind);
}

function makeCall(expression: CallExpression, args: BoundArguments, scope: Scope): Call {
  const { carried } = scope;
  const xFilesFactor = carried.xFilesFactor ?? scope.context.xFilesFactor;
  return {
    args,
    context: { ...scope.context, xFilesFactor },
    carried,
    again(fromS, untilS) {
      const [first] = expression.args;
      if (!first) return done([]);
      const context = { ...scope.context, fromS, untilS };
      const evaluated = evaluateArgument(first, {
        ...scope,
        context,
        // The stacks are the same ones, and grow on; a share set there stays there.
        carried: { ...carried },
      });
      if (evaluated.kind !== 'value') return evaluated;
      return done(evaluated.value.kind === 'series' ? evaluated.value.series : []);
    },
    target(text) {
      if (scope.targetDepth >= TARGET_DEPTH_MAX)
        return refused(`Targets made by targets go deeper than ${TARGET_DEPTH_MAX}: "${text}"`);
      const parsed = parseTarget(text);
      if (!parsed.ok) return refused(parsed.why);
      const outcome = evaluateAt(parsed.value, { ...scope, targetDepth: scope.targetDepth + 1 });
      // Its places are those of another text.
      return outcome.kind === 'refused' ? { ...outcome, call: null } : outcome;
    },
    aggregator: (name, series) =>
      functionNamed(name)?.isAggregator
        ? runNamed(name, [series], scope)
        : refused(`Unsupported aggregation function: ${name}`),
    func: (name, lists) => runNamed(name, lists, scope),
  };
}

function runNamed(name: string, lists: readonly (readonly Series[])[], scope: Scope): Outcome {
  const definition = functionNamed(name);
  if (!definition) return unknownFunction(name);
  const values = lists.map((series): Value => ({ kind: 'series', series }));
  const bound = bindArguments(name, definition.params, values, []);
  if (!bound.ok) return refused(bound.why);
  const expression: CallExpression = {
    kind: 'call',
    name,
    args: [],
    named: [],
    source: name,
    at: 0,
  };
  return checkSize(definition.run(makeCall(expression, bound.value, scope)));
}

function checkSize(outcome: Outcome): Outcome {
  if (outcome.kind !== 'done') return outcome;
  const large = outcome.series.find((one) => one.values.length > SERIES_POINTS_MAX);
  return large ? refused(tooManyPoints(large.values.length)) : outcome;
}
