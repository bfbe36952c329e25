// What every Net keeps, real or simulated.

import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import type { Result } from '../../src/core/base/result.ts';
import {
  UDP_PACKET_BYTES_MAX,
  type Address,
  type Connection,
  type DialEvents,
  type Listener,
  type Net,
  type Opened,
} from '../../src/core/host/net.ts';

export interface NetPlace {
  readonly net: Net;
  /** Lets time pass until `isSo`; fails when that takes too long. */
  until(isSo: () => boolean): Promise<void>;
  /** Lets so much time pass that anything on its way has arrived. */
  quiet(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const SHARED_PORT_TRIES = 5;
const ANY_PORT: Address = { host: LOOPBACK, port: 0 };
const LONG_BYTES = 1_000_000;
const SEED = 11;

export function netContract(name: string, make: () => NetPlace): void {
  describe(`UDP on ${name}`, () => {
    it('opens a free port for port 0, and says so once, after the call', async () => {
      const place = make();
      const answers: Result<Address>[] = [];
      const listener = place.net.listenUdp(
        ANY_PORT,
        () => undefined,
        (it) => answers.push(it),
      );
      expect(answers).toEqual([]);
      await place.until(() => answers.length > 0);
      await place.quiet();
      expect(answers).toHaveLength(1);
      expect(portOf(answers[0])).toBeGreaterThan(0);
      listener.close();
    });

    it('carries each packet whole, with the address of its sender, an empty one too', async () => {
      const place = make();
      const { at, packets, listener } = await openUdp(place);
      place.net.send(at, bytesOf('one'));
      place.net.send(at, bytesOf(''));
      place.net.send(at, bytesOf('three\nlines\n'));
      await place.until(() => packets.length === 3);
      expect(packets.map(({ text }) => text).toSorted()).toEqual(['', 'one', 'three\nlines\n']);
      for (const { from } of packets) {
        expect(from.host).toBe(LOOPBACK);
        expect(from.port).toBeGreaterThan(0);
      }
      listener.close();
    });

    it('lets the sender use its bytes again at once', async () => {
      const place = make();
      const { at, packets, listener } = await openUdp(place);
      const bytes = bytesOf('first');
      place.net.send(at, bytes);
      bytes.set(bytesOf('other'));
      await place.until(() => packets.length > 0);
      expect(packets[0]?.text).toBe('first');
      listener.close();
    });

    it(`carries ${UDP_PACKET_BYTES_MAX} bytes, and loses a packet with one more`, async () => {
      const place = make();
      const { at, packets, listener } = await openUdp(place);
      place.net.send(at, new Uint8Array(UDP_PACKET_BYTES_MAX + 1));
      place.net.send(at, new Uint8Array(UDP_PACKET_BYTES_MAX));
      await place.until(() => packets.length > 0);
      await place.quiet();
      expect(packets.map(({ text }) => text.length)).toEqual([UDP_PACKET_BYTES_MAX]);
      listener.close();
    });

    it('loses a packet that nobody listens for, without a word', async () => {
      const place = make();
      const { at, packets, listener } = await openUdp(place);
      listener.close();
      listener.close();
      place.net.send(at, bytesOf('nobody'));
      await place.quiet();
      expect(packets).toEqual([]);
    });

    it('says nothing of a listener that is closed before it is open', async () => {
      const place = make();
      const answers: Result<Address>[] = [];
      const opened: Opened = (answer) => answers.push(answer);
      place.net.listenUdp(ANY_PORT, () => undefined, opened).close();
      place.net.listenTcp(ANY_PORT, () => ear(), opened).close();
      await place.quiet();
      expect(answers).toEqual([]);
    });

    it('refuses a port that is in use, until it is closed', async () => {
      const place = make();
      const { at, listener } = await openUdp(place);
      const refused = await opening(place, (opened) =>
        place.net.listenUdp(at, () => undefined, opened),
      );
      expect(whyOf(refused.result)).toContain(String(at.port));
      refused.listener.close();
      listener.close();
      await place.quiet();
      const again = await opening(place, (opened) =>
        place.net.listenUdp(at, () => undefined, opened),
      );
      expect(portOf(again.result)).toBe(at.port);
      again.listener.close();
    });

    it('shares a port number with TCP', async () => {
      const place = make();
      const isShared: boolean[] = [];
      // Somebody else on this machine may have the number in TCP: then another one is tried.
      while (!isShared.includes(true) && isShared.length < SHARED_PORT_TRIES) {
        const { at, listener } = await openUdp(place);
        const tcp = await opening(place, (opened) => place.net.listenTcp(at, () => ear(), opened));
        isShared.push(portOf(tcp.result) === at.port);
        tcp.listener.close();
        listener.close();
      }
      expect(isShared).toContain(true);
    });
  });

  describe(`TCP on ${name}`, () => {
    it('tells of a port where nobody listens by one "closed" with a reason, later', async () => {
      const place = make();
      const { at, listener } = await openTcp(place);
      listener.close();
      await place.quiet();
      const dial = dialEar();
      place.net.connect(at, dial);
      expect(dial.ends).toEqual([]);
      await place.until(() => dial.ends.length > 0);
      await place.quiet();
      expect(dial.connection()).toBeNull();
      expect(dial.ends).toHaveLength(1);
      expect(dial.ends[0]).toMatch(/./);
    });

    it('carries bytes and text both ways in order, and names the peers', async () => {
      const place = make();
      const { near, far, dial, listener, at } = await openPair(place);
      expect(near.peer).toEqual(at);
      expect(far.connection.peer.host).toBe(LOOPBACK);
      near.write(bytesOf('get '));
      near.write(bytesOf(''));
      near.write(bytesOf('time'));
      await place.until(() => far.text() === 'get time');
      far.connection.write(bytesOf('ten '));
      far.connection.write('o’clock\ud800');
      await place.until(() => dial.text() === 'ten o’clock\ufffd');
      expect([...far.ends, ...dial.ends]).toEqual([]);
      near.close();
      await place.until(() => far.ends.length > 0);
      listener.close();
    });

    it(`carries ${LONG_BYTES} bytes without a change [seed ${SEED}]`, async () => {
      const place = make();
      const { near, far, listener } = await openPair(place);
      const random = makeRandom(SEED);
      const sent = Uint8Array.from({ length: LONG_BYTES }, () => random.below(256));
      near.write(sent);
      near.close();
      await place.until(() => far.ends.length > 0);
      expect(Buffer.compare(far.bytes(), sent)).toBe(0);
      listener.close();
    });

    it('lets the sender use its bytes again at once', async () => {
      const place = make();
      const { near, far, listener } = await openPair(place);
      // Long enough that no kernel takes it in one piece.
      const bytes = new Uint8Array(8 * LONG_BYTES).fill(1);
      near.write(bytes);
      bytes.fill(2);
      near.close();
      await place.until(() => far.ends.length > 0);
      expect(far.bytes().length).toBe(bytes.length);
      expect(far.bytes().includes(2)).toBe(false);
      listener.close();
    });

    it('sends what was written before the end, then one "closed" without a reason to both', async () => {
      const place = make();
      const { near, far, dial, listener } = await openPair(place);
      near.write(bytesOf('last words'));
      near.close();
      near.close();
      near.write(bytesOf('too late'));
      await place.until(() => far.ends.length > 0 && dial.ends.length > 0);
      await place.quiet();
      expect(far.text()).toBe('last words');
      expect([far.ends, dial.ends]).toEqual([[null], [null]]);
      listener.close();
    });

    it('that finishes is over when the other side has read all', async () => {
      const place = make();
      const { near, far, dial, listener } = await openPair(place);
      far.connection.pause(true);
      near.write(bytesOf('last words'));
      near.finish();
      near.write(bytesOf('too late'));
      await place.quiet();
      expect([far.ends, dial.ends]).toEqual([[], []]);
      far.connection.pause(false);
      await place.until(() => far.ends.length > 0 && dial.ends.length > 0);
      expect(far.text()).toBe('last words');
      expect([far.ends, dial.ends]).toEqual([[null], [null]]);
      listener.close();
    });

    it('that finishes hears when the other side closes with something unread', async () => {
      const place = make();
      const { near, far, dial, listener } = await openPair(place);
      far.connection.pause(true);
      // More than a paused reader may have taken in already.
      near.write(new Uint8Array(LONG_BYTES));
      near.finish();
      await place.quiet();
      listener.close();
      await place.until(() => dial.ends.length > 0);
      await place.quiet();
      expect(dial.ends).toHaveLength(1);
      expect(dial.ends[0]).toMatch(/./);
    });

    it('that finishes may still be closed, whatever the other side does', async () => {
      const place = make();
      const { near, far, dial, listener } = await openPair(place);
      far.connection.pause(true);
      near.write(bytesOf('last words'));
      near.finish();
      await place.quiet();
      near.close();
      await place.until(() => dial.ends.length > 0);
      expect(dial.ends).toEqual([null]);
      listener.close();
    });

    it('ends once for each when both end at the same time', async () => {
      const place = make();
      const { near, far, dial, listener } = await openPair(place);
      near.close();
      far.connection.close();
      await place.until(() => far.ends.length > 0 && dial.ends.length > 0);
      await place.quiet();
      expect([far.ends, dial.ends]).toEqual([[null], [null]]);
      listener.close();
    });

    it('brings nothing after "closed", whatever is still written', async () => {
      const place = make();
      const { near, far, dial, listener } = await openPair(place);
      near.close();
      await place.until(() => far.ends.length > 0 && dial.ends.length > 0);
      far.connection.write(bytesOf('too late'));
      far.connection.close();
      near.write(bytesOf('too late'));
      await place.quiet();
      expect([far.text(), dial.text()]).toEqual(['', '']);
      expect([far.ends, dial.ends]).toEqual([[null], [null]]);
      listener.close();
    });

    it('closes accepted connections with the listener, and refuses new ones', async () => {
      const place = make();
      const { dial, far, listener, at } = await openPair(place);
      far.connection.write(bytesOf('goodbye'));
      listener.close();
      listener.close();
      await place.until(() => dial.ends.length > 0 && far.ends.length > 0);
      expect(dial.text()).toBe('goodbye');
      const late = dialEar();
      place.net.connect(at, late);
      await place.until(() => late.ends.length > 0);
      expect(late.connection()).toBeNull();
    });

    it('holds bytes back while it is paused, the end too', async () => {
      const place = make();
      const { near, far, listener } = await openPair(place);
      far.connection.pause(true);
      near.write(bytesOf('wait for me'));
      near.close();
      await place.quiet();
      expect([far.text(), far.ends]).toEqual(['', []]);
      far.connection.pause(false);
      await place.until(() => far.ends.length > 0);
      expect(far.text()).toBe('wait for me');
      listener.close();
    });

    it('closes a paused connection with its listener too', async () => {
      const place = make();
      const { near, dial, far, listener } = await openPair(place);
      far.connection.pause(true);
      near.write(bytesOf('unread'));
      await place.quiet();
      listener.close();
      await place.until(() => dial.ends.length > 0 && far.ends.length > 0);
      expect(far.text()).toBe('');
    });

    it('may be closed, paused and written to as soon as it is accepted', async () => {
      const place = make();
      const dial = dialEar();
      const far = ear();
      const { at, listener } = await openTcp(place, (connection) => {
        connection.pause(true);
        connection.write(bytesOf('full'));
        connection.close();
        connection.pause(false);
        return far;
      });
      place.net.connect(at, dial);
      await place.until(() => dial.ends.length > 0 && far.ends.length > 0);
      expect([dial.text(), dial.ends, far.ends]).toEqual(['full', [null], [null]]);
      listener.close();
    });

    it('refuses a port that is in use, until it is closed', async () => {
      const place = make();
      const { at, listener } = await openTcp(place);
      const refused = await opening(place, (opened) =>
        place.net.listenTcp(at, () => ear(), opened),
      );
      expect(whyOf(refused.result)).toContain(String(at.port));
      refused.listener.close();
      listener.close();
      await place.quiet();
      const again = await opening(place, (opened) => place.net.listenTcp(at, () => ear(), opened));
      expect(portOf(again.result)).toBe(at.port);
      again.listener.close();
    });
  });
}

interface Ear {
  received(bytes: Uint8Array): void;
  closed(why: string | null): void;
  readonly ends: (string | null)[];
  bytes(): Uint8Array;
  text(): string;
}

/** Remembers what a connection brings. */
function ear(): Ear {
  const pieces: Uint8Array[] = [];
  const ends: (string | null)[] = [];
  const bytes = (): Uint8Array => Buffer.concat(pieces);
  return {
    received: (piece) => void pieces.push(Buffer.from(piece)),
    closed: (why) => void ends.push(why),
    ends,
    bytes,
    text: () => new TextDecoder().decode(bytes()),
  };
}

function dialEar(): Ear & DialEvents & { connection(): Connection | null } {
  let connection: Connection | null = null;
  return {
    ...ear(),
    opened: (opened) => {
      connection = opened;
    },
    connection: () => connection,
  };
}

async function opening(
  { until }: NetPlace,
  listen: (opened: Opened) => Listener,
): Promise<{ listener: Listener; result: Result<Address> }> {
  const answers: Result<Address>[] = [];
  const listener = listen((answer) => answers.push(answer));
  await until(() => answers.length > 0);
  const [result] = answers;
  if (result === undefined) throw new Error('There is no answer.');
  return { listener, result };
}

async function openUdp(place: NetPlace) {
  const packets: { text: string; from: Address }[] = [];
  const { listener, result } = await opening(place, (opened) =>
    place.net.listenUdp(
      ANY_PORT,
      (packet, from) => packets.push({ text: new TextDecoder().decode(packet), from }),
      opened,
    ),
  );
  return { at: { host: LOOPBACK, port: portOf(result) }, packets, listener };
}

async function openTcp(place: NetPlace, accept: (connection: Connection) => Ear = () => ear()) {
  const { listener, result } = await opening(place, (opened) =>
    place.net.listenTcp(ANY_PORT, accept, opened),
  );
  return { at: { host: LOOPBACK, port: portOf(result) }, listener };
}

async function openPair(place: NetPlace) {
  const accepted: (Ear & { connection: Connection })[] = [];
  const { at, listener } = await openTcp(place, (connection) => {
    const far = { ...ear(), connection };
    accepted.push(far);
    return far;
  });
  const dial = dialEar();
  place.net.connect(at, dial);
  await place.until(() => dial.connection() !== null && accepted.length > 0);
  const near = dial.connection();
  const [far] = accepted;
  if (near === null || far === undefined) throw new Error('There is no connection.');
  return { at, listener, dial, near, far };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function portOf(result: Result<Address> | undefined): number {
  return result?.ok ? result.value.port : 0;
}

function whyOf(result: Result<Address>): string {
  return result.ok ? '' : result.why;
}
