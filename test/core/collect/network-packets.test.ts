import { describe, expect, it } from 'vitest';
import { makeRandom, type Random } from '../../../src/core/base/random.ts';
import {
  LAYERS_MAX,
  readPacket,
  type PacketContent,
  type PacketRules,
} from '../../../src/core/collect/network/packet-reader.ts';
import {
  makePacketWriter,
  notificationPacket,
  SECURITY_BYTES,
} from '../../../src/core/collect/network/packet-writer.ts';
import {
  KIND_NUMBERS,
  type PartValue,
  type SentValues,
} from '../../../src/core/collect/network/parts.ts';
import { secured, type SecurityLevel } from '../../../src/core/collect/network/security.ts';
import { sentOf } from '../../../src/core/collect/network/translate.ts';
import { valueList } from '../../../src/core/collect/value-list.ts';
import { nodeSecrets } from '../../../src/node/secrets.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 20_260_727;
const WEB1 = { username: 'web1', password: 'open sesame' };
const passwordOf = (user: string): string | null => (user === 'web1' ? WEB1.password : null);

// What the real collectd sent: one value of a user's count, plain, signed and encrypted.
const PLAIN =
  '00000011686f73742e6578616d706c65000008000c1ac26910aafff44e0009000c00000000400000000002000a75736572730000' +
  '04000a7573657273000006000f0001010000000000000000';
const SIGNED =
  '020000281499f8b64c46a86b8d193523039a51c57fd0daecfc83d9c2777da17dd367f37d77656231' + PLAIN;
const ENCRYPTED =
  '0210007a000477656231f726f1c3ba39ceafd058443028c6369ad3f69c5ab86396ab692f1829f400f6831dfcbe6003a0f5dcf15c' +
  'b5e6b02648b87bc0d2137dd69b2e5cad6c7744ed4e5d59521d46e9ef6c09c6c7bc92af50d767bbb9345064be1978f6f02022c029' +
  '3512acca1bfd7b25f70b901304b1d8f7b13b';
// A memory reading of another one, with all its names.
const MEMORY =
  '00000011686f73742e6578616d706c65000008000c1ac1348f180c0a470009000c00000000400000000002000b6d656d6f727900' +
  '0004000b6d656d6f7279000005000975736564000006000f0001010000000058ffce41';

const read = (packet: Uint8Array, rules: Partial<PacketRules> = {}): PacketContent =>
  readPacket(packet, { level: 'none', passwordOf, secrets: nodeSecrets, ...rules });

const whys = ({ refusals }: PacketContent): string => refusals.map(({ what }) => what).join('; ');

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hexOf = (packet: Uint8Array | undefined): string => Buffer.from(packet ?? []).toString('hex');

function packetsOf(lists: readonly SentValues[], packetBytesMax = 1452): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  const writer = makePacketWriter(packetBytesMax, (packet) => packets.push(packet));
  for (const list of lists) expect(writer.add(list)).toBe(true);
  writer.flush();
  return packets;
}

const USERS: SentValues = {
  host: 'host.example',
  plugin: 'users',
  pluginInstance: '',
  type: 'users',
  typeInstance: '',
  time: 0x1ac26910aafff44en,
  interval: 1n << 30n,
  values: [{ kind: 'GAUGE', value: 0 }],
};

describe('a packet of the real collectd', () => {
  it('is read, and written again byte by byte', () => {
    expect(read(bytes(PLAIN))).toEqual({ values: [USERS], notifications: [], refusals: [] });
    for (const packet of [PLAIN, MEMORY])
      expect(packetsOf(read(bytes(packet)).values).map(hexOf)).toEqual([packet]);
    const [memory] = read(bytes(MEMORY)).values;
    expect(memory).toMatchObject({
      typeInstance: 'used',
      values: [{ kind: 'GAUGE', value: 1_040_101_376 }],
    });
  });

  it('that is signed is read with its password, and written again byte by byte', () => {
    expect(read(bytes(SIGNED), { level: 'sign' }).values).toEqual([USERS]);
    expect(hexOf(secured(bytes(PLAIN), 'sign', WEB1, nodeSecrets))).toBe(SIGNED);
  });

  it('that is encrypted is read with its password, and written again with the same IV', () => {
    expect(read(bytes(ENCRYPTED), { level: 'encrypt' }).values).toEqual([USERS]);
    const secrets = { ...nodeSecrets, randomBytes: () => bytes(ENCRYPTED.slice(20, 52)) };
    expect(hexOf(secured(bytes(PLAIN), 'encrypt', WEB1, secrets))).toBe(ENCRYPTED);
  });
});

describe('the security of a listener', () => {
  const taken: readonly (readonly [SecurityLevel, number])[] = [
    ['none', 3],
    ['sign', 2],
    ['encrypt', 1],
  ];
  it.each(taken)(
    'with %s takes %i of a plain, a signed and an encrypted packet',
    (level, count) => {
      const contents = [PLAIN, SIGNED, ENCRYPTED].map((hex) => read(bytes(hex), { level }));
      expect(contents.filter(({ values }) => values.length > 0)).toHaveLength(count);
      expect(contents.filter(({ refusals }) => refusals.length > 0)).toHaveLength(3 - count);
    },
  );

  it('refuses a packet of which any one byte was changed', () => {
    for (const [hex, level] of [
      [SIGNED, 'sign'],
      [ENCRYPTED, 'encrypt'],
    ] as const)
      for (let at = 0; at < hex.length / 2; at++) {
        const changed = bytes(hex);
        changed[at] = (changed[at] ?? 0) ^ 0x10;
        const content = read(changed, { level });
        expect([at, content.values]).toEqual([at, []]);
        expect(content.refusals).not.toEqual([]);
      }
  });

  it('says who is not known, and that a password is another', () => {
    const nobody = (): null => null;
    for (const hex of [SIGNED, ENCRYPTED]) {
      expect(whys(read(bytes(hex), { passwordOf: nobody }))).toContain('the user "web1", whom');
      expect(whys(read(bytes(hex), { passwordOf: () => 'other' }))).toContain(
        'another password of "web1"',
      );
    }
  });

  it('does not look at signatures without AuthFile, and can decrypt nothing', () => {
    expect(read(bytes(SIGNED), { passwordOf: null }).values).toEqual([USERS]);
    expect(whys(read(bytes(ENCRYPTED), { passwordOf: null }))).toContain('no AuthFile');
  });

  it(`opens ${LAYERS_MAX} layers and no more`, () => {
    let packet = bytes(PLAIN);
    for (let layer = 0; layer < LAYERS_MAX; layer++)
      packet = Uint8Array.from(secured(packet, 'encrypt', WEB1, nodeSecrets));
    expect(read(packet).values).toEqual([USERS]);
    expect(whys(read(secured(packet, 'sign', WEB1, nodeSecrets)))).toContain('layers');
  });
});

describe('the parts of a packet', () => {
  const part = (kind: number, content: string): string => {
    const length = 4 + content.length / 2;
    return kind.toString(16).padStart(4, '0') + length.toString(16).padStart(4, '0') + content;
  };
  const text = (words: string): string => hexOf(new TextEncoder().encode(words)) + '00';
  const SECOND = '0000000000000001';

  it('of an older collectd tell times in whole seconds', () => {
    const old = PLAIN.replace('0008000c1ac26910aafff44e', part(1, SECOND)).replace(
      '0009000c0000000040000000',
      part(7, '000000000000000a'),
    );
    expect(read(bytes(old)).values).toMatchObject([{ time: 1n << 30n, interval: 10n << 30n }]);
  });

  it('that are not known are passed over', () => {
    expect(read(bytes(part(0x4711, 'ffff') + PLAIN)).values).toEqual([USERS]);
  });

  it.each([
    ['ends in a part', PLAIN.slice(0, -4), 'bytes at its end that are no part'],
    ['has a part of no bytes', '00000000' + PLAIN, 'bytes at its end that are no part'],
    ['has a text without an end', part(0, '41') + PLAIN, 'a wrong text of 5 bytes for its host'],
    ['has an empty text', part(0, '') + PLAIN, 'a wrong text of 4 bytes for its host'],
    ['has too long a text', part(2, text('x'.repeat(128))), 'a wrong text of 133 bytes'],
    ['has a number of another size', part(8, '01') + PLAIN, 'a number of 5 bytes'],
    ['has values that do not fit', part(6, '000201') + PLAIN, 'values whose number and kinds'],
    ['has values of an unknown kind', part(6, '000104' + SECOND), 'values whose number and kinds'],
    ['has values of nobody', part(6, '000101' + SECOND), 'values without host'],
  ])('are refused where a packet %s', (_, hex, why) => {
    expect(whys(read(bytes(hex)))).toContain(why);
  });

  it('of a notification stand in its own packet, in the order of the real one', () => {
    const names = { ...USERS, pluginInstance: 'a', typeInstance: '' };
    const packet = notificationPacket({ ...names, severity: 2, message: 'too many' });
    expect(hexOf(packet)).toBe(
      part(8, '1ac26910aafff44e') +
        part(0x101, '0000000000000002') +
        part(0, text('host.example')) +
        part(2, text('users')) +
        part(3, text('a')) +
        part(4, text('users')) +
        part(0x100, text('too many')),
    );
    expect(read(packet).notifications).toMatchObject([
      { host: 'host.example', pluginInstance: 'a', severity: 2, message: 'too many' },
    ]);
  });

  it.each(['0000000000000003', '0000000100000001'])(
    'refuse the severity %s unless it is known',
    (severity) => {
      const packet = part(8, SECOND) + part(0x101, severity) + part(0x100, text('oh'));
      expect(read(bytes(packet)).notifications).toHaveLength(severity.endsWith('1') ? 1 : 0);
    },
  );
});

describe('a packet that is written', () => {
  it('tells only what changed, and nothing of the packet before', () => {
    const lists = Array.from({ length: 100 }, (_, index) => ({
      ...USERS,
      typeInstance: `number ${index}`,
    }));
    const packets = packetsOf(lists);
    expect(packets.length).toBeGreaterThan(1);
    for (const packet of packets) {
      expect(packet.length).toBeLessThanOrEqual(1452 - SECURITY_BYTES);
      expect(hexOf(packet).startsWith(PLAIN.slice(0, 34))).toBe(true);
      expect(hexOf(packet).split(PLAIN.slice(0, 34))).toHaveLength(2);
    }
    expect(packets.flatMap((packet) => read(packet).values)).toEqual(lists);
    // What did not fit into a packet would not have.
    for (const [index, packet] of packets.slice(1).entries()) {
      const before = packets[index]?.length ?? 0;
      const [first] = read(packet).values;
      const part = 5 + new TextEncoder().encode(first?.typeInstance).length + 15;
      expect(before + part).toBeGreaterThan(1452 - SECURITY_BYTES);
    }
  });

  it('is not, for values that no packet holds', () => {
    const values = Array.from({ length: 200 }, () => ({ kind: 'GAUGE', value: 1 }) as const);
    const writer = makePacketWriter(1452, () => expect.fail('a packet was sent'));
    expect(writer.add({ ...USERS, values })).toBe(false);
    writer.flush();
  });

  it(`is read as it was meant, whatever it holds (seed ${SEED})`, () => {
    const random = makeRandom(SEED);
    for (let round = 0; round < timesInTier(2000); round++) {
      const lists = Array.from({ length: 1 + random.below(40) }, () => randomValues(random));
      const size = 1024 + random.below(500);
      const packets = packetsOf(lists, size);
      const level = (['none', 'sign', 'encrypt'] as const)[random.below(3)] ?? 'none';
      const sent = packets.map((packet) => secured(packet, level, WEB1, nodeSecrets));
      for (const packet of sent) expect(packet.length).toBeLessThanOrEqual(size);
      const contents = sent.map((packet) => read(packet, { level }));
      expect(contents.flatMap(({ refusals }) => refusals)).toEqual([]);
      expect(contents.flatMap(({ values }) => values)).toEqual(lists);
    }
  });
});

describe('a value of ours', () => {
  const list = valueList({ plugin: 'app', type: 'if_octets' }, 1.9, 2 ** 60);
  const value = { host: 'here', timeS: 1000.5, intervalS: 10, list };

  it('has whole totals and its time to the 2^-30 s', () => {
    expect(sentOf(value)).toMatchObject({
      host: 'here',
      time: (2001n << 30n) / 2n,
      interval: 10n << 30n,
      values: [
        { kind: 'DERIVE', value: 1n },
        { kind: 'DERIVE', value: 1n << 60n },
      ],
    });
  });

  it('is not sent when a total is not known, and has no interval when that never ends', () => {
    expect(sentOf({ ...value, list: { ...list, values: [1, NaN] } })).toBe(null);
    expect(sentOf({ ...value, intervalS: Infinity })?.interval).toBe(0n);
  });
});

describe('whoever sends nonsense', () => {
  const packets = timesInTier(10_000);
  it(`gets no further with ${packets} changed packets (seed ${SEED})`, () => {
    const random = makeRandom(SEED);
    let values = 0;
    let refusals = 0;
    for (let count = 0; count < packets; count++) {
      const packet = mutated(random);
      const content = read(packet, { level: random.chance(0.8) ? 'none' : 'sign' });
      const found = content.values.length + content.notifications.length + content.refusals.length;
      // The shortest part that makes anything has 6 bytes.
      expect(found).toBeLessThanOrEqual(packet.length / 6 + 1);
      values += content.values.length;
      refusals += content.refusals.length;
      for (const { what } of content.refusals)
        expect(what.length).toBeLessThan(200 + packet.length);
    }
    expect(values).toBeGreaterThan(0);
    expect(refusals).toBeGreaterThan(0);
  });
});

function mutated(random: Random): Uint8Array {
  const [hex = ''] = [[PLAIN, SIGNED, ENCRYPTED, MEMORY, MEMORY + PLAIN][random.below(5)]];
  let packet = Array.from(bytes(hex));
  for (let change = random.below(6); change >= 0; change--) {
    const at = random.below(packet.length + 1);
    const kind = random.below(5);
    if (kind === 0) packet[at] = random.below(256);
    else if (kind === 1) packet = packet.slice(0, at);
    else if (kind === 2) packet.splice(at, random.below(20));
    else if (kind === 3) packet.splice(at, 0, ...packet.slice(random.below(packet.length + 1)));
    else packet.splice(at, 0, 0, random.below(12), 0, random.below(256));
  }
  return Uint8Array.from(packet, (byte) => byte ?? 0);
}

function randomValues(random: Random): SentValues {
  const name = (): string => ['', 'a', 'memory', 'b'.repeat(127), 'größe'][random.below(5)] ?? '';
  const u64 = (): bigint =>
    (BigInt(random.below(4_294_967_296)) << 32n) | BigInt(random.below(4_294_967_296));
  const value = (): PartValue => {
    const kind = KIND_NUMBERS[random.below(4)] ?? 'GAUGE';
    if (kind === 'GAUGE')
      return { kind, value: [NaN, Infinity, -1.5, random.fraction()][random.below(4)] ?? 0 };
    return { kind, value: kind === 'DERIVE' ? BigInt.asIntN(64, u64()) : u64() };
  };
  return {
    host: `host${random.below(3)}`,
    plugin: name() || 'app',
    pluginInstance: name(),
    type: name() || 'gauge',
    typeInstance: name(),
    time: u64() || 1n,
    interval: BigInt(random.below(3)) << 30n,
    values: Array.from({ length: 1 + random.below(4) }, value),
  };
}
