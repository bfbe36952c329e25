// One plugin by itself, on a host that shows what a test says.

import { bad, type Result } from '../../../src/core/base/result.ts';
import { readCollectorConfig } from '../../../src/core/collect/config.ts';
import { type Answer } from '../../../src/core/collect/plugin-loop.ts';
import type { Notification } from '../../../src/core/collect/notification.ts';
import { type Dispatched } from '../../../src/core/collect/plugin.ts';
import { startTasks } from '../../../src/core/collect/tasks.ts';
import { identifierOf, type ValueList } from '../../../src/core/collect/value-list.ts';
import { NO_OUTSIDE, type Outside } from '../../../src/core/host/outside.ts';
import { TELLS_NOTHING, type HostReading, type Sensors } from '../../../src/core/host/sensors.ts';
import { makeWorldClock } from '../../../src/core/world/clock.ts';

/** One plugin, with the lines of its block, on a host that shows what `reading` says. */
export function pluginOf(
  name: string,
  options: string,
  outside: Partial<Outside> = {},
  askFileSystems?: Sensors['askFileSystems'],
) {
  const conf = readCollectorConfig(`LoadPlugin ${name}\n<Plugin ${name}>\n${options}\n</Plugin>\n`);
  if (!conf.ok) throw new Error(conf.why);
  const clock = makeWorldClock(1_000_000_000);
  const logged: string[] = [];
  const dispatched: Dispatched[] = [];
  const sensors = {
    read: () => TELLS_NOTHING,
    outside: { ...NO_OUTSIDE, ...outside },
    ...(askFileSystems && { askFileSystems }),
  };
  const log = { say: (_: string, text: string) => void logged.push(text) };
  const notified: Notification[] = [];
  const tasks = startTasks({ clock, log, sensors }, 'web', conf.value.config, {
    dispatch: (values) => void dispatched.push(...values),
    notify: (notification) => void notified.push(notification),
  });
  const answerTo = (reading: Partial<HostReading> = {}): Answer => {
    let answer: Answer = bad('no answer');
    tasks.list[0]?.read(
      () => ({ ...TELLS_NOTHING, ...reading }),
      (given) => (answer = given),
    );
    return answer;
  };
  return { answerTo, clock, logged, dispatched, notified };
}

export function shown(answer: Answer): Readonly<Record<string, readonly number[]>> {
  if (!answer.ok) throw new Error(answer.why);
  return Object.fromEntries(answer.value.map((list) => [identifierOf(list), list.values]));
}

export const names = (lists: Result<readonly ValueList[]>): readonly string[] =>
  Object.keys(shown(lists));
