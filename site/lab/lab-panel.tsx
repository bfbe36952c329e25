// The counters that packets made, drawn one flush later.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { makePanelData, type PanelData } from '../../src/core/dashboard/panel-data.ts';
import { formatValue } from '../../src/core/dashboard/units.ts';
import { makeChart, type Chart } from '../chart/chart.ts';
import { renderTargets } from '../dashboard/render.ts';
import type { Source } from './source.ts';

const LOOK_EVERY_MS = 1000;
const SHOWN_S = 300;

/** What a learner's packets become, without StatsD's and our own counters. */
const TARGETS = [
  'aliasSub(exclude(group(stats.counters.*.count,stats.counters.*.*.count,stats.counters.*.*.*.count),"counters\\.(statsd|stacklab)\\."),"^stats\\.counters\\.(.*)\\.count$","\\1")',
  'aliasSub(exclude(group(stats.gauges.*,stats.gauges.*.*),"gauges\\.(statsd|stacklab)\\."),"^stats\\.gauges\\.","")',
  'aliasSub(exclude(group(stats.timers.*.mean,stats.timers.*.*.mean),"timers\\.stacklab\\."),"^stats\\.timers\\.(.*)\\.mean$","\\1, mean ms")',
];

export function LabPanel({ source }: { source: Source }) {
  const data = useSignal<{ panel: PanelData; fromS: number; untilS: number } | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);

  useEffect(() => {
    const look = (): void => {
      const untilS = Math.floor(source.now() / 1000);
      const window = { fromS: untilS - SHOWN_S, untilS };
      void renderTargets(source, TARGETS, window, SHOWN_S).then((result) => {
        if (result.ok) data.value = { panel: makePanelData(result.value, false), ...window };
      });
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [source]);

  const shown = data.value;
  const hasLines = shown !== null && shown.panel.lines.length > 0;
  useEffect(() => {
    if (!hasLines || place.current === null) return;
    const spec = {
      data: shown.panel,
      fromS: shown.fromS,
      untilS: shown.untilS,
      stacked: false,
      min: 0,
      max: null,
      thresholds: [],
      height: 150,
      isBinary: false,
      valueText: (value: number) => formatValue(value, 'short'),
      colorOf: (line: number) => line,
    };
    if (chart.current === null)
      chart.current = makeChart(place.current, spec, {
        point: () => undefined,
        pin: () => undefined,
        zoom: () => undefined,
      });
    else chart.current.set(spec);
  });
  useEffect(() => () => chart.current?.destroy(), []);

  const last = shown?.panel.lines.map(
    (line) => `${line.name} ${line.values.findLast((value) => !Number.isNaN(value)) ?? 'no value'}`,
  );
  return (
    <>
      <div ref={place} class="chart" hidden={!hasLines} aria-hidden="true" />
      <p class="about" data-testid="counters">
        {hasLines
          ? `Counted in the last flush: ${last?.join(', ')}.`
          : 'No packet yet. It is drawn one flush after you send it.'}
      </p>
    </>
  );
}
