// One packet's way through both stacks. Every number in it is computed here, by the stack itself: the
// packet is parsed and flushed by StatsD's code, the slot is found by Whisper's rule.

import type { ComponentChildren } from 'preact';
import { flushPoints } from '../../src/core/statsd/flush.ts';
import { STATSD_DEFAULTS } from '../../src/core/statsd/config.ts';
import { parsePacket } from '../../src/core/statsd/packet.ts';
import { addSample, makeTally } from '../../src/core/statsd/tally.ts';
import { triangle } from '../../src/core/world/sensors.ts';

/** Milliseconds that the calls of one flush took; the last is the packet in the picture. */
const CALLS_MS = [9, 14, 8, 11, 13, 10, 12, 14, 12];
const FLUSH_TIME_S = 1_773_050_580;
const STEP_S = 10;
const SLOTS = 60;
const SHOWN_SLOTS = 14;

export function HomeFigure() {
  const packet = `triage:${CALLS_MS.at(-1) ?? 0}|ms`;
  const { mean, line } = summary();
  const slot = (FLUSH_TIME_S / STEP_S) % SLOTS;
  return (
    <figure class="bench home-figure">
      <svg viewBox="0 0 632 474" role="img" aria-labelledby="figure-title">
        <title id="figure-title">
          {`A running wrapper sends one UDP packet, ${packet}. StatsD, Carbon and Whisper take it, and it becomes a point on a graph.`}
        </title>
        <g class="figure-text">
          <text class="head" x="40" y="40">
            The call stack
          </text>
          <text class="head" x="388" y="40">
            The monitoring stack
          </text>
          <g class="gone">
            <rect x="40" y="78" width="204" height="58" rx="4" />
            <text class="code" x="52" y="100">
              triage
            </text>
            <text class="note" x="52" y="122">
              returned, left the stack
            </text>
          </g>
          <path class="return-way" d="M198 138v12m-5-5 5 6 5-6" />
          <g class="now">
            <rect class="box" x="40" y="154" width="204" height="122" rx="4" />
            <path class="tab" d="M40 158a4 4 0 0 1 4-4h196a4 4 0 0 1 4 4v20H40z" />
            <text class="code tab-text" x="52" y="171">
              wrapper
            </text>
            <text class="note tab-text" x="232" y="171" text-anchor="end">
              now
            </text>
            <text class="code" x="52" y="202">
              func
            </text>
            <rect class="func" x="152" y="186" width="82" height="24" rx="12" />
            <text class="code func-text" x="193" y="203" text-anchor="middle">
              triage
            </text>
            <text class="code" x="52" y="234">
              result
            </text>
            <path class="ret" d="M152 230l10-12h72v24h-72z" />
            <text class="code ret-text" x="197" y="235" text-anchor="middle">
              "soon"
            </text>
            <text class="code" x="52" y="264">
              took
            </text>
            <text class="code" x="232" y="264" text-anchor="end">
              {`${CALLS_MS.at(-1) ?? 0} ms`}
            </text>
          </g>
          <Frame y={288} name="admit" entry="patient" value={'"P0007"'} />
          <Frame y={358} name="Global" entry="queue" value="7 patients" />
          <path class="packet-way" d="M244 260h70v140h68m-7-5 8 5-8 5" />
          <rect class="packet" x="258" y="300" width="116" height="46" rx="4" />
          <text class="note on-accent" x="316" y="318" text-anchor="middle">
            one UDP packet
          </text>
          <text class="code on-accent strong" x="316" y="337" text-anchor="middle">
            {packet}
          </text>
          <Stage y={358} height={60} name="StatsD" note="one flush">
            <text class="code" x="400" y="402">
              {`count ${CALLS_MS.length}, mean ${mean} ms`}
            </text>
          </Stage>
          <Stage y={288} height={56} name="Carbon" note="one line each">
            <text class="code" x="400" y="330">
              {line}
            </text>
          </Stage>
          <Stage y={208} height={66} name="Whisper" note={`slot ${slot} of ${SLOTS}`}>
            {Array.from({ length: SHOWN_SLOTS }, (_, index) => (
              <rect
                class={index === SHOWN_SLOTS - 3 ? 'slot yours' : 'slot'}
                x={400 + index * 13}
                y="248"
                width="11"
                height="16"
                rx="2"
              />
            ))}
          </Stage>
          <Stage y={54} height={138} name="Graph" note="mean, ms">
            <path class="graph-grid" d="M400 100h180M400 134h180M400 176h180" />
            <path class="graph-line" d={graphPath(mean)} />
            <circle class="graph-point" cx="570" cy={graphY(mean)} r="5" />
          </Stage>
          <path
            class="up"
            d="M484 358v-12m-4 5 4-6 4 6M484 288v-12m-4 5 4-6 4 6M484 208v-14m-4 5 4-6 4 6"
          />
          <path class="ground" d="M40 440H580" />
          <text class="head small" x="40" y="460">
            one lab
          </text>
        </g>
      </svg>
    </figure>
  );
}

function Frame(props: { y: number; name: string; entry: string; value: string }) {
  const { y, name, entry, value } = props;
  return (
    <g class="frame">
      <rect class="box" x="40" y={y} width="204" height="58" rx="4" />
      <path class="tab" d={`M40 ${y + 4}a4 4 0 0 1 4-4h196a4 4 0 0 1 4 4v20H40z`} />
      <text class="code tab-text" x="52" y={y + 17}>
        {name}
      </text>
      <text class="code" x="52" y={y + 45}>
        {entry}
      </text>
      <text class="code" x="232" y={y + 45} text-anchor="end">
        {value}
      </text>
    </g>
  );
}

function Stage(props: {
  y: number;
  height: number;
  name: string;
  note: string;
  children: ComponentChildren;
}) {
  return (
    <g class="stage">
      <rect class="box" x="388" y={props.y} width="204" height={props.height} rx="8" />
      <text class="head small" x="400" y={props.y + 21}>
        {props.name}
      </text>
      <text class="note" x="580" y={props.y + 21} text-anchor="end">
        {props.note}
      </text>
      {props.children}
    </g>
  );
}

/** What StatsD makes of the calls, and the line that Carbon gets for their mean. */
function summary(): { readonly mean: string; readonly line: string } {
  const config = {
    ...STATSD_DEFAULTS,
    namespace: { ...STATSD_DEFAULTS.namespace, legacy: false },
  };
  const tally = makeTally(config.prefixStats);
  for (const tookMs of CALLS_MS)
    for (const sample of parsePacket(`triage:${tookMs}|ms`, STATSD_DEFAULTS).samples)
      addSample(tally, sample, config);
  const points = flushPoints(tally, config, FLUSH_TIME_S, NO_FACTS);
  const found = points.find(({ path }) => path === 'stats.timers.triage.mean');
  const mean = (found?.value ?? NaN).toFixed(1);
  return { mean, line: `triage.mean ${mean} …${String(found?.time).slice(-3)}` };
}

const NO_FACTS = {
  elapsedMs: () => 0,
  lastExceptionS: 0,
  lastFlushS: 0,
  flushTimeMs: 0,
  flushLength: 0,
};

function graphY(mean: string | number): number {
  return 176 - Number(mean) * 5;
}

/** The minutes before: a triangle wave, and at its end the mean of this flush. */
function graphPath(mean: string): string {
  const points = Array.from({ length: 17 }, (_, index) => {
    const value = 7 + 4 * triangle(index, 7) + 2 * triangle(index, 3);
    return `${400 + index * 10} ${graphY(value).toFixed(1)}`;
  });
  return `M${points.join('L')}L570 ${graphY(mean).toFixed(1)}`;
}
