// What all panels of a dashboard share: time range, variables, refresh, and the line under the pointer.

import { signal, type Signal } from '@preact/signals';
import type { Dashboard, TimeRange } from '../../src/core/dashboard/model.ts';
import { parseInstant, parseRefresh } from '../../src/core/dashboard/range.ts';
import type { Source } from '../lab/source.ts';

export interface DashboardState {
  readonly dashboard: Dashboard;
  readonly source: Source;
  readonly range: Signal<TimeRange>;
  /** The range in seconds since 1970, worked out anew at every refresh. */
  readonly window: Signal<Window>;
  readonly variables: Signal<Readonly<Record<string, readonly string[]>>>;
  readonly refresh: Signal<string>;
  /** Seconds since 1970 of the shared line; null when nobody points. */
  readonly pointed: Signal<number | null>;
  readonly pinned: Signal<boolean>;
  /** What failed last, in words; null while all is well. */
  readonly trouble: Signal<string | null>;
  reload(): void;
}

export interface Window {
  readonly fromS: number;
  readonly untilS: number;
}

export function makeState(dashboard: Dashboard, source: Source): DashboardState {
  const given = new URLSearchParams(location.search);
  const range = signal<TimeRange>({
    from: given.get('from') ?? dashboard.time.from,
    to: given.get('to') ?? dashboard.time.to,
  });
  const chosen = [...given.entries()].filter(([name]) => name.startsWith('var-'));
  const variables = signal(
    Object.fromEntries(chosen.map(([name, value]) => [name.slice(4), [value]])) as Record<
      string,
      readonly string[]
    >,
  );
  const window = signal(windowOf(range.value, source.now()));
  return {
    dashboard,
    source,
    range,
    window,
    variables,
    refresh: signal(given.get('refresh') ?? dashboard.refresh),
    pointed: signal<number | null>(null),
    pinned: signal(false),
    trouble: signal<string | null>(null),
    reload() {
      window.value = windowOf(range.value, source.now());
    },
  };
}

/** Puts range, refresh and variables into the address, so that a link shows the same. */
export function writeAddress(state: DashboardState): void {
  const words = new URLSearchParams({ ...state.range.value });
  for (const [name, values] of Object.entries(state.variables.value))
    words.set(`var-${name}`, values.join(','));
  if (state.refresh.value !== state.dashboard.refresh) words.set('refresh', state.refresh.value);
  history.replaceState(null, '', `?${words}${location.hash}`);
}

function windowOf(range: TimeRange, nowMs: number): Window {
  const from = parseInstant(range.from, nowMs);
  const until = parseInstant(range.to, nowMs);
  // An address typed wrong shows the last hour instead of nothing.
  const untilS = until.ok ? until.value : nowMs / 1000;
  const fromS = from.ok ? from.value : untilS - 3600;
  return fromS < untilS ? { fromS, untilS } : { fromS: untilS - 3600, untilS };
}

/** Calls `run` at every refresh interval while the page is seen; the cancel stops it. */
export function refreshEvery(state: DashboardState, run: () => void): () => void {
  const everyMs = parseRefresh(state.refresh.value);
  if (everyMs === null) return () => undefined;
  const timer = setInterval(() => {
    if (!document.hidden) run();
  }, everyMs);
  return () => clearInterval(timer);
}
