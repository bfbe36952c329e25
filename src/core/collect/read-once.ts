// `collector -T`: every plugin reads once, and a table says what it read or why it did not.
//
//   memory/memory-used   1040101376
//   load/load            shortterm=0.52 midterm=0.48 longterm=0.41
//   irq                  this system does not tell how often its devices interrupt it

import { formatG } from '../base/number.ts';
import { bad } from '../base/result.ts';
import type { Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import type { Sensors } from '../host/sensors.ts';
import type { CollectorConfig } from './config.ts';
import type { Answer } from './plugin-loop.ts';
import { startTasks } from './tasks.ts';
import { identifierOf, type Types, type ValueList } from './value-list.ts';

export interface OneReading {
  readonly name: string;
  readonly answer: Answer;
}

export function readOnce(
  host: { clock: Clock; log: Log; sensors: Sensors; types?: Types },
  hostname: string,
  config: CollectorConfig,
  done: (readings: readonly OneReading[]) => void,
): void {
  const tasks = startTasks(host, hostname, config, { dispatch() {}, notify() {} });
  const reading = host.sensors.read();
  const answers = new Map<string, Answer>();
  const latest = Math.max(0, ...tasks.list.map((task) => task.intervalS)) * config.timeout;
  let isOver = false;

  function end(): void {
    if (isOver) return;
    isOver = true;
    cancel();
    tasks.stop();
    const silent = bad(`it has not answered for ${latest} s`);
    done(tasks.list.map(({ name }) => ({ name, answer: answers.get(name) ?? silent })));
  }

  const cancel = host.clock.at(host.clock.now() + latest * 1000, end);
  for (const task of tasks.list)
    task.read(
      () => reading,
      (answer) => {
        answers.set(task.name, answer);
        if (answers.size === tasks.list.length) end();
      },
    );
  if (tasks.list.length === 0) end();
}

export function showReadings(readings: readonly OneReading[]): string {
  const rows = readings.flatMap(({ name, answer }): (readonly [string, string])[] => {
    if (!answer.ok) return [[name, answer.why]];
    if (answer.value.length === 0)
      return [[name, 'nothing yet: it compares with a reading before']];
    return answer.value.map((list) => [identifierOf(list), valuesOf(list)]);
  });
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`).join('\n');
}

function valuesOf(list: ValueList): string {
  const { sources, values } = list;
  const texts = values.map((value) => formatG(value, 15));
  if (sources.length === 1) return texts[0] ?? '';
  return texts.map((text, index) => `${sources[index]?.name ?? ''}=${text}`).join(' ');
}
