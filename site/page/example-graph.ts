// What a target gives over the series of the examples, as pictures and as a table: at the build, and in the page when a reader
// changes the target.

import { bad, good, type Result } from '../../src/core/base/result.ts';
import { lineGraph } from '../../src/core/graph/line-graph.ts';
import { readGraphOptions } from '../../src/core/graph/options.ts';
import { evaluate, type Watch } from '../../src/core/graphite/evaluate.ts';
import {
  EXAMPLE_FROM_S,
  EXAMPLE_NOW_S,
  exampleContext,
} from '../../src/core/graphite/example-series.ts';
import { parseTarget } from '../../src/core/graphite/grammar.ts';
import { refusalText } from '../../src/core/graphite/render-function.ts';
import type { Regex } from '../../src/core/graphite/regex.ts';
import type { Series } from '../../src/core/graphite/series.ts';
import { utc } from '../../src/core/time/zone.ts';

export interface Example {
  /** The series that the target reads, over the time of the graph. */
  readonly before: readonly Series[];
  readonly after: readonly Series[];
}

/** Series that one picture shows. */
export const SHOWN_SERIES_MAX = 20;

export function runExample(
  target: string,
  regex: Regex,
  isLate: () => boolean = () => false,
): Result<Example> {
  const parsed = parseTarget(target);
  if (!parsed.ok) return parsed;
  const context = exampleContext(regex, isLate);
  const before = new Map<string, Series>();
  const open: boolean[] = [];
  const watch: Watch = {
    begin: (part, asked) => void open.push(part.kind === 'path' && asked.untilS === context.untilS),
    end(outcome) {
      if (!open.pop() || outcome.kind !== 'done') return;
      for (const series of outcome.series)
        if (!before.has(series.name)) before.set(series.name, withinGraph(series, context.fromS));
    },
  };
  const outcome = evaluate(parsed.value, context, undefined, watch);
  if (outcome.kind === 'done') return good({ before: [...before.values()], after: outcome.series });
  if (outcome.kind === 'need') return bad('The target needs data that are not there.');
  return bad(refusalText(outcome));
}

/** A window reads what lies before the graph too. */
function withinGraph(series: Series, fromS: number): Series {
  const dropped = Math.max(0, Math.floor((fromS - series.start) / series.step) + 1);
  return {
    ...series,
    start: series.start + dropped * series.step,
    values: series.values.subarray(dropped),
  };
}

const COLORS = Array.from({ length: 8 }, (_, i) => `var(--series-${i + 1})`);

/** In the colours of the page, light or dark. */
export function exampleSvg(series: readonly Series[], id: string): string {
  const asked: Readonly<Record<string, string>> = { width: '420', height: '230', fontSize: '11' };
  const options = readGraphOptions((name) => asked[name] ?? null);
  if (!options.ok) throw new Error(options.why);
  return lineGraph(
    series.slice(0, SHOWN_SERIES_MAX),
    { fromS: EXAMPLE_FROM_S, untilS: EXAMPLE_NOW_S, offsetAt: utc },
    {
      ...options.value,
      id,
      background: 'none',
      foreground: 'currentColor',
      majorLine: 'var(--line2)',
      minorLine: 'var(--line)',
      colors: COLORS,
    },
  );
}
