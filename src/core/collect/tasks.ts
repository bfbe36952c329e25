// The plugins of a configuration, each with its options and its interval, ready for the loop.

import type { Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import { NO_OUTSIDE } from '../host/outside.ts';
import type { Sensors } from '../host/sensors.ts';
import type { CollectorConfig } from './config.ts';
import type { Asker, AskingHost, Plugin, PluginState, ReadingPlugin } from './plugin.ts';
import { told, type Task } from './plugin-loop.ts';
import { PLUGINS, type PluginName } from './plugins/registry.ts';
import { OWN_TYPES, type Types } from './value-list.ts';

export interface Tasks {
  readonly list: readonly Task[];
  stop(): void;
}

export function startTasks(
  host: { clock: Clock; log: Log; sensors: Sensors; types?: Types },
  hostname: string,
  config: CollectorConfig,
  takers: Pick<AskingHost, 'dispatch' | 'notify'>,
): Tasks {
  const askers: Asker[] = [];
  const outside = host.sensors.outside ?? NO_OUTSIDE;
  const list = Object.entries(config.plugins).map(([name, options]): Task => {
    const intervalS = config.intervals[name as PluginName] ?? config.intervalS;
    // The registry ties each name to its options; Object.entries forgets that tie.
    const plugin = PLUGINS[name as PluginName] as Plugin<unknown>;
    if ('collect' in plugin) return readingTask(plugin, options, intervalS);
    let asker: Asker | null = null;
    return {
      name,
      intervalS,
      read(reading, done) {
        if (asker === null) {
          const { clock, log, types = OWN_TYPES } = host;
          const { askFileSystems } = host.sensors;
          const from = { clock, log, outside, askFileSystems, types };
          asker = plugin.start(options, { ...from, intervalS, hostname, ...takers });
          askers.push(asker);
        }
        asker.read(done, reading);
      },
    };
  });
  return {
    list,
    stop() {
      for (const asker of askers) asker.stop();
    },
  };
}

function readingTask(plugin: ReadingPlugin<unknown>, options: unknown, intervalS: number): Task {
  const state: PluginState = new Map();
  return {
    name: plugin.name,
    intervalS,
    read(reading, done) {
      done(told(plugin.collect(reading(), options, state, intervalS), plugin.tells));
    },
  };
}
