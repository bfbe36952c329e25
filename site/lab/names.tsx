// The names that arrived, as a list that grows.

import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Source } from './source.ts';

const LOOK_EVERY_MS = 1000;
const DEPTH_MAX = 4;

export function Names({ source, host }: { source: Source; host: Signal<string> }) {
  const names = useSignal<readonly string[]>([]);
  useEffect(() => {
    const look = (): void =>
      void findLeaves(source, `collectd.${host.value}`).then((found) => (names.value = found));
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [source, host.value]);

  return (
    <section class="panel lab-box" aria-label="Names that arrived">
      <header>
        <h2>Names that arrived</h2>
        <span class="about">{`${names.value.length} metrics of ${host.value}`}</span>
      </header>
      <ul class="names mono" tabIndex={0} aria-label="Metric names">
        {names.value.map((name) => (
          <li>{name}</li>
        ))}
      </ul>
    </section>
  );
}

async function findLeaves(source: Source, prefix: string): Promise<readonly string[]> {
  const query = Array.from(
    { length: DEPTH_MAX },
    (_, depth) => `query=${encodeURIComponent(prefix + '.*'.repeat(depth + 1))}`,
  );
  try {
    const answer = await source.request(`/metrics/expand?leavesOnly=1&${query.join('&')}`);
    return (JSON.parse(answer.text) as { results: readonly string[] }).results;
  } catch {
    return [];
  }
}
