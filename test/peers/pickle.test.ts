import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import { parsePythonFloat } from '../../src/core/base/number.ts';
import { parseLine } from '../../src/core/carbon/line.ts';
import { unpickle } from '../../src/core/carbon/pickle-in.ts';
import type { PickleValue } from '../../src/core/carbon/pickle-machine.ts';
import type { Point } from '../../src/core/carbon/point.ts';
import { plainUnpickle } from '../core/carbon/plain-unpickle.ts';
import { damaged } from '../core/carbon/random-pickles.ts';
import { isSameValue } from '../core/carbon/same-value.ts';
import { timesInTier } from '../tools/tier.ts';
import { describeBeside, PYTHON, python } from './peer.ts';

const SEED = 27_112_026;
const RUNS_FULL = 10_000;
const TEXTS_IN_A_LINE = 100;
const FRAME = 0x95;

type Node =
  | null
  | boolean
  | string
  | { readonly float: string }
  | { readonly bytes: string }
  | { readonly opaque: string }
  | { readonly other: string }
  | { readonly list: readonly number[] }
  | { readonly dict: readonly (readonly [number, number])[] };

let peer: ChildProcessWithoutNullStreams;
let replies: AsyncIterator<string>;

describeBeside([python], "beside Python's own readers", () => {
  const runs = timesInTier(RUNS_FULL);

  beforeAll(() => {
    peer = spawn(PYTHON, [fileURLToPath(new URL('pickle_peer.py', import.meta.url))]);
    peer.stderr.pipe(process.stderr);
    replies = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
  });

  afterAll(() => {
    peer.stdin.end();
  });

  test(`${runs} values in all protocols are read as they were written (seed ${SEED})`, async () => {
    for (let i = 0; i < runs; i++) {
      const [pickles, nodes] = (await ask(['write', SEED + i])) as [string[], Node[]];
      const written = valueOf(nodes);
      expect(pickles.length).toBe(6);
      for (const [protocol, hex] of pickles.entries()) {
        const body = fromHex(hex);
        const read = unpickle(body);
        const plain = plainUnpickle(body);
        const same = read.ok &&
          plain.ok && [isSameValue(read.value, written), isSameValue(plain.value, written)];
        expect([i, protocol, read.ok ? '' : read.why, same]).toEqual([
          i,
          protocol,
          '',
          [true, true],
        ]);
      }
    }
  });

  test(`${runs} damaged ones are read alike where both read them (seed ${SEED})`, async () => {
    const random = makeRandom(SEED);
    let both = 0;
    for (let i = 0; i < runs; i++) {
      const [pickles] = (await ask(['write', SEED + i])) as [string[]];
      const body = damaged(random, fromHex(pickles[i % pickles.length] ?? ''));
      const read = unpickle(body);
      const plain = plainUnpickle(body);
      expect([i, read.ok ? '' : read.why]).toEqual([i, plain.ok ? '' : plain.why]);
      if (!read.ok || !plain.ok) continue;
      expect([i, isSameValue(read.value, plain.value)]).toEqual([i, true]);
      // Python loses bytes where a damaged frame ends inside of an opcode.
      if (body.includes(FRAME)) continue;
      const hex = Buffer.from(body).toString('hex');
      const nodes = (await ask(['read', hex])) as Node[] | null;
      if (nodes === null || nodes.some(isOther)) continue;
      both++;
      expect([i, hex, isSameValue(read.value, valueOf(nodes))]).toEqual([i, hex, true]);
    }
    expect(both).toBeGreaterThan(runs / 10);
  });

  test(`${runs} texts are numbers as for float() (seed ${SEED})`, async () => {
    const random = makeRandom(SEED);
    for (let i = 0; i < runs; i += TEXTS_IN_A_LINE) {
      const texts = Array.from({ length: TEXTS_IN_A_LINE }, () => randomNumberText(random));
      const theirs = await ask(['floats', texts]);
      expect(texts.map((text) => [text, hexOf(parsePythonFloat(text))])).toEqual(
        texts.map((text, at) => [text, (theirs as (string | null)[])[at]]),
      );
    }
  });

  test(`${runs} lines are points as for carbon, but for endless times (seed ${SEED})`, async () => {
    const random = makeRandom(SEED);
    let points = 0;
    for (let i = 0; i < runs; i += TEXTS_IN_A_LINE) {
      const lines = Array.from({ length: TEXTS_IN_A_LINE }, () => randomLine(random));
      const theirs = (await ask(['lines', lines])) as ([string, string, string] | null)[];
      for (const [at, line] of lines.entries()) {
        const parsed = parseLine(line);
        const point = theirs[at] ?? null;
        const isEndless = point !== null && !Number.isFinite(floatOf(point[2]));
        if (parsed.ok) points++;
        expect([line, ...(parsed.ok ? fieldsOf(parsed.value) : [])]).toEqual([
          line,
          ...(isEndless ? [] : (point ?? [])),
        ]);
      }
    }
    expect(points).toBeGreaterThan(runs / 20);
  });
});

async function ask(command: readonly [string, unknown]): Promise<unknown> {
  peer.stdin.write(`${JSON.stringify(command)}\n`);
  return JSON.parse((await replies.next()).value as string);
}

/** The value that the peer tells of: its parts refer to each other by number. */
function valueOf(nodes: readonly Node[]): PickleValue {
  const values = nodes.map((node): PickleValue => {
    if (node === null || typeof node !== 'object') return node;
    if ('float' in node) return floatOf(node.float);
    if ('bytes' in node) return fromHex(node.bytes);
    if ('opaque' in node) return node;
    return 'dict' in node ? new Map<PickleValue, PickleValue>() : [];
  });
  const at = (number: number): PickleValue => values[number] ?? null;
  nodes.forEach((node, i) => {
    const value = at(i);
    if (node === null || typeof node !== 'object') return;
    if ('list' in node && Array.isArray(value)) value.push(...node.list.map(at));
    if ('dict' in node && value instanceof Map)
      for (const [key, each] of node.dict) value.set(at(key), at(each));
  });
  return at(0);
}

function isOther(node: Node): boolean {
  return node !== null && typeof node === 'object' && 'other' in node;
}

/** Parts of numbers, parted by commas. */
const NUMBER_PARTS = [
  '0,1,7,00,12,1700000000,123456789012345678901234567890,.,.,.,_,_,__,-,+,-,e,E,e5,e-5,E+308,e309',
  "e-400,inf,Infinity,INF,nan,NaN,infinit,x,0x10,0b1,L,l,f,d,', ,\t,\n,\r,\v,\f,\x1c,\x1d,\x1e,\x1f",
  '\x85,\xa0,\u2028,\u3000,\0,\ufeff,\u200b,\u180e,\u0661,\u0967,\uff11,\ud835\udfd9,\xb2,\u2155,é',
].flatMap((line) => [',', '9'.repeat(400), ...line.split(',')]);
const NUMBER_PARTS_MAX = 6;

function randomNumberText(random: Random): string {
  let text = '';
  for (let count = random.below(NUMBER_PARTS_MAX) + 1; count > 0; count--)
    text += NUMBER_PARTS[random.below(NUMBER_PARTS.length)] ?? '';
  return text;
}

const BLANKS = [' ', ' ', ' ', '  ', '\t', '\r', '\x1c', '\x1f', '\x85', '\u3000', '\ufeff', '\0'];

/** Three fields, or about as many. */
function randomLine(random: Random): string {
  const blank = (): string => BLANKS[random.below(BLANKS.length)] ?? '';
  let line = random.chance(0.2) ? blank() : '';
  line += randomNumberText(random);
  for (let count = random.chance(0.9) ? 2 : random.below(5); count > 0; count--)
    line +=
      blank() + (random.chance(0.5) ? String(random.below(100_000) / 8) : randomNumberText(random));
  return random.chance(0.2) ? line + blank() : line;
}

function fieldsOf({ path, value, time }: Point): readonly (string | null)[] {
  return [path, hexOf(value), hexOf(time)];
}

function floatOf(hex: string): number {
  return Buffer.from(hex, 'hex').readDoubleBE();
}

function hexOf(value: number | null): string | null {
  if (value === null) return null;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}

function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
