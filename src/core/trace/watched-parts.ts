// A target while it is computed, as a tree: each part is told when it ends, with what the parts below it gave.
//
//   begin sumSeries(a.*)
//     begin a.*
//     end   a.*             -> a part
//   end   sumSeries(a.*)    -> a part, with the one above in it

import type { Watch } from '../graphite/evaluate.ts';
import type { Outcome } from '../graphite/render-function.ts';
import type { Series } from '../graphite/series.ts';

/** A part as it was asked for: (from, until], seconds since 1970. */
export interface AskedPart {
  /** The text of the part, as it stands in the target. */
  readonly target: string;
  /** The function; null for a path. */
  readonly function: string | null;
  readonly from: number;
  readonly until: number;
}

/** What a part below gave, and for which time it was asked. */
export interface Input {
  readonly from: number;
  readonly until: number;
  readonly series: readonly Series[];
}

export interface PartsWatch<Part> extends Watch {
  /** The parts that were not within another. */
  roots(): readonly Part[];
}

/** Names that are looked up, and not computed from parts. */
export function isLookedUp({ function: func }: Pick<AskedPart, 'function'>): boolean {
  return func === null || func === 'seriesByTag';
}

/** `partOf` makes a part when it ends; at most `partsMax` are kept, for a target made of targets may have any number. */
export function watchParts<Part>(
  partsMax: number,
  partOf: (
    asked: AskedPart,
    outcome: Outcome,
    inputs: readonly Input[],
    parts: readonly Part[],
  ) => Part,
): PartsWatch<Part> {
  const roots: Part[] = [];
  const open: { readonly asked: AskedPart; readonly inputs: Input[]; readonly parts: Part[] }[] =
    [];
  let kept = 0;
  return {
    begin(part, { fromS, untilS }) {
      const isPath = part.kind === 'path';
      const asked = {
        target: isPath ? part.path : part.source,
        function: isPath ? null : part.name,
        from: fromS,
        until: untilS,
      };
      open.push({ asked, inputs: [], parts: [] });
    },
    end(outcome) {
      const ended = open.pop();
      if (!ended) return;
      const { asked, inputs, parts } = ended;
      const above = open.at(-1);
      const { from, until } = asked;
      if (outcome.kind === 'done') above?.inputs.push({ from, until, series: outcome.series });
      const part = partOf(asked, outcome, inputs, parts);
      if (kept++ < partsMax) (above?.parts ?? roots).push(part);
    },
    roots: () => roots,
  };
}
