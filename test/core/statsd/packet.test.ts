import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STATSD_DEFAULTS } from '../../../src/core/statsd/config.ts';
import { parsePacket, type Sample } from '../../../src/core/statsd/packet.ts';
import { addSample, makeTally } from '../../../src/core/statsd/tally.ts';

const SEED = 8125;
const RUNS = 500;

describe('a packet', () => {
  test.each<[string, string, Sample['type'], number, number]>([
    ['c1:3|c|@0.1', 'c1', 'counter', 3, 0.1],
    ['t:320|ms', 't', 'timer', 320, 1],
    ['g:-10|g', 'g', 'gauge', -10, 1],
    ['s:765|s', 's', 'set', 0, 1],
    ['s:|s', 's', 'set', 0, 1],
    ['h:1|h', 'h', 'counter', 1, 1],
    ['m:2|m', 'm', 'counter', 2, 1],
    ['k:1|', 'k', 'counter', 1, 1],
    ['crlf:1|c\r', 'crlf', 'counter', 1, 1],
    [':1|c', '', 'counter', 1, 1],
    ['k:1|c|@0.1|anything', 'k', 'counter', 1, 0.1],
    ['k:0x10|c', 'k', 'counter', 16, 1],
    ['k:+1e3|c', 'k', 'counter', 1000, 1],
    ['k: |c', 'k', 'counter', 0, 1],
    ['k:1|c|@2e-1', 'k', 'counter', 1, 2],
    ['a b/c é!:1|c', 'a_b-c_', 'counter', 1, 1],
    ['x:1|c|#a:1,b:2', 'x;a=1;b=2', 'counter', 1, 1],
    ['x;a=1:1|c', 'x;a=1', 'counter', 1, 1],
    ['x:1|c|#a;b:2:3,c', 'x;a_b=23;c', 'counter', 1, 1],
    ['x:1|c|#', 'x', 'counter', 1, 1],
    ['__proto__:1|c', '__proto__', 'counter', 1, 1],
  ])('%j is one sample', (line, key, type, value, rate) => {
    const { keys, samples, bad } = parsePacket(line, STATSD_DEFAULTS);
    expect([keys, bad]).toEqual([[key], []]);
    expect(samples).toMatchObject([{ key, type, value, rate }]);
  });

  test.each([
    ['foo', 'Bad sample "1" in "foo": it has no type.'],
    ['foo:', 'Bad sample "" in "foo:": it has no type.'],
    ['k:abc|c', 'Bad sample "abc|c" in "k:abc|c": its value is not a number.'],
    ['k:|g', 'Bad sample "|g" in "k:|g": its value is not a number.'],
    ['k:NaN|g', 'Bad sample "NaN|g" in "k:NaN|g": its value is not a number.'],
    ['k:-1|ms', 'Bad sample "-1|ms" in "k:-1|ms": a time is never negative.'],
    ['k:-1|ms ', 'Bad sample "-1|ms " in "k:-1|ms ": a time is never negative.'],
    ['k:Infinity|g', 'Bad sample "Infinity|g" in "k:Infinity|g": its value is not finite.'],
    ['k:1e999|c', 'Bad sample "1e999|c" in "k:1e999|c": its value is not finite.'],
    [
      'k:1|c|@0',
      'Bad sample "1|c|@0" in "k:1|c|@0": its rate "@0" is not "@" and a positive number.',
    ],
    ['k:=1|g', 'Bad sample "=1|g" in "k:=1|g": its value is not a number.'],
    ['k:1|c|', 'Bad sample "1|c|" in "k:1|c|": its rate "" is not "@" and a positive number.'],
    ['k:1|c|@', 'Bad sample "1|c|@" in "k:1|c|@": its rate "@" is not "@" and a positive number.'],
    [
      'k:1|c|0.1',
      'Bad sample "1|c|0.1" in "k:1|c|0.1": its rate "0.1" is not "@" and a positive number.',
    ],
    [
      'k:1|c|@-1',
      'Bad sample "1|c|@-1" in "k:1|c|@-1": its rate "@-1" is not "@" and a positive number.',
    ],
    [
      'k:1|c|@1.2.3',
      'Bad sample "1|c|@1.2.3" in "k:1|c|@1.2.3": its rate "@1.2.3" is not "@" and a positive number.',
    ],
    [
      'k:1|c|T17',
      'Bad sample "1|c|T17" in "k:1|c|T17": its rate "T17" is not "@" and a positive number.',
    ],
    [
      '_e{5,4}:title|text',
      'Bad sample "title|text" in "_e{5,4}:title|text": its value is not a number.',
    ],
  ])('%j is a bad line', (line, why) => {
    const { keys, samples, bad } = parsePacket(line, STATSD_DEFAULTS);
    expect([keys.length, samples, bad]).toEqual([1, [], [why]]);
  });

  test.each(['@+1', '@ 1', '@Infinity'])(
    'the rate %j, at which the real program dies, is bad and costs only its sample',
    (rate) => {
      const { samples, bad } = parsePacket(`a:1|c|${rate}:2|c\nb:1|c`, STATSD_DEFAULTS);
      expect(samples.map(({ key, value }) => [key, value])).toEqual([
        ['a', 2],
        ['b', 1],
      ]);
      expect(bad).toHaveLength(1);
    },
  );

  test('has several lines, and a line several samples', () => {
    const { keys, samples } = parsePacket('\na:1|c:2|c:3|ms\n\nb:x|s\n', STATSD_DEFAULTS);
    expect(keys).toEqual(['a', 'b']);
    expect(samples.map(({ key, type, text }) => [key, type, text])).toEqual([
      ['a', 'counter', '1'],
      ['a', 'counter', '2'],
      ['a', 'timer', '3'],
      ['b', 'set', 'x'],
    ]);
  });

  test.each<[string, Sample['type'], number, number]>([
    ['k:Infinity|g', 'gauge', Infinity, 1],
    ['k:1|c|@0', 'counter', 1, 0],
    ['k:-5|ms ', 'timer', -5, 1],
  ])('%j is a sample for a strict StatsD only', (line, type, value, rate) => {
    const { samples } = parsePacket(line, { ...STATSD_DEFAULTS, strict: true });
    expect(samples).toMatchObject([{ key: 'k', type, value, rate }]);
    expect(parsePacket(line, STATSD_DEFAULTS).bad).toHaveLength(1);
  });

  test('has timers of the types h and d where that is asked for', () => {
    const rules = { ...STATSD_DEFAULTS, histogramsAsTimers: true };
    const { samples, bad } = parsePacket('a:1|h:2|d:3|m:-4|h', rules);
    expect(samples.map(({ type }) => type)).toEqual(['timer', 'timer', 'counter']);
    expect(bad).toHaveLength(1);
  });

  test('may set a negative gauge in one sample where that is asked for', () => {
    const config = { ...STATSD_DEFAULTS, gaugeAssign: true };
    const tally = makeTally(config.prefixStats);
    const { samples } = parsePacket('g:5|g:=-4|g:-1|g:=x|g', config);
    for (const sample of samples) addSample(tally, sample, config);
    expect(tally.gauges.get('g')?.value).toBe(-5);
  });

  test('keeps raw keys where they are not to be made safe', () => {
    expect(
      parsePacket('a b/é:1|c', { ...STATSD_DEFAULTS, keyNameSanitize: false }).samples[0]?.key,
    ).toBe('a b/é');
  });

  test(`of any text is read without failing, and each sample is good or bad (seed ${SEED})`, () => {
    const pieces = fc.constantFrom(
      'a',
      'k',
      ':',
      '|',
      '\n',
      '@',
      '0.1',
      '-',
      '1',
      'ms',
      'g',
      's',
      'c',
      '|#',
      ',',
      ' ',
      'é',
      ';',
      '=',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const { keys, samples, bad } = parsePacket(text, STATSD_DEFAULTS);
        const wanted = text.split('\n').filter((line) => line !== '');
        expect(keys).toHaveLength(wanted.length);
        const fields = wanted.map((line) =>
          Math.max(1, (line.split('|#')[0] ?? '').split(':').length - 1),
        );
        expect(samples.length + bad.length).toBe(fields.reduce((sum, count) => sum + count, 0));
        for (const { key, value, rate } of samples) {
          expect(key).toMatch(/^[a-zA-Z_\-0-9.;=]*$/);
          expect(Number.isNaN(value) || Number.isNaN(rate)).toBe(false);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
