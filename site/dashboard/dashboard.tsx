// A whole dashboard: bar, panels, and the strip of the last 24 hours.

import { useEffect } from 'preact/hooks';
import { DashboardBar } from './bar.tsx';
import { DayStrip } from './day-strip.tsx';
import { Panel } from './panel.tsx';
import type { DashboardState } from './state.ts';

export function DashboardView({ state }: { state: DashboardState }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      state.pinned.value = false;
      state.pointed.value = null;
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [state]);

  return (
    <>
      <DashboardBar state={state} />
      <div class="panels">
        {state.dashboard.panels.map((panel) => (
          <Panel key={panel.id} panel={panel} state={state} />
        ))}
      </div>
      <DayStrip state={state} />
    </>
  );
}
