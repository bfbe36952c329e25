// The stages of the stack in the order of the data, and one point at each of them in the form it has there.
//
//   Collector ----------- host readings go straight to Carbon ----.
//   Your program -> StatsD -> Carbon -> Whisper -> Graph

import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { newestSlot, type Followed, type Slot } from '../../src/lab/follow.ts';
import type { StackFacts } from '../../src/lab/stack-messages.ts';
import { renderTargets } from '../dashboard/render.ts';
import type { Source } from './source.ts';

interface StagesProps {
  readonly source: Source;
  readonly followed: ReadonlySignal<Followed>;
  /** What only a stack in the page tells; null on this machine. */
  readonly facts: StackFacts | null;
}

const LOOK_EVERY_MS = 1000;
const GRAPH_S = 300;
const SLOT_S = 10;
const SHOWN_SLOTS = 18;

export function Stages({ source, followed, facts }: StagesProps) {
  const slots = useSlots(source, followed);
  const newest = newestSlot(slots);
  const { metric, packet } = followed.value;
  const isPacket = packet !== null;
  return (
    <ol class="stages">
      <li class="stage-start">
        <div class={isPacket ? 'stage' : 'stage is-followed'}>
          <strong>Collector</strong>
          <span class="note">reads the host every 10 s</span>
          {!isPacket && <Fact name={nodes(metric, 2)}>{numberText(newest?.slot.value)}</Fact>}
          <span class="bypass" aria-hidden="true">
            <span />
          </span>
          <span class="bypass-words">host readings go straight to Carbon</span>
        </div>
        <div class={isPacket ? 'stage leads is-followed' : 'stage leads'}>
          <strong>Your program</strong>
          <span class="note">sends one UDP packet</span>
          {isPacket ? <code class="packet-chip">{packet.text}</code> : <Nothing words="none yet" />}
        </div>
      </li>
      <li class={isPacket ? 'stage leads is-followed' : 'stage leads'}>
        <strong>StatsD</strong>
        <StatsdFacts facts={facts} followed={followed.value} last={newest?.slot.value ?? null} />
      </li>
      <li class="stage leads is-followed">
        <strong>Carbon</strong>
        <span class="note">one line each, then the cache</span>
        {newest === null ? (
          <Nothing words="no line of it yet" />
        ) : (
          <span class="wire">
            <span>{`${metric} `}</span>
            <b>{`${newest.slot.value} `}</b>
            <span>{newest.slot.timeS}</span>
          </span>
        )}
        {facts !== null && (
          <Fact name="received">{`${facts.metricsReceived.toLocaleString('en')} points`}</Fact>
        )}
      </li>
      <li class="stage leads is-followed">
        <strong>Whisper</strong>
        <span class="note">{`one slot for ${SLOT_S} s`}</span>
        <SlotGrid slots={slots} place={source.place} />
        {facts !== null && (
          <Fact name="written">{`${facts.committedPoints.toLocaleString('en')} points`}</Fact>
        )}
      </li>
      <li class="stage is-followed">
        <strong>Graph</strong>
        <span class="note">last 5 minutes</span>
        <Sparkline slots={slots} place={source.place} />
      </li>
    </ol>
  );
}

/** The slots of the followed metric, looked at every second. */
function useSlots(source: Source, followed: ReadonlySignal<Followed>): readonly Slot[] {
  const slots = useSignal<readonly Slot[]>([]);
  const { metric } = followed.value;
  useEffect(() => {
    slots.value = [];
    let isOver = false;
    const look = (): void => {
      const untilS = Math.floor(source.now() / 1000);
      const window = { fromS: untilS - GRAPH_S, untilS };
      void renderTargets(source, [metric], window, GRAPH_S).then((answer) => {
        if (isOver || !answer.ok) return;
        const points = answer.value[0]?.datapoints ?? [];
        slots.value = points.map(([value, timeS]) => ({ timeS, value }));
      });
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [source, metric]);
  return slots.value;
}

interface StatsdFactsProps {
  readonly facts: StackFacts | null;
  readonly followed: Followed;
  /** What the last flush said of the followed packet. */
  readonly last: number | null;
}

function StatsdFacts({ facts, followed, last }: StatsdFactsProps) {
  const { packet } = followed;
  if (facts === null)
    return (
      <>
        <span class="note">flushes every 10 s</span>
        {packet !== null && <span class="note">in the last flush</span>}
        {packet !== null && (
          <Fact name={packet.key} isYours>
            {numberText(last)}
          </Fact>
        )}
      </>
    );
  const seconds = Math.max(0, Math.ceil((facts.nextFlushMs - facts.nowMs) / 1000));
  const waiting = facts.counters.filter(([name]) => !name.startsWith('statsd.'));
  return (
    <>
      <span class="note numbers">{`flushes in ${seconds} s`}</span>
      <span class="note">counted since the last flush</span>
      {waiting.length === 0 && <Nothing words="nothing" />}
      {waiting.map(([name, count]) => (
        <Fact key={name} name={name} isYours={name === packet?.key}>
          {count}
        </Fact>
      ))}
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly isYours?: boolean;
  readonly children: ComponentChildren;
}

function Fact({ name, isYours = false, children }: FactProps) {
  return (
    <span class={isYours ? 'fact is-yours' : 'fact'}>
      <span>{name}</span>
      <b>{children}</b>
    </span>
  );
}

function Nothing({ words }: { words: string }) {
  return <span class="nothing">{words}</span>;
}

interface SlotsProps {
  readonly slots: readonly Slot[];
  readonly place: Source['place'];
}

/** Grows from the left; an empty slot is hatched, the newest value is yours. */
function SlotGrid({ slots, place }: SlotsProps) {
  const shown = slots.slice(-SHOWN_SLOTS);
  const newest = newestSlot(shown);
  const words =
    newest === null
      ? 'no value yet'
      : `newest slot ${timeText(newest.slot.timeS, place)}: ${numberText(newest.slot.value)}`;
  return (
    <>
      <span class="slots" aria-hidden="true">
        {Array.from({ length: SHOWN_SLOTS }, (_, at) => {
          const slot = shown[at];
          const value = slot?.value ?? null;
          const kind = at === newest?.at ? 'is-yours' : value === null ? 'is-empty' : '';
          return <span class={`slot ${kind}`}>{value === null ? '' : slotText(value)}</span>;
        })}
      </span>
      <span class="note numbers">{words}</span>
    </>
  );
}

const WIDTH = 160;
const HEIGHT = 84;

function Sparkline({ slots, place }: SlotsProps) {
  const known = slots.flatMap(({ value }) => (value === null ? [] : [value]));
  const top = Math.max(1, ...known);
  const x = (at: number): number => 4 + (at / Math.max(1, slots.length - 1)) * (WIDTH - 12);
  const y = (value: number): number => HEIGHT - 6 - (value / top) * (HEIGHT - 20);
  let path = '';
  slots.forEach(({ value }, at) => {
    const isStart = at === 0 || slots[at - 1]?.value === null;
    if (value !== null) path += `${isStart ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  const newest = newestSlot(slots);
  return (
    <>
      <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <path class="grid" d={`M0 ${y(0)}H${WIDTH}M0 ${y(top)}H${WIDTH}`} />
        <path class="line" d={path} />
        {newest !== null && <circle cx={x(newest.at)} cy={y(newest.slot.value ?? 0)} r="4" />}
        <text x="0" y="10">
          {slotText(top)}
        </text>
      </svg>
      <span class="note numbers">
        {newest === null
          ? 'no point yet'
          : `${timeText(newest.slot.timeS, place)}: ${numberText(newest.slot.value)}`}
      </span>
    </>
  );
}

/** The last nodes of a name. */
function nodes(metric: string, count: number): string {
  return metric.split('.').slice(-count).join('.');
}

function numberText(value: number | null | undefined): string {
  if (value === null || value === undefined) return 'no value yet';
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

/** At most three characters: a slot is small. */
function slotText(value: number): string {
  if (Math.abs(value) >= 1000) return `${Math.round(value / 1000)}k`;
  return Number.isInteger(value) || Math.abs(value) >= 10
    ? String(Math.round(value))
    : value.toFixed(1);
}

/** The simulated world has no time zone of its own. */
export function timeText(timeS: number, place: Source['place']): string {
  const zone = place === 'page' ? { timeZone: 'UTC' } : {};
  return new Date(timeS * 1000).toLocaleTimeString('en-GB', zone);
}
