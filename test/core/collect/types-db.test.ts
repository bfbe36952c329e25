import { expect, it } from 'vitest';
import { readTypesDb, TYPES_MAX } from '../../../src/core/collect/types-db.ts';

it('reads types with one data source and with several, whatever stands between them', () => {
  const { types, warnings } = readTypesDb(
    '# types\nload\tshortterm:GAUGE:0:5000, midterm:GAUGE:0:5000,longterm:GAUGE:0:5000\n\nsnr value:gauge:U:1.5e3 # dB\r\n',
  );
  expect(warnings).toEqual([]);
  expect([...types.keys()]).toEqual(['load', 'snr']);
  expect(types.get('load')?.map(({ name }) => name)).toEqual(['shortterm', 'midterm', 'longterm']);
  expect(types.get('snr')).toEqual([{ name: 'value', kind: 'GAUGE', min: -Infinity, max: 1500 }]);
});

it('takes the last of two lines of one type', () => {
  const { types } = readTypesDb('a value:GAUGE:0:1\na value:GAUGE:0:2\n');
  expect(types.get('a')?.[0]?.max).toBe(2);
});

it.each(['alone', 'a value:SPEED:0:U', 'a value:GAUGE:0', 'a value:GAUGE:low:U'])(
  'leaves out the line "%s", and shows it',
  (line) => {
    const { types, warnings } = readTypesDb(`b value:GAUGE:0:U\n${line}\n`);
    expect([...types.keys()]).toEqual(['b']);
    expect(warnings[0]).toContain(`Line 2: a type is NAME SOURCE:KIND:MIN:MAX`);
    expect(warnings[0]).toContain(`received "${line}"`);
  },
);

it(`reads ${TYPES_MAX} lines and no more`, () => {
  const lines = Array.from({ length: TYPES_MAX + 5 }, (_, index) => `t${index} v:GAUGE:0:U`);
  const { types, warnings } = readTypesDb(lines.join('\n'));
  expect(types.size).toBe(TYPES_MAX);
  expect(warnings).toEqual([
    `Line ${TYPES_MAX + 1}: there are more than ${TYPES_MAX} lines; the rest is left out.`,
  ]);
});
