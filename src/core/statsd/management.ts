// The management port: a person or a script asks a StatsD how it is.
//
//   stats\n          uptime: 12\nmessages.last_msg_seen: 3\n ... END\n\n
//   delgauges a.*\n  deleted: a.b\nEND\n\n
//   health down\n    health: down\n
//
// Commands and answers are those of the real program, to the byte.

import type { Address, Listener, Net, Opened } from '../host/net.ts';
import {
  answerConfig,
  answerHealth,
  openCommands,
  UNKNOWN_COMMAND,
  type Commands,
} from './command-port.ts';
import type { Health } from './config.ts';
import { byKey, type Tally } from './tally.ts';

export interface Managed extends Pick<Commands, 'strict'> {
  nowS(): number;
  readonly startedS: number;
  /** Names and values of `stats`, in their order; what begins with "last_" is told as seconds ago. */
  stats(): readonly (readonly [name: string, value: number])[];
  tally(): Tally;
  health: Health;
  readonly host: ManagerHost;
}

/** What only the host can tell. */
export interface ManagerHost {
  /** The configuration file as it was read, with what the real program adds. */
  file(): Readonly<Record<string, unknown>>;
  /** A value as the host's language shows it. */
  inspect(value: unknown): string;
}

const HELP =
  'Commands: stats, counters, timers, gauges, delcounters, deltimers, delgauges, health, config, quit\n\n';
const END = 'END\n\n';

export function openManagement(net: Net, at: Address, managed: Managed, opened: Opened): Listener {
  const { strict } = managed;
  const answerOf = (command: string, words: readonly string[]): string | null =>
    answer(command, words, managed);
  return openCommands(net, at, { strict, answer: answerOf }, opened);
}

function answer(command: string, words: readonly string[], managed: Managed): string | null {
  const tally = managed.tally();
  switch (command) {
    case 'help':
      return HELP;
    case 'stats':
      return showStats(managed) + END;
    case 'counters':
      return `${managed.host.inspect(byKey(tally.counters, ({ sum }) => sum))}\n${END}`;
    case 'timers':
      return `${managed.host.inspect(byKey(tally.timers, ({ values }) => values))}\n${END}`;
    case 'gauges':
      return `${managed.host.inspect(byKey(tally.gauges, ({ value }) => value))}\n${END}`;
    case 'delcounters':
      return deleteKeys(tally, 'counters', words) + END;
    case 'deltimers':
      return deleteKeys(tally, 'timers', words) + END;
    case 'delgauges':
      return deleteKeys(tally, 'gauges', words) + END;
    case 'health':
      return answerHealth(managed, words[0]);
    case 'config':
      return answerConfig(managed.host.file());
    case 'quit':
      return null;
    default:
      return UNKNOWN_COMMAND;
  }
}

function showStats(managed: Managed): string {
  const nowS = managed.nowS();
  const lines = managed.stats().map(([name, value]) => {
    const shown = /\.last_[^.]*$/.test(name) ? nowS - value : value;
    return `${name}: ${shown}\n`;
  });
  return `uptime: ${nowS - managed.startedS}\n${lines.join('')}`;
}

/** "folder.*" deletes all below a folder. */
function deleteKeys(
  tally: Tally,
  kind: 'counters' | 'timers' | 'gauges',
  names: readonly string[],
): string {
  const map = tally[kind];
  tally.removals++;
  let said = '';
  for (const name of names) {
    const isFolder = name.endsWith('.*');
    const found = [...map.keys()].filter(
      (key) => key === name || (isFolder && key.startsWith(name.slice(0, -1))),
    );
    if (found.length === 0) said += `metric ${name} not found\n`;
    for (const key of found) {
      map.delete(key);
      said += `deleted: ${key}\n`;
    }
  }
  return said;
}
