// How a picture of series is to look: the parameters of /render that are about pictures, read and checked.

import { bad, good, type Result } from '../base/result.ts';
import { isUnitSystem } from '../graphite/unit-system.ts';
import { PALETTE, svgColor } from './colors.ts';

export interface GraphOptions {
  /** Put before the names of parts, where several pictures stand in one page. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  readonly title: string;
  readonly fontSize: number;
  readonly background: string;
  readonly foreground: string;
  readonly majorLine: string;
  readonly minorLine: string;
  readonly colors: readonly string[];
  readonly graphOnly: boolean;
  readonly hideGrid: boolean;
  readonly hideXAxis: boolean;
  readonly hideYAxis: boolean;
  /** Null: hidden when there are many series. */
  readonly hideLegend: boolean | null;
  readonly uniqueLegend: boolean;
  readonly hideNullFromLegend: boolean;
  readonly lineMode: 'slope' | 'staircase' | 'connected';
  /** Gaps of up to so many points are crossed by connected lines. */
  readonly connectedLimit: number;
  readonly lineWidth: number;
  readonly areaMode: 'none' | 'first' | 'all' | 'stacked';
  readonly areaAlpha: number;
  readonly drawNullAsZero: boolean;
  readonly unitSystem: string;
  /** 0: not logarithmic. */
  readonly logBase: number;
  /** What strftime takes; null: by the length of the graph. */
  readonly xFormat: string | null;
  readonly left: AxisOptions;
  readonly right: AxisOptions;
  readonly pie: PieOptions;
}

export interface AxisOptions {
  readonly title: string;
  /** Null: by the values; "max" ends at the greatest. */
  readonly min: number | null;
  readonly max: number | 'max' | null;
  /** Greatest end that is taken from the values. */
  readonly limit: number | null;
  readonly step: number | null;
  readonly color: string | null;
  readonly width: number | null;
  readonly dashed: boolean;
}

export interface PieOptions {
  readonly valueLabels: 'percent' | 'number' | 'none';
  /** Slices of fewer percent have no label. */
  readonly valueLabelsMin: number;
  readonly valueLabelsColor: string;
}

/** Pixels of a side: a poster. */
export const GRAPH_SIDE_MAX = 4000;

const DARK = {
  background: '#000000',
  foreground: '#ffffff',
  majorLine: '#555555',
  minorLine: '#333333',
};
const LIGHT = {
  background: '#ffffff',
  foreground: '#23262b',
  majorLine: '#c9ced6',
  minorLine: '#e8ebef',
};

/** `get` gives a parameter by its name. What is no number or no colour is refused by its name. */
export function readGraphOptions(get: (name: string) => string | null): Result<GraphOptions> {
  const faults: string[] = [];
  const given = (name: string): string | null => {
    const text = get(name);
    return text === null || text === '' || text === 'default' ? null : text;
  };
  const number = (name: string): number | null => {
    const text = given(name);
    if (text === null) return null;
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    faults.push(`${name} must be a number, not '${text}'`);
    return null;
  };
  const flag = (name: string): boolean | null => {
    const text = given(name)?.toLowerCase();
    return text === undefined ? null : text === 'true' || text === '1';
  };
  const color = (name: string): string | null => {
    const text = given(name);
    if (text === null) return null;
    const read = svgColor(text);
    if (read === null) faults.push(`${name} must be a colour like red or 0069c1, not '${text}'`);
    return read;
  };
  const oneOf = <T extends string>(name: string, all: readonly [T, ...T[]]): T => {
    const text = given(name);
    const found = all.find((one) => one === text);
    if (text !== null && !found)
      faults.push(`${name} must be one of ${all.join(', ')}, not '${text}'`);
    return found ?? all[0];
  };
  const side = (name: string, usual: number): number => {
    const value = number(name) ?? usual;
    if (value >= 1 && value <= GRAPH_SIDE_MAX) return Math.round(value);
    faults.push(`${name} must be from 1 to ${GRAPH_SIDE_MAX}, not ${value}`);
    return usual;
  };
  const axis = (side: 'Left' | 'Right'): AxisOptions => {
    const of = (name: string): number | null =>
      number(`${name}${side}`) ?? (side === 'Left' ? number(name) : null);
    const maxName = given(`yMax${side}`) === 'max' || (side === 'Left' && given('yMax') === 'max');
    return {
      title: given(side === 'Left' ? 'vtitle' : 'vtitleRight') ?? '',
      min: of('yMin'),
      max: maxName ? 'max' : of('yMax'),
      limit: of('yLimit'),
      step: of('yStep'),
      color: color(`${side.toLowerCase()}Color`),
      width: number(`${side.toLowerCase()}Width`),
      dashed: flag(`${side.toLowerCase()}Dashed`) ?? false,
    };
  };
  const colors = (given('colorList') ?? '').split(',').filter((text) => text.trim() !== '');
  const readColors = colors.map((text) => svgColor(text));
  for (const [i, one] of readColors.entries())
    if (one === null) faults.push(`colorList has '${colors[i]}', which is no colour`);
  const base = given('logBase');
  const unitSystem = given('yUnitSystem') ?? 'si';
  if (!isUnitSystem(unitSystem)) faults.push(`There is no yUnitSystem '${unitSystem}'`);
  // graphite-web's own names: plain is light, noc is dark.
  const theme = given('template') === 'noc' ? DARK : LIGHT;
  const hidesAxes = flag('hideAxes') ?? false;

  const options: GraphOptions = {
    id: '',
    width: side('width', 330),
    height: side('height', 250),
    margin: number('margin') ?? 10,
    title: given('title') ?? '',
    fontSize: Math.min(100, Math.max(4, number('fontSize') ?? 10)),
    background: color('bgcolor') ?? theme.background,
    foreground: color('fgcolor') ?? theme.foreground,
    majorLine: color('majorGridLineColor') ?? theme.majorLine,
    minorLine: color('minorGridLineColor') ?? theme.minorLine,
    colors: colors.length > 0 ? readColors.filter((one) => one !== null) : PALETTE,
    graphOnly: flag('graphOnly') ?? false,
    hideGrid: flag('hideGrid') ?? false,
    hideXAxis: flag('hideXAxis') ?? hidesAxes,
    hideYAxis: flag('hideYAxis') ?? hidesAxes,
    hideLegend: flag('hideLegend'),
    uniqueLegend: flag('uniqueLegend') ?? false,
    hideNullFromLegend: flag('hideNullFromLegend') ?? false,
    lineMode: oneOf('lineMode', ['slope', 'staircase', 'connected']),
    connectedLimit: number('connectedLimit') ?? Infinity,
    lineWidth: number('lineWidth') ?? number('thickness') ?? 1.2,
    areaMode: oneOf('areaMode', ['none', 'first', 'all', 'stacked']),
    areaAlpha: Math.min(1, Math.max(0, number('areaAlpha') ?? 1)),
    drawNullAsZero: flag('drawNullAsZero') ?? false,
    unitSystem,
    logBase: base === 'e' ? Math.E : (number('logBase') ?? 0),
    xFormat: given('xFormat'),
    left: axis('Left'),
    right: axis('Right'),
    pie: {
      valueLabels: oneOf('valueLabels', ['percent', 'number', 'none']),
      valueLabelsMin: number('valueLabelsMin') ?? 5,
      valueLabelsColor: color('valueLabelsColor') ?? '#ffffff',
    },
  };
  if (options.logBase !== 0 && options.logBase <= 1)
    faults.push(`logBase must be more than 1, not ${options.logBase}`);
  return faults.length > 0 ? bad(faults.join('; ')) : good(options);
}
