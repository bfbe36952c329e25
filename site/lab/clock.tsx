// The clock of the simulated world, and where the points are: pause, speed, one flush.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from '../page/icon.tsx';
import type { PageStack } from './page-stack.ts';

const RATES = [1, 10, 60] as const;

export function Clock({ page }: { page: PageStack }) {
  const facts = useSignal(page.facts());
  const rate = useSignal(1);
  useEffect(() => page.onFacts((next) => (facts.value = next)), [page]);

  const { nowMs, nextFlushMs, metricsReceived, committedPoints } = facts.value;
  const time = new Date(nowMs).toISOString().slice(11, 19);
  const waits = facts.value.counters.filter(([name]) => !name.startsWith('statsd.'));
  return (
    <section class="panel clock" aria-label="Clock and stages">
      <div class="clock-bar">
        <strong>The stack in this page</strong>
        <span class="clock-time mono">{time}</span>
        <button
          type="button"
          class="button only-icon"
          title={rate.value === 0 ? 'Go on' : 'Pause'}
          onClick={() => setRate(rate.value === 0 ? 1 : 0)}
        >
          <Icon name={rate.value === 0 ? 'play' : 'pause'} />
          <span class="visually-hidden">{rate.value === 0 ? 'Let time go on' : 'Pause time'}</span>
        </button>
        <div class="switch" role="group" aria-label="Speed of time">
          {RATES.map((each) => (
            <button type="button" aria-pressed={rate.value === each} onClick={() => setRate(each)}>
              {`${each}×`}
            </button>
          ))}
        </div>
        <button type="button" class="button" onClick={() => page.step(nextFlushMs - nowMs + 1500)}>
          <Icon name="stepForward" />
          One flush
        </button>
      </div>
      <ol class="bench stages-strip">
        <li>
          <strong>Collector</strong>
          <span>reads the host every 10 s</span>
        </li>
        <li>
          <strong>StatsD</strong>
          <span>{`flushes in ${Math.max(0, Math.ceil((nextFlushMs - nowMs) / 1000))} s`}</span>
          {waits.map(([name, count]) => (
            <code>{`${name} ${count}`}</code>
          ))}
        </li>
        <li>
          <strong>Carbon</strong>
          <span class="numbers">{`${metricsReceived} points received`}</span>
        </li>
        <li>
          <strong>Whisper</strong>
          <span class="numbers">{`${committedPoints} points written`}</span>
        </li>
      </ol>
    </section>
  );

  function setRate(next: number): void {
    rate.value = next;
    page.setRate(next);
  }
}
