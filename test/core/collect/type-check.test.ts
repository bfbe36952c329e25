import { expect, it } from 'vitest';
import type { Dispatched } from '../../../src/core/collect/plugin.ts';
import { makeTyped } from '../../../src/core/collect/type-check.ts';
import { OWN_TYPES, valueList, type Types } from '../../../src/core/collect/value-list.ts';

const value: Dispatched = {
  host: 'web',
  timeS: 1,
  intervalS: 10,
  list: valueList({ plugin: 'p', type: 'gauge' }, 5),
};
const small = { name: 'value', kind: 'GAUGE', min: 0, max: 1 } as const;

it('takes the data sources of TypesDB in place of our own', () => {
  const types: Types = new Map([...OWN_TYPES, ['gauge', [small]]]);
  const typed = makeTyped(types, { say() {} });
  expect(typed([value])[0]?.list).toEqual({ ...value.list, sources: [small] });
});

it('leaves a value as it is without TypesDB', () => {
  expect(makeTyped(OWN_TYPES, { say() {} })([value])[0]).toBe(value);
});

it('leaves out values of another number, and says so once for each type', () => {
  const said: unknown[] = [];
  const log = { say: (_: string, text: string, facts: unknown) => void said.push(text, facts) };
  const typed = makeTyped(new Map([['gauge', [small, small]]]), log);
  expect(typed([value, value])).toEqual([]);
  expect(said).toEqual([
    'Values do not fit their type of TypesDB, and are left out.',
    { type: 'gauge', values: 1, sources: 2 },
  ]);
});
