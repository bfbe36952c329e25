// A dashboard in Grafana's JSON model: the part of it that is drawn here.
// Source: Grafana's dashboard schema, version 41 ("classic"). Fields we do not know stay in the file.

import { bad, good, type Result } from '../base/result.ts';

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly time: TimeRange;
  /** "10s"; "" is off. */
  readonly refresh: string;
  readonly variables: readonly Variable[];
  readonly panels: readonly Panel[];
}

/** Grafana's words: "now-1h", "now", or milliseconds since 1970 as text. */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

export interface Variable {
  readonly name: string;
  readonly label: string;
  /** A path whose last node gives the choices: "collectd.*". */
  readonly query: string;
}

export type PanelKind = 'timeseries' | 'bargauge';

export interface Panel {
  readonly id: number;
  readonly kind: PanelKind;
  readonly title: string;
  readonly description: string;
  readonly grid: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly Target[];
  readonly unit: string;
  readonly decimals: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly stacked: boolean;
  readonly fillOpacity: number;
  readonly thresholds: readonly Threshold[];
  /** Columns of the legend: "mean", "max", "lastNotNull". */
  readonly calcs: readonly string[];
}

export interface Target {
  readonly refId: string;
  readonly target: string;
}

/** From `value` on, `color` ("green", "orange", "red") applies. */
export interface Threshold {
  readonly value: number;
  readonly color: string;
}

/** Panels in one dashboard, so that a strange file cannot freeze a page. */
export const PANELS_MAX = 200;

export function parseDashboard(text: string): Result<Dashboard> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return bad(`A dashboard is a JSON object. This begins with "${text.slice(0, 40)}".`);
  }
  if (!isObject(root)) return bad('A dashboard is a JSON object with a title and panels.');
  const panels = listOf(root['panels']);
  if (panels.length > PANELS_MAX)
    return bad(`A dashboard has at most ${PANELS_MAX} panels, this has ${panels.length}.`);
  const read = panels.map(readPanel);
  const wrong = read.find((result) => !result.ok);
  if (wrong && !wrong.ok) return wrong;

  const time = objectOf(root['time']);
  return good({
    uid: textOf(root['uid'], ''),
    title: textOf(root['title'], 'Untitled'),
    time: { from: textOf(time['from'], 'now-1h'), to: textOf(time['to'], 'now') },
    refresh: textOf(root['refresh'], ''),
    variables: listOf(objectOf(root['templating'])['list']).flatMap(readVariable),
    panels: read.flatMap((result) => (result.ok ? [result.value] : [])),
  });
}

function readVariable(value: unknown): readonly Variable[] {
  const variable = objectOf(value);
  if (variable['type'] !== 'query') return [];
  const name = textOf(variable['name'], '');
  const label = textOf(variable['label'], name);
  return [{ name, label, query: textOf(variable['query'], '') }];
}

function readPanel(value: unknown): Result<Panel> {
  const panel = objectOf(value);
  const title = textOf(panel['title'], '');
  const kind = textOf(panel['type'], '');
  if (kind !== 'timeseries' && kind !== 'bargauge')
    return bad(`The panel "${title}" is of type "${kind}"; timeseries and bargauge can be drawn.`);
  const defaults = objectOf(objectOf(panel['fieldConfig'])['defaults']);
  const custom = objectOf(defaults['custom']);
  const grid = objectOf(panel['gridPos']);
  const options = objectOf(panel['options']);
  return good({
    id: numberOf(panel['id'], 0),
    kind,
    title,
    description: textOf(panel['description'], ''),
    grid: {
      x: numberOf(grid['x'], 0),
      y: numberOf(grid['y'], 0),
      w: numberOf(grid['w'], 12),
      h: numberOf(grid['h'], 8),
    },
    targets: listOf(panel['targets']).map((each, index) => ({
      refId: textOf(objectOf(each)['refId'], String.fromCharCode(65 + index)),
      target: textOf(objectOf(each)['target'], ''),
    })),
    unit: textOf(defaults['unit'], 'short'),
    decimals: numberOrNull(defaults['decimals']),
    min: numberOrNull(defaults['min']),
    max: numberOrNull(defaults['max']),
    stacked: objectOf(custom['stacking'])['mode'] === 'normal',
    fillOpacity: numberOf(custom['fillOpacity'], 0),
    thresholds: listOf(objectOf(defaults['thresholds'])['steps']).flatMap((step) => {
      const at = numberOrNull(objectOf(step)['value']);
      return at === null ? [] : [{ value: at, color: textOf(objectOf(step)['color'], 'red') }];
    }),
    calcs: listOf(objectOf(options['legend'])['calcs']).map(String),
  });
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
