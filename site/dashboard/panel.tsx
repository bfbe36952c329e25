// One panel: head, picture, and the table of values below it.

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Panel as PanelModel } from '../../src/core/dashboard/model.ts';
import {
  CALC_NAMES,
  LINES_MAX,
  makePanelData,
  reduce,
  type PanelData,
  type PanelLine,
} from '../../src/core/dashboard/panel-data.ts';
import { formatValue } from '../../src/core/dashboard/units.ts';
import { makeChart, timeText, type Chart } from '../chart/chart.ts';
import { Icon } from '../page/icon.tsx';
import { BarGauge } from './bar-gauge.tsx';
import { renderPanel } from './render.ts';
import type { DashboardState } from './state.ts';
import { ValueTable } from './value-table.tsx';

const CHART_HEIGHT = 214;

export function Panel({ panel, state }: { panel: PanelModel; state: DashboardState }) {
  const data = useSignal<PanelData | null>(null);
  const left = useSignal(0);
  const why = useSignal<string | null>(null);
  const asTable = useSignal(false);
  const headId = useId();

  useSignalEffect(() => {
    const window = state.window.value;
    const variables = state.variables.value;
    let isOld = false;
    void renderPanel(state.source, panel, window, variables, pointsMaxOf(panel)).then((result) => {
      if (isOld) return;
      why.value = result.ok ? null : result.why;
      if (!result.ok) return;
      left.value = Math.max(0, result.value.length - LINES_MAX);
      data.value = makePanelData(result.value, panel.stacked);
    });
    return () => {
      isOld = true;
    };
  });

  return (
    <section class="panel dashboard-panel" aria-labelledby={headId} style={placeOf(panel)}>
      <header>
        <h2 id={headId}>{panel.title}</h2>
        <span class="about">{panel.description}</span>
        {panel.kind === 'timeseries' && (
          <button
            type="button"
            class="button quiet only-icon"
            aria-pressed={asTable.value}
            title={asTable.value ? 'Show as a chart' : 'Show as a table'}
            onClick={() => (asTable.value = !asTable.value)}
          >
            <Icon name="table" />
            <span class="visually-hidden">{`${panel.title} as a table`}</span>
          </button>
        )}
      </header>
      {why.value !== null && <p class="panel-trouble">{why.value}</p>}
      {data.value === null ? (
        <p class="panel-empty">Asking the stack.</p>
      ) : data.value.lines.length === 0 ? (
        <Empty panel={panel} />
      ) : panel.kind === 'bargauge' ? (
        <BarGauge panel={panel} data={data.value} />
      ) : asTable.value ? (
        <ValueTable panel={panel} data={data.value} />
      ) : (
        <TimeSeries panel={panel} data={data.value} state={state} />
      )}
      {left.value > 0 && (
        <p class="panel-note">{`${left.value} more series are not drawn. Narrow the target.`}</p>
      )}
    </section>
  );
}

function Empty({ panel }: { panel: PanelModel }) {
  const isTimer = panel.targets.some(({ target }) => target.includes('stats.timers'));
  return (
    <p class="panel-empty">
      {isTimer
        ? 'No timer yet. The first one comes with the next flush of StatsD.'
        : 'No points yet. The first reading comes within 10 s.'}
    </p>
  );
}

function TimeSeries(props: { panel: PanelModel; data: PanelData; state: DashboardState }) {
  const { panel, data, state } = props;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const hidden = useSignal<ReadonlySet<string>>(new Set());
  const helpId = useId();

  const lines = data.lines.filter((each) => !hidden.value.has(each.name));
  const shown = useShown(data, lines, panel.stacked);
  const colors = lines.map((each) => data.lines.findIndex((other) => other.name === each.name));
  const window = state.window.peek();

  useEffect(() => {
    if (place.current === null) return;
    const spec = {
      data: shown,
      fromS: window.fromS,
      untilS: window.untilS,
      stacked: panel.stacked,
      min: panel.min,
      max: panel.max,
      thresholds: panel.thresholds,
      height: CHART_HEIGHT,
      isBinary: panel.unit === 'bytes',
      valueText: (value: number) => formatValue(value, panel.unit, axisDecimals(panel)),
      colorOf: (line: number) => colors[line] ?? line,
    };
    if (chart.current !== null) return chart.current.set(spec);
    chart.current = makeChart(place.current, spec, {
      point: (timeS) => {
        if (!state.pinned.peek()) state.pointed.value = timeS;
      },
      pin: () => {
        state.pinned.value = !state.pinned.peek() && state.pointed.peek() !== null;
      },
      zoom: (fromS, untilS) => {
        state.pinned.value = false;
        state.range.value = {
          from: String(Math.round(fromS * 1000)),
          to: String(Math.round(untilS * 1000)),
        };
        state.reload();
      },
    });
  });
  useEffect(() => () => chart.current?.destroy(), []);
  useSignalEffect(() => chart.current?.setLine(state.pointed.value, state.pinned.value));

  function onKey(event: KeyboardEvent): void {
    const next = movedLine(event.key, state.pointed.peek(), data.times);
    if (event.key === 'Escape') {
      state.pinned.value = false;
      state.pointed.value = null;
    } else if (next !== null) {
      state.pinned.value = true;
      state.pointed.value = next;
    } else return;
    event.preventDefault();
  }

  return (
    <>
      <div
        ref={place}
        class="chart"
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-label={`${panel.title}, ${panel.description}`}
        aria-describedby={helpId}
        onKeyDown={onKey}
      />
      <span id={helpId} class="visually-hidden">
        Left and right arrow keys move a line through the values, Escape takes it away. The values
        at the line stand in the table below.
      </span>
      <Legend panel={panel} data={data} hidden={hidden.value} state={state} toggle={toggle} />
    </>
  );

  function toggle(name: string, alone: boolean): void {
    const others = data.lines.map((each) => each.name).filter((each) => each !== name);
    const next = new Set(hidden.value);
    if (alone) {
      // A click shows this line alone; the next one shows all again.
      const isAlone = others.every((each) => next.has(each)) && !next.has(name);
      hidden.value = new Set(isAlone ? [] : others);
      return;
    }
    if (!next.delete(name)) next.add(name);
    hidden.value = next;
  }
}

/** The data of the lines that are not hidden; a stack is stacked anew without them. */
function useShown(data: PanelData, lines: readonly PanelLine[], stacked: boolean): PanelData {
  if (lines.length === data.lines.length) return data;
  const series = lines.map((each) => ({
    target: each.name,
    datapoints: Array.from(
      each.values,
      (value, at) => [Number.isNaN(value) ? null : value, data.times[at] ?? 0] as const,
    ),
  }));
  return makePanelData(series, stacked);
}

interface LegendProps {
  readonly panel: PanelModel;
  readonly data: PanelData;
  readonly hidden: ReadonlySet<string>;
  readonly state: DashboardState;
  readonly toggle: (name: string, alone: boolean) => void;
}

function Legend({ panel, data, hidden, state, toggle }: LegendProps) {
  const at = useComputed(() => state.pointed.value);
  const index = at.value === null ? -1 : nearest(data.times, at.value);
  const shownTime = index < 0 ? '' : timeText(data.times[index] ?? 0, 1);
  const text = (value: number): string =>
    Number.isNaN(value) ? '–' : formatValue(value, panel.unit, panel.decimals);
  return (
    <table class="legend numbers">
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">Series</span>
          </th>
          <th scope="col" class="at">
            {shownTime}
          </th>
          {panel.calcs.map((calc) => (
            <th scope="col">{CALC_NAMES[calc] ?? calc}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.lines.map((line, number) => (
          <tr class={hidden.has(line.name) ? 'off' : ''}>
            <th scope="row">
              <button
                type="button"
                class="legend-name"
                aria-pressed={!hidden.has(line.name)}
                title="Show alone; with Ctrl show or hide"
                onClick={(event) => toggle(line.name, !(event.ctrlKey || event.metaKey))}
              >
                <Swatch number={number} stacked={panel.stacked} />
                <span>{breakable(line.name)}</span>
              </button>
            </th>
            <td class="at">{index < 0 ? '' : text(line.values[index] ?? NaN)}</td>
            {panel.calcs.map((calc) => (
              <td>{text(reduce(line.values, calc))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A long name breaks behind a dot or a low line, not in a word. */
function breakable(name: string) {
  return name.split(/(?<=[._])/).flatMap((part, at) => (at === 0 ? [part] : [<wbr />, part]));
}

function Swatch({ number, stacked }: { number: number; stacked: boolean }) {
  return (
    <svg
      class={`swatch ${stacked ? 'filled' : ''}`}
      data-series={number + 1}
      viewBox="0 0 22 12"
      aria-hidden="true"
    >
      {stacked ? <rect x="0.5" y="0.5" width="21" height="11" rx="2.5" /> : <path d="M0 6H22" />}
    </svg>
  );
}

function movedLine(key: string, at: number | null, times: Float64Array): number | null {
  const last = times.length - 1;
  const index = at === null ? last + 1 : nearest(times, at);
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: Math.max(0, index - 1),
    ArrowRight: Math.min(last, index + 1),
    PageUp: Math.max(0, index - 10),
    PageDown: Math.min(last, index + 10),
    Home: 0,
    End: last,
  };
  const next = moves[key];
  return next === undefined ? null : (times[next] ?? null);
}

function nearest(times: Float64Array, timeS: number): number {
  let best = 0;
  for (let index = 1; index < times.length; index++)
    if (Math.abs((times[index] ?? 0) - timeS) < Math.abs((times[best] ?? 0) - timeS)) best = index;
  return best;
}

function axisDecimals(panel: PanelModel): number | null {
  return panel.unit === 'percent' ? 0 : null;
}

/** One value for each two pixels of a panel that is `w` of 24 columns wide. */
function pointsMaxOf(panel: PanelModel): number {
  return Math.max(50, Math.round((innerWidth * panel.grid.w) / 24));
}

function placeOf(panel: PanelModel): Readonly<Record<string, string>> {
  return { '--columns': String(panel.grid.w) };
}
