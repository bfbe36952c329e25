// collectd's plain text protocol: PUTVAL "host/plugin-instance/type-instance" interval=10 N:42

import { bad, good, type Result } from '../base/result.ts';
import { parsePythonFloat } from '../base/number.ts';
import type { Dispatched } from './plugin.ts';
import type { Types, ValueList } from './value-list.ts';

export function parsePutval(
  line: string,
  nowS: number,
  intervalS: number,
  types: Types,
): Result<readonly Dispatched[]> {
  const words = splitWords(line);
  if (words === null) return bad(`a quote has no end in: ${line}`);
  const [command = '', identifier = '', ...rest] = words;
  if (command.toUpperCase() !== 'PUTVAL')
    return bad(`a line begins with PUTVAL or PUTNOTIF, but this was received: ${line}`);
  const parsed = parseIdentifier(identifier, types);
  if (!parsed.ok) return parsed;
  const { host, list } = parsed.value;
  const values: Dispatched[] = [];
  let ownIntervalS = intervalS;
  for (const word of rest) {
    const option = /^(\w+|meta:[^=]*)=(.*)$/.exec(word);
    if (option) {
      if (option[1] === 'interval') ownIntervalS = Number(option[2]);
      continue;
    }
    const read = parseValues(word, list, nowS);
    if (!read.ok) return read;
    values.push({ host, intervalS: ownIntervalS, ...read.value });
  }
  if (!(ownIntervalS > 0)) return bad(`interval wants seconds above 0: ${line}`);
  return values.length > 0 ? good(values) : bad(`there is no value behind ${identifier}`);
}

/** Words between blanks; quotes hold blanks together. Null when a quote has no end. */
export function splitWords(line: string): readonly string[] | null {
  const words: string[] = [];
  for (const match of line.matchAll(/\s*(?:((?:[^\s"]|"(?:[^"\\]|\\.)*")+)|(\S))/gy)) {
    const [, word, wrong] = match;
    if (wrong !== undefined) return null;
    if (word !== undefined)
      words.push(
        word.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1')),
      );
  }
  return words;
}

type Named = Omit<ValueList, 'values'>;

/** host/plugin-instance/type-instance, where the first "-" of a part splits it. */
export function parseIdentifier(
  text: string,
  types: Types,
): Result<{ readonly host: string; readonly list: Named }> {
  const [host = '', pluginPart = '', ...typeParts] = text.split('/');
  // The instance of a type may hold "/".
  const [plugin, pluginInstance] = atFirstDash(pluginPart);
  const [type, typeInstance] = atFirstDash(typeParts.join('/'));
  if (host === '' || plugin === '' || type === '')
    return bad(`a name is host/plugin-instance/type-instance, received "${text}"`);
  const sources = types.get(type);
  if (sources === undefined)
    return bad(
      `the type "${type}" does not exist here, in "${text}"; TypesDB may name a file that has it`,
    );
  return good({ host, list: { plugin, pluginInstance, type, typeInstance, sources } });
}

function atFirstDash(text: string): readonly [string, string] {
  const dash = text.indexOf('-');
  return dash < 0 ? [text, ''] : [text.slice(0, dash), text.slice(dash + 1)];
}

/** time:value:value, where N is now and U is not known. */
function parseValues(
  word: string,
  list: Named,
  nowS: number,
): Result<{ readonly timeS: number; readonly list: ValueList }> {
  const [time = '', ...texts] = word.split(':');
  const timeS = time === 'N' ? nowS : (parsePythonFloat(time) ?? NaN);
  const values = texts.map((text) => (text === 'U' ? NaN : parsePythonFloat(text)));
  const wanted = list.sources.length;
  if (values.length !== wanted)
    return bad(`the type "${list.type}" has ${wanted} values, received "${word}"`);
  if (!Number.isFinite(timeS) || values.includes(null))
    return bad(`a value is TIME:NUMBER, received "${word}"`);
  return good({ timeS, list: { ...list, values: values as number[] } });
}
