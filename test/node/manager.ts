// Asks a StatsD of ours at its management port.

import { connect } from 'node:net';
import { portOf, type Running } from './program.ts';

/** The whole answer: quit ends the connection behind it. */
export function ask(statsd: Running, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(portOf(statsd.ready, 'management'), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('error', reject).on('close', () => resolve(text));
    socket.write(`${command}\nquit\n`);
  });
}
