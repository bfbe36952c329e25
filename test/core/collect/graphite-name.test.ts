// The names are those of collectd's own tests of write_graphite.

import { expect, it } from 'vitest';
import {
  makeNamer,
  NAME_DEFAULTS,
  type NameOptions,
} from '../../../src/core/collect/graphite-name.ts';
import { valueList, type TypeName } from '../../../src/core/collect/value-list.ts';

function nameOf(
  options: Partial<NameOptions>,
  pluginInstance: string,
  typeInstance: string,
  plugin = 'test',
  type: TypeName = 'gauge',
): string {
  const namer = makeNamer({ ...NAME_DEFAULTS, escapeCharacter: '@', ...options });
  const list = valueList({ plugin, pluginInstance, type, typeInstance }, 42);
  return namer(list, 'example.com').join(' ');
}

it.each([
  [{}, '', '', 'example@com.test.gauge'],
  [{}, 'foo', 'bar', 'example@com.test-foo.gauge-bar'],
  [{}, 'foo (test)', 'test: "hello"', 'example@com.test-foo@@test@.gauge-test@@@hello@'],
  [{}, '', 'test,123,', 'example@com.test.gauge-test@123@'],
  [{ separateInstances: true }, 'foo', 'bar', 'example@com.test.foo.gauge.bar'],
  [{ alwaysAppendDS: true }, 'foo', 'bar', 'example@com.test-foo.gauge-bar.value'],
  [{}, 'f.o.o', 'b.a.r', 'example@com.test-f@o@o.gauge-b@a@r'],
  [{ preserveSeparator: true }, 'f.o.o', 'b.a.r', 'example.com.test-f.o.o.gauge-b.a.r'],
  [{ prefix: 'foo.', postfix: '.bar' }, '', '', 'foo.example@com.bar.test.gauge'],
  [{ reverseHost: true }, '', '', 'com@example.test.gauge'],
  [{ useTags: true }, '', '', 'test.gauge;host=example.com;plugin=test;type=gauge'],
  [
    { useTags: true },
    'f.o.o',
    'b.a.r',
    'test.gauge;host=example.com;plugin=test;plugin_instance=f.o.o;type=gauge;type_instance=b.a.r',
  ],
  [
    { useTags: true, alwaysAppendDS: true },
    '',
    '',
    'test.gauge.value;host=example.com;plugin=test;type=gauge;ds_name=value',
  ],
  [
    { useTags: true, dropDuplicateFields: true },
    'foo',
    'foo',
    'test.gauge;host=example.com;plugin=test;plugin_instance=foo;type=gauge',
  ],
])('with %j and the instances "%s" and "%s" the name is %s', (options, plugin, type, name) => {
  expect(nameOf(options, plugin, type)).toBe(name);
});

it('leaves out what repeats the plugin when DropDuplicateFields says so', () => {
  const drop = { dropDuplicateFields: true, separateInstances: true, alwaysAppendDS: true };
  expect(nameOf(drop, '0', 'idle', 'cpu', 'cpu')).toBe('example@com.cpu.0.idle.value');
  expect(nameOf(drop, '', '', 'contextswitch', 'contextswitch')).toBe(
    'example@com.contextswitch.value',
  );
});

it('asks for one name for each data source', () => {
  expect(nameOf({}, '', '', 'load', 'load')).toBe(
    ['shortterm', 'midterm', 'longterm'].map((name) => `example@com.load.load.${name}`).join(' '),
  );
});
