import { expect, test } from 'vitest';
import { canonicalName } from '../../../src/core/carbon/series-name.ts';

test.each([
  ['a.b', 'a.b'],
  ['t.x;b=2;a=1', 't.x;a=1;b=2'],
  ['t.d;a=1;a=2', 't.d;a=2'],
  ['~foo', 'foo'],
  ['~t.w;a=x', 't.w;a=x'],
  ['t.s;a=x/y.z', 't.s;a=x/y.z'],
  ['t;name=x;a=1', 't;a=1'],
  ['om2{x="1",a="bc"}', 'om2;a=bc;x=1'],
  ['om3{a="q\\"z\\\\"}', 'om3;a=q"z\\'],
])('%j is kept as %j', (name, kept) => {
  expect(canonicalName(name)).toEqual({ ok: true, value: kept });
});

test.each([
  ['', 'Cannot parse path , no metric found'],
  ['t.y;b', 'Cannot parse path t.y;b, invalid segment b'],
  ['t.y;=b', 'Cannot parse path t.y;=b, invalid segment =b'],
  ['~t.z;a=~x', 'Tag values are not allowed to start with "~" in tag "a"'],
  ['t;a=', 'Value for tag "a" may not be empty'],
  ['t;a!=1', 'Character "!" is not allowed in tag "a!"'],
  ['~~', 'Cannot use metric name ~~ as tag value, results in an empty string'],
  ['om{x=1"}', 'Cannot parse path om{x=1"}, invalid segment x=1"'],
])('%j has no canonical form', (name, why) => {
  expect(canonicalName(name)).toEqual({ ok: false, why });
});
