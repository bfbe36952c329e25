// collectd's plain text protocol: PUTNOTIF severity=warning time=1790000000 message="..." host=web plugin=df

import { bad, good, type Result } from '../base/result.ts';
import { parsePythonFloat } from '../base/number.ts';
import type { Notification, Severity } from './notification.ts';
import { splitWords } from './putval.ts';

const SEVERITIES: Readonly<Record<string, Severity>> = {
  okay: 'OKAY',
  warning: 'WARNING',
  failure: 'FAILURE',
};

/** What a notification may say of the value that it is about. */
const PARTS = ['host', 'plugin', 'plugin_instance', 'type', 'type_instance'] as const;

export function parsePutnotif(line: string): Result<Notification> {
  const words = splitWords(line);
  if (words === null) return bad(`a quote has no end in: ${line}`);
  const given = new Map<string, string>();
  const facts: (readonly [name: string, value: string])[] = [];
  for (const word of words.slice(1)) {
    const [, kind, name = '', value = ''] = /^(s:)?(.+?)=(.*)$/is.exec(word) ?? [];
    const key = name.toLowerCase();
    const isKnown = [...PARTS, 'severity', 'time', 'message'].some((part) => part === key);
    if (kind !== undefined) facts.push([name, value]);
    else if (isKnown) given.set(key, value);
    else
      return bad(
        `PUTNOTIF has severity, time, message, ${PARTS.join(', ')} and s:NAME, received "${word}"`,
      );
  }
  const missing = ['severity', 'time', 'message'].find((name) => !given.has(name));
  if (missing !== undefined) return bad(`PUTNOTIF wants ${missing}=..., received: ${line}`);
  const severity = SEVERITIES[given.get('severity')?.toLowerCase() ?? ''];
  if (severity === undefined)
    return bad(`a severity is okay, warning or failure, received "${given.get('severity') ?? ''}"`);
  const timeS = parsePythonFloat(given.get('time') ?? '');
  if (timeS === null || !Number.isFinite(timeS))
    return bad(`a time is in seconds since 1970, received "${given.get('time') ?? ''}"`);
  const part = (name: (typeof PARTS)[number]): string => given.get(name) ?? '';
  return good({
    severity,
    timeS,
    host: part('host'),
    list: {
      plugin: part('plugin'),
      pluginInstance: part('plugin_instance'),
      type: part('type'),
      typeInstance: part('type_instance'),
    },
    facts,
    message: given.get('message') ?? '',
  });
}
