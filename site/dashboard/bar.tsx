// Above the panels: title, variables, time range, refresh.

import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Variable } from '../../src/core/dashboard/model.ts';
import { timeText } from '../chart/chart.ts';
import { Icon } from '../page/icon.tsx';
import { findChoices } from './render.ts';
import { refreshEvery, writeAddress, type DashboardState } from './state.ts';

const RANGES = ['5m', '15m', '1h', '6h', '24h', '7d'] as const;
const REFRESHES = ['', '5s', '10s', '30s', '1m'] as const;

export function DashboardBar({ state }: { state: DashboardState }) {
  useSignalEffect(() => {
    // Read here, so that a change of any of them is written.
    void [state.range.value, state.variables.value, state.refresh.value];
    writeAddress(state);
  });
  const refresh = state.refresh.value;
  useEffect(() => refreshEvery(state, () => state.reload()), [refresh]);

  return (
    <div class="dashboard-bar">
      {state.dashboard.variables.map((variable) => (
        <VariableChoice key={variable.name} variable={variable} state={state} />
      ))}
      <div class="range">
        <button type="button" class="button only-icon" title="Earlier" onClick={() => shift(-1)}>
          <Icon name="chevronLeft" />
          <span class="visually-hidden">Earlier by half the range</span>
        </button>
        <div class="switch" role="group" aria-label="Time range">
          {RANGES.map((range) => (
            <button
              type="button"
              aria-pressed={state.range.value.from === `now-${range}` && isLive(state)}
              onClick={() => choose(`now-${range}`, 'now')}
            >
              {range}
            </button>
          ))}
        </div>
        <button type="button" class="button only-icon" title="Later" onClick={() => shift(1)}>
          <Icon name="chevronRight" />
          <span class="visually-hidden">Later by half the range</span>
        </button>
        <WindowText state={state} />
      </div>
      <label class="refresh">
        <Icon name="refresh" />
        <span class="visually-hidden">Refresh every</span>
        <select
          value={refresh}
          onChange={(event) => (state.refresh.value = event.currentTarget.value)}
        >
          {REFRESHES.map((every) => (
            <option value={every}>{every === '' ? 'off' : every}</option>
          ))}
        </select>
      </label>
    </div>
  );

  function choose(from: string, to: string): void {
    state.range.value = { from, to };
    state.pinned.value = false;
    state.reload();
  }

  function shift(direction: -1 | 1): void {
    const { fromS, untilS } = state.window.value;
    const moveS = (direction * (untilS - fromS)) / 2;
    const text = (timeS: number): string => String(Math.round((timeS + moveS) * 1000));
    choose(text(fromS), text(untilS));
  }
}

function isLive(state: DashboardState): boolean {
  return state.range.value.to === 'now';
}

function WindowText({ state }: { state: DashboardState }) {
  const { fromS, untilS } = state.window.value;
  const stepS = untilS - fromS > 172_800 ? 86_400 : 60;
  return (
    <span class="window numbers">{`${timeText(fromS, stepS)} to ${timeText(untilS, stepS)}`}</span>
  );
}

function VariableChoice({ variable, state }: { variable: Variable; state: DashboardState }) {
  const choices = useSignal<readonly string[]>([]);
  const id = useId();
  const window = state.window.value;

  useEffect(() => {
    void findChoices(state.source, variable.query).then((found) => {
      if (found.length === 0) return;
      choices.value = found;
      const chosen = state.variables.peek()[variable.name]?.[0];
      if (chosen === undefined || !found.includes(chosen))
        state.variables.value = { ...state.variables.peek(), [variable.name]: [found[0] ?? ''] };
    });
    // A host that begins to send appears with the next refresh.
  }, [window]);

  return (
    <div class="variable">
      <label for={id} class="mono">{`$${variable.name}`}</label>
      <select
        id={id}
        value={state.variables.value[variable.name]?.[0] ?? ''}
        onChange={(event) => {
          state.variables.value = {
            ...state.variables.value,
            [variable.name]: [event.currentTarget.value],
          };
        }}
      >
        {choices.value.length === 0 && <option value="">waiting for a host</option>}
        {choices.value.map((choice) => (
          <option value={choice}>{choice}</option>
        ))}
      </select>
    </div>
  );
}
