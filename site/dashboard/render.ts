// Asks the Graphite API for the series of a panel.

import type { Panel } from '../../src/core/dashboard/model.ts';
import type { RenderedSeries } from '../../src/core/dashboard/panel-data.ts';
import { interpolate, type VariableValues } from '../../src/core/dashboard/variables.ts';
import { bad, good, type Result } from '../../src/core/base/result.ts';
import type { Source } from '../lab/source.ts';
import type { Window } from './state.ts';

export async function renderPanel(
  source: Source,
  panel: Panel,
  window: Window,
  variables: VariableValues,
  pointsMax: number,
): Promise<Result<readonly RenderedSeries[]>> {
  const targets = panel.targets.map(({ target }) => interpolate(target, variables));
  return renderTargets(source, targets, window, pointsMax);
}

export async function renderTargets(
  source: Source,
  targets: readonly string[],
  window: Window,
  pointsMax: number,
): Promise<Result<readonly RenderedSeries[]>> {
  const query = new URLSearchParams({
    from: String(Math.floor(window.fromS)),
    until: String(Math.ceil(window.untilS)),
    format: 'json',
    maxDataPoints: String(Math.round(pointsMax)),
  });
  for (const target of targets) query.append('target', target);
  try {
    const answer = await source.request(`/render?${query}`);
    if (answer.status !== 200) return bad(answer.text.trim().slice(0, 300));
    return good(JSON.parse(answer.text) as readonly RenderedSeries[]);
  } catch {
    return bad('The stack does not answer.');
  }
}

/** The choices of a variable: the last nodes of the paths that its query finds. */
export async function findChoices(source: Source, query: string): Promise<readonly string[]> {
  try {
    const answer = await source.request(`/metrics/find?query=${encodeURIComponent(query)}`);
    const found = JSON.parse(answer.text) as readonly { readonly text: string }[];
    return found.map((node) => node.text);
  } catch {
    return [];
  }
}
