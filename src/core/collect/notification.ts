// What a threshold has to say: to the log, and to programs that NotificationExec names.

import { formatG } from '../base/number.ts';
import type { Log } from '../host/log.ts';
import type { Outside } from '../host/outside.ts';
import { identifierOf, type Identifier } from './value-list.ts';

export type Severity = 'OKAY' | 'WARNING' | 'FAILURE';

export interface Notification {
  readonly severity: Severity;
  readonly timeS: number;
  readonly host: string;
  readonly list: Identifier;
  /** Facts of the threshold, as lines "Name: value". */
  readonly facts: readonly (readonly [name: string, value: number | string])[];
  readonly message: string;
}

export type Notify = (notification: Notification) => void;

/** What collectd tells each program that it runs. */
export function programEnvironment(
  hostname: string,
  intervalS: number,
): Readonly<Record<string, string>> {
  return { COLLECTD_INTERVAL: intervalS.toFixed(3), COLLECTD_HOSTNAME: hostname };
}

/** Programs at a time that are told; further ones are not, because notifications may come over the network. */
export const TOLD_PROGRAMS_MAX = 100;

/** `programs`: user, program and arguments of each, and `environment` for all. */
export function makeNotify(
  { log, outside }: { log: Log; outside: Outside },
  environment: Readonly<Record<string, string>>,
  programs: readonly (readonly string[])[],
): Notify {
  let running = 0;
  return (notification) => {
    const { severity, message } = notification;
    const level = severity === 'FAILURE' ? 'error' : severity === 'WARNING' ? 'warning' : 'info';
    const about = notificationAbout(notification);
    log.say(level, message, { severity, ...(about === '' ? {} : { of: about }) });
    for (const [user = '', program = '', ...args] of programs) {
      if (running >= TOLD_PROGRAMS_MAX) {
        log.say('warning', `${program} was not told: ${TOLD_PROGRAMS_MAX} programs still run.`);
        continue;
      }
      running++;
      outside.runProgram(
        { program, args, user, environment, input: notificationText(notification) },
        {
          printed() {},
          complained: (line) => log.say('warning', `${program}: ${line}`),
          ended(why) {
            running--;
            if (why !== null)
              log.say('warning', `The notification was not taken: ${program} ${why}.`);
          },
        },
      );
    }
  };
}

/** "host/plugin-instance/type-instance", or "" when it names none of them. */
export function notificationAbout({ host, list }: Notification): string {
  return host + list.plugin + list.type === '' ? '' : `${host}/${identifierOf(list)}`;
}

/** Head lines, an empty line, the message: as collectd hands it to a program. */
export function notificationText({
  severity,
  timeS,
  host,
  list,
  facts,
  message,
}: Notification): string {
  const head: readonly (readonly [string, string])[] = [
    ['Severity', severity],
    ['Time', timeS.toFixed(3)],
    ['Host', host],
    ['Plugin', list.plugin],
    ['PluginInstance', list.pluginInstance],
    ['Type', list.type],
    ['TypeInstance', list.typeInstance],
    ...facts.map(
      ([name, value]) => [name, typeof value === 'number' ? exponentForm(value) : value] as const,
    ),
  ];
  const lines = head
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\n')}\n\n${message}\n`;
}

/** C's %e: six digits, and an exponent of two at least. */
function exponentForm(value: number): string {
  if (!Number.isFinite(value)) return formatG(value);
  return value
    .toExponential(6)
    .replace(
      /e([+-])(\d+)$/,
      (_, sign: string, digits: string) => `e${sign}${digits.padStart(2, '0')}`,
    );
}
