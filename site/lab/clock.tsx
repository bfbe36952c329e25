// The clock of the simulated world: pause, speed, one flush.

import { useSignal } from '@preact/signals';
import type { StackFacts } from '../../src/lab/stack-messages.ts';
import { Icon } from '../page/icon.tsx';
import type { PageStack } from './page-stack.ts';

const RATES = [1, 10, 60] as const;
/** After a flush the points need this long to the store. */
const TO_THE_STORE_MS = 1500;

export function Clock({ page, facts }: { page: PageStack; facts: StackFacts }) {
  const rate = useSignal(1);
  const { nowMs, nextFlushMs } = facts;
  return (
    <div class="clock">
      <span class="clock-time mono">{new Date(nowMs).toISOString().slice(11, 19)}</span>
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
      <button
        type="button"
        class="button"
        onClick={() => page.step(nextFlushMs - nowMs + TO_THE_STORE_MS)}
      >
        <Icon name="stepForward" />
        One flush
      </button>
    </div>
  );

  function setRate(next: number): void {
    rate.value = next;
    page.setRate(next);
  }
}
