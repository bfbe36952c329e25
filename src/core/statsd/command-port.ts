// A port where a person or a script types commands, as those of StatsD and its proxy: each line has an answer.

import { decodeUtf8Lossy } from '../base/text.ts';
import type { Address, Connection, ConnectionEvents, Listener, Net, Opened } from '../host/net.ts';
import type { Health } from './config.ts';

export interface Commands {
  /** The real programs take each piece that arrives as one command; here a piece may hold several lines, unless `strict`. */
  readonly strict: boolean;
  /** Of one command and the words behind it; null ends the connection. */
  answer(command: string, words: readonly string[]): string | null;
}

/** Characters that may wait for the end of their line. */
export const COMMAND_CHARACTERS_MAX = 65_536;

/** What both programs say to a command that they do not have. */
export const UNKNOWN_COMMAND = 'ERROR\n';

export function openCommands(net: Net, at: Address, commands: Commands, opened: Opened): Listener {
  return net.listenTcp(at, (connection) => acceptCommands(connection, commands), opened);
}

function acceptCommands(connection: Connection, commands: Commands): ConnectionEvents {
  let rest = '';
  let isOpen = true;

  function take(line: string): void {
    if (!isOpen) return;
    const [command = '', ...words] = line.trim().split(' ');
    const said = commands.answer(command, words);
    if (said !== null) {
      connection.write(said);
      return;
    }
    isOpen = false;
    connection.close();
  }

  return {
    received(bytes) {
      const text = rest + decodeUtf8Lossy(bytes);
      // Who sends a command without a newline waits for its answer all the same.
      if (commands.strict || !text.includes('\n')) {
        rest = '';
        take(text);
        return;
      }
      const lines = text.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
      if (rest.length > COMMAND_CHARACTERS_MAX) take('quit');
    },
    closed: () => undefined,
  };
}

/** `health`, which also sets it where a word is up or down: it is kept in `kept`. */
export function answerHealth(kept: { health: Health }, word = ''): string {
  const wanted = word.toLowerCase();
  if (wanted === 'up' || wanted === 'down') kept.health = wanted;
  return `health: ${kept.health}\n`;
}

/** `config`: the file as it was read, one value a line; the values of a list or an object are told one by one. */
export function answerConfig(file: Readonly<Record<string, unknown>>): string {
  let text = '\n';
  for (const [name, value] of Object.entries(file))
    if (typeof value !== 'object') text += `${name}: ${String(value)}\n`;
    else
      for (const [part, inner] of Object.entries(value ?? {}))
        text += `${name} > ${part}: ${String(inner)}\n`;
  return text;
}
