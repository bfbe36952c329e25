// Asks a StatsD at its management port.

import { connect, type Socket } from 'node:net';
import { portOf, type Running } from './program.ts';

/** After so long an answer is over. */
const SILENCE_MS = 100;

/** The whole answer of one of ours: quit ends the connection behind it. */
export function ask(statsd: Running, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(portOf(statsd.ready, 'management'), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('error', reject).on('close', () => resolve(text));
    socket.write(`${command}\nquit\n`);
  });
}

/** What comes until nothing more comes for a moment: not every answer has an end. */
export function talk(socket: Socket, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const closed = (): void =>
      reject(new Error(`The port closed before "${command}" was answered.`));
    let text = '';
    let silence: NodeJS.Timeout | undefined;
    const take = (part: Buffer): void => {
      text += part.toString();
      clearTimeout(silence);
      silence = setTimeout(() => {
        socket.off('data', take).off('close', closed);
        resolve(text);
      }, SILENCE_MS);
    };
    socket.on('data', take).on('close', closed);
    socket.write(`${command}\r\n`);
  });
}
