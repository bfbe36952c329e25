import { beforeEach, describe, expect, it } from 'vitest';
import { bad, good, type Result } from '../../../src/core/base/result.ts';
import type { Notification } from '../../../src/core/collect/notification.ts';
import {
  EVENT_AGAIN_MS,
  EVENTS_WAITING_MAX,
  makeEventSender,
  type EventSender,
} from '../../../src/core/collect/notify-event.ts';
import { PAGE_DEFAULTS } from '../../../src/core/collect/plugins/page-options.ts';
import { NO_OUTSIDE, type PageRefused } from '../../../src/core/host/outside.ts';
import { makeWorldClock, type WorldClock } from '../../../src/core/world/clock.ts';

const URL = 'http://127.0.0.1/events/';
const refused = (status: number): PageRefused => ({
  ...bad(`${URL}: it answered ${status}`),
  status,
});

let clock: WorldClock;
let logged: string[];
let posted: string[];
let answer: ((page: Result<string>) => void) | null;
let sender: EventSender;

beforeEach(() => {
  clock = makeWorldClock(1_000_000_000);
  logged = [];
  posted = [];
  answer = null;
  const outside = {
    ...NO_OUTSIDE,
    fetchPage(request: { json?: string }, done: (page: Result<string>) => void) {
      posted.push(String(JSON.parse(request.json ?? '{}').data));
      answer = done;
    },
  };
  const log = { say: (_: string, text: string) => void logged.push(text) };
  sender = makeEventSender({ clock, log, outside }, { ...PAGE_DEFAULTS, url: URL }, 10);
});

function notify(message: string): void {
  const list = { plugin: 'df', pluginInstance: 'the disk', type: 'gauge', typeInstance: '' };
  const notification: Notification = {
    severity: 'FAILURE',
    timeS: 1000.7,
    host: 'ward',
    list,
    facts: [],
    message,
  };
  sender.notify(notification);
}

describe('a notification as an event', () => {
  it('has what, tags, data and when', () => {
    const seen: unknown[] = [];
    const outside = {
      ...NO_OUTSIDE,
      fetchPage: (request: { url: string; json?: string }) =>
        void seen.push(request.url, JSON.parse(request.json ?? '')),
    };
    const log = { say() {} };
    sender = makeEventSender({ clock, log, outside }, { ...PAGE_DEFAULTS, url: URL }, 10);
    notify('It is full.');
    expect(seen).toEqual([
      URL,
      {
        what: 'FAILURE ward/df-the disk/gauge',
        tags: ['collectd', 'failure', 'ward', 'df', 'the_disk'],
        data: 'It is full.',
        when: 1000,
      },
    ]);
  });

  it('waits while the one before is on its way, and goes in order', () => {
    for (const message of ['a', 'b', 'c']) notify(message);
    expect(posted).toEqual(['a']);
    answer?.(good(''));
    answer?.(good(''));
    expect(posted).toEqual(['a', 'b', 'c']);
  });

  it('is posted again until it is taken, and its absence is told once', () => {
    notify('a');
    for (let at = 0; at < 3; at++) {
      answer?.(at === 1 ? refused(503) : bad('no answer'));
      clock.run(clock.now() + EVENT_AGAIN_MS);
    }
    expect(posted).toEqual(['a', 'a', 'a', 'a']);
    expect(logged).toEqual(['Events wait, since Graphite does not take them: no answer.']);
    answer?.(good(''));
    clock.run(clock.now() + EVENT_AGAIN_MS);
    expect(posted).toHaveLength(4);
  });

  it('is given up when the server does not want it, and the next one goes', () => {
    notify('a');
    notify('b');
    answer?.(refused(400));
    expect(posted).toEqual(['a', 'b']);
    expect(logged).toEqual([
      'An event was refused and is lost: http://127.0.0.1/events/: it answered 400.',
    ]);
  });

  it('is lost when too many wait, the oldest first, and at the end', () => {
    for (let at = 0; at <= EVENTS_WAITING_MAX; at++) notify(String(at));
    expect(logged).toEqual(['Too many events wait; the oldest is lost.']);
    answer?.(good(''));
    expect(posted).toEqual(['0', '2']);
    sender.stop();
    expect(logged.at(-1)).toBe('Events were not taken by Graphite and are lost.');
  });
});
