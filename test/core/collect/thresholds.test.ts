import { describe, expect, it } from 'vitest';
import { readCollectorConfig } from '../../../src/core/collect/config.ts';
import {
  makeNotify,
  programEnvironment,
  notificationText,
  TOLD_PROGRAMS_MAX,
  type Notification,
} from '../../../src/core/collect/notification.ts';
import type { Dispatched } from '../../../src/core/collect/plugin.ts';
import { makeThresholds } from '../../../src/core/collect/thresholds.ts';
import { valueList } from '../../../src/core/collect/value-list.ts';
import { NO_OUTSIDE, type ProgramStart } from '../../../src/core/host/outside.ts';

function thresholdsOf(text: string) {
  const read = readCollectorConfig(
    `LoadPlugin threshold\n<Plugin threshold>\n${text}\n</Plugin>\n`,
  );
  if (!read.ok) throw new Error(read.why);
  expect(read.value.warnings).toEqual([]);
  const told: Notification[] = [];
  const thresholds = makeThresholds(read.value.config.thresholds, (one) => void told.push(one));
  return { thresholds, told };
}

const dispatched = (timeS: number, value: number, instance = ''): Dispatched => ({
  host: 'web',
  timeS,
  intervalS: 10,
  list: valueList(
    { plugin: 'app', pluginInstance: 'one', type: 'gauge', typeInstance: instance },
    value,
  ),
});

/** "5 WARNING" and so on: what is told as these values come. */
function toldOf(options: string, values: readonly number[]): readonly string[] {
  const { thresholds, told } = thresholdsOf(`<Type "gauge">\n${options}\n</Type>`);
  for (const [index, value] of values.entries())
    thresholds.check(dispatched(10 * index, value), [value]);
  return told.map(({ severity, facts }) => `${facts[1]?.[1]} ${severity}`);
}

describe('a threshold', () => {
  // Seen with the real program.
  it('tells the first state, then changes', () => {
    const values = [20, 55, 56, 120, 10];
    expect(toldOf('WarningMax 50\nFailureMax 100', values)).toEqual([
      '20 OKAY',
      '55 WARNING',
      '120 FAILURE',
      '10 OKAY',
    ]);
  });

  it('wants a value to come back further than Hysteresis', () => {
    const values = [20, 55, 120, 95, 85, 45, 45, 39, 70];
    expect(toldOf('WarningMax 50\nFailureMax 100\nHysteresis 10', values)).toEqual([
      '20 OKAY',
      '55 WARNING',
      '120 FAILURE',
      '85 WARNING',
      '39 OKAY',
      '70 WARNING',
    ]);
  });

  it('waits for more than Hits readings in a row, and for them again before it tells more', () => {
    const values = [1, 9, 9, 1, 9, 9, 9, 9, 9, 9, 9, 9];
    expect(toldOf('FailureMax 5\nHits 2\nPersist true', values)).toEqual([
      '1 OKAY',
      '9 FAILURE',
      '9 FAILURE',
    ]);
  });

  it('tells each reading with Persist and PersistOK', () => {
    expect(toldOf('FailureMin 5\nPersist true', [9, 9, 1, 1])).toEqual([
      '9 OKAY',
      '1 FAILURE',
      '1 FAILURE',
    ]);
    expect(toldOf('FailureMin 5\nPersistOK true', [9, 9, 1, 1])).toEqual([
      '9 OKAY',
      '9 OKAY',
      '1 FAILURE',
    ]);
  });

  it('takes for bad what is between its limits when Invert says so', () => {
    expect(toldOf('FailureMin 40\nFailureMax 60\nInvert true', [20, 55, 120])).toEqual([
      '20 OKAY',
      '55 FAILURE',
      '120 OKAY',
    ]);
  });

  it('takes a value that is not known for okay', () => {
    expect(toldOf('FailureMin 5\nFailureMax 9', [NaN, 1])).toEqual(['NaN OKAY', '1 FAILURE']);
  });

  it('judges one data source, or its part of all', () => {
    const { thresholds, told } = thresholdsOf(
      '<Type "if_octets">\nDataSource "tx"\nPercentage true\nFailureMax 50\n</Type>',
    );
    const list = valueList({ plugin: 'app', type: 'if_octets' }, 0, 0);
    const value = { host: 'web', timeS: 1, intervalS: 10, list };
    thresholds.check(value, [30, 10]);
    thresholds.check(value, [10, 30]);
    expect(told.map(({ severity, facts }) => [severity, facts[0]?.[1], facts[1]?.[1]])).toEqual([
      ['OKAY', 'tx', 25],
      ['FAILURE', 'tx', 75],
    ]);
  });

  it('gives way to a more specific one', () => {
    const { thresholds, told } = thresholdsOf(`
<Type "gauge">
  FailureMax 1
</Type>
<Plugin "app">
  Instance "one"
  <Type "gauge">
    Instance "hot"
    WarningMax 1
  </Type>
</Plugin>
<Host "db">
  <Plugin "app">
    <Type "gauge">
      FailureMax 1
    </Type>
  </Plugin>
</Host>`);
    thresholds.check(dispatched(0, 5, 'hot'), [5]);
    thresholds.check(dispatched(0, 5, 'cold'), [5]);
    expect(told.map(({ severity }) => severity)).toEqual(['WARNING', 'FAILURE']);
  });

  it('tells a value that does not come, unless it is not Interesting', () => {
    const missingOf = (options: string): readonly string[] => {
      const { thresholds, told } = thresholdsOf(`<Type "gauge">\n${options}\n</Type>`);
      thresholds.missing(dispatched(100, 1), 130);
      return told.map(({ message }) => message);
    };
    expect(missingOf('FailureMax 1')).toEqual(['web/app-one/gauge has not come for 30.000 s.']);
    expect(missingOf('Interesting false')).toEqual([]);
  });

  it('is refused outside of a block <Type>', () => {
    const read = readCollectorConfig('<Plugin threshold>\nFailureMax 1\n</Plugin>\n');
    expect(read.ok ? '' : read.why).toContain('Line 2: thresholds are in blocks <Host');
  });
});

describe('a notification', () => {
  const notification: Notification = {
    severity: 'FAILURE',
    timeS: 1_795_784_824.1239,
    host: 'web',
    list: { plugin: 'load', pluginInstance: '', type: 'load', typeInstance: '' },
    facts: [
      ['DataSource', 'shortterm'],
      ['CurrentValue', 3.5],
      ['WarningMin', NaN],
      ['FailureMax', 6273],
    ],
    message: 'It is too much.',
  };

  it('has the head that programs for collectd know', () => {
    expect(notificationText(notification)).toBe(`Severity: FAILURE
Time: 1795784824.124
Host: web
Plugin: load
Type: load
DataSource: shortterm
CurrentValue: 3.500000e+00
WarningMin: nan
FailureMax: 6.273000e+03

It is too much.
`);
  });

  it('goes to the log and to each program', () => {
    const logged: string[] = [];
    const started: ProgramStart[] = [];
    const notify = makeNotify(
      {
        log: { say: (level, text) => void logged.push(`${level}: ${text}`) },
        outside: {
          ...NO_OUTSIDE,
          runProgram(start, events) {
            started.push(start);
            events.ended('ended with code 1');
            return { stop() {} };
          },
        },
      },
      programEnvironment('web', 10),
      [['nobody', '/bin/tell', 'me']],
    );
    notify(notification);
    expect(logged).toEqual([
      'error: It is too much.',
      'warning: The notification was not taken: /bin/tell ended with code 1.',
    ]);
    expect(started).toMatchObject([{ program: '/bin/tell', args: ['me'], user: 'nobody' }]);
    expect(started[0]?.input).toBe(notificationText(notification));
  });
});

it(`tells ${TOLD_PROGRAMS_MAX} programs at a time`, () => {
  const ends: (() => void)[] = [];
  const logged: string[] = [];
  const outside = {
    ...NO_OUTSIDE,
    runProgram(_: ProgramStart, events: { ended(why: string | null): void }) {
      ends.push(() => events.ended(null));
      return { stop() {} };
    },
  };
  const log = { say: (_: string, text: string) => void logged.push(text) };
  const notify = makeNotify({ log, outside }, {}, [['nobody', '/bin/hear']]);
  const { list } = dispatched(0, 1);
  const one: Notification = {
    severity: 'OKAY',
    timeS: 0,
    host: 'web',
    list,
    facts: [],
    message: '',
  };
  for (let count = 0; count <= TOLD_PROGRAMS_MAX; count++) notify(one);
  expect(ends).toHaveLength(TOLD_PROGRAMS_MAX);
  expect(logged.at(-1)).toBe(`/bin/hear was not told: ${TOLD_PROGRAMS_MAX} programs still run.`);
  ends[0]?.();
  notify(one);
  expect(ends).toHaveLength(TOLD_PROGRAMS_MAX + 1);
});
