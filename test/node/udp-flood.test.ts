import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Address } from '../../src/core/host/net.ts';
import { makeNodeNet } from '../../src/node/net.ts';
import { EVENTS_BEFORE_READING } from '../../src/node/udp-flood.ts';
import { eventually } from './program.ts';

const PACKETS = 5000;

it('a flood arrives whole and in order, a part of it with its sender', async () => {
  const { received, at, close } = await listen();
  const sender = createSocket('udp4');
  for (let i = 0; i < PACKETS; i++) {
    sender.send(`packet ${i}`, at.port, at.host);
    // So many at a time fit into the kernel's buffer.
    if (i % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
  }
  await eventually(() => received.length === PACKETS || null);
  expect(received.map(({ packet }) => packet.toString())).toEqual(
    Array.from({ length: PACKETS }, (_, i) => `packet ${i}`),
  );
  const named = received.filter(({ from }) => from.port === sender.address().port).length;
  const nameless = received.filter(({ from }) => from.host === '' && from.port === 0).length;
  expect(named + nameless).toBe(PACKETS);
  expect(named).toBeGreaterThanOrEqual(EVENTS_BEFORE_READING);
  // Elsewhere every packet comes as an event.
  if (existsSync('/proc/net/udp')) expect(nameless).toBeGreaterThan(0);
  sender.close();
  close();
});

it('who sends slowly is always named', async () => {
  const { received, at, close } = await listen();
  const sender = createSocket('udp4');
  for (let i = 1; i <= 3 * EVENTS_BEFORE_READING; i++) {
    sender.send('', at.port, at.host);
    await eventually(() => received.length === i || null);
  }
  expect(received.every(({ from }) => from.port === sender.address().port)).toBe(true);
  sender.close();
  close();
});

it('a listener that closes while it receives gets nothing more', async () => {
  const { received, at, close } = await listen(
    () => received.length === EVENTS_BEFORE_READING + 2 && close(),
  );
  const sender = createSocket('udp4');
  for (let i = 0; i < 200; i++) sender.send('x', at.port, at.host);
  await eventually(() => received.length >= EVENTS_BEFORE_READING || null);
  await new Promise((resolve) => setTimeout(resolve, 50));
  if (existsSync('/proc/net/udp')) expect(received.length).toBe(EVENTS_BEFORE_READING + 2);
  sender.close();
  close();
});

interface Listening {
  readonly received: { readonly packet: Buffer; readonly from: Address }[];
  readonly at: Address;
  close(): void;
}

async function listen(heard: () => unknown = () => undefined): Promise<Listening> {
  const received: { packet: Buffer; from: Address }[] = [];
  let close = (): void => undefined;
  const at = await new Promise<Address>((resolve, reject) => {
    const listener = makeNodeNet().listenUdp(
      { host: '127.0.0.1', port: 0 },
      (packet, from) => {
        // Not copied: the bytes of a packet stay.
        received.push({
          packet: Buffer.from(packet.buffer, packet.byteOffset, packet.length),
          from,
        });
        heard();
      },
      (opened) => (opened.ok ? resolve(opened.value) : reject(new Error(opened.why))),
    );
    close = () => listener.close();
  });
  return { received, at, close: () => close() };
}
