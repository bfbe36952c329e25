// Notifications as events of Graphite: each is posted to /events/, in order, and waits while nobody takes it.
//
//   {"what": "FAILURE ward/df-root/df_complex-used", "tags": ["collectd", "failure", ...], "data": "message", "when": 1790000000}

import type { Cancel, Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import { refusedWith, type Outside } from '../host/outside.ts';
import { notificationAbout, type Notification, type Notify } from './notification.ts';
import { pageRequest, type PageOptions } from './plugins/page-options.ts';

export interface EventSender {
  readonly notify: Notify;
  /** Says how many were not taken. */
  stop(): void;
}

/** Events that wait; the oldest go first. */
export const EVENTS_WAITING_MAX = 1000;
/** Who does not answer is asked again after this. */
export const EVENT_AGAIN_MS = 10_000;
/** graphite-web keeps no more characters of `what`. */
const WHAT_MAX = 255;

export function makeEventSender(
  { clock, log, outside }: { clock: Clock; log: Log; outside: Outside },
  options: PageOptions,
  intervalS: number,
): EventSender {
  const request = pageRequest(options, intervalS);
  const waiting: string[] = [];
  let isAsking = false;
  let isStopped = false;
  let isTold = false;
  let again: Cancel = () => {};

  function send(): void {
    const [event] = waiting;
    if (isAsking || isStopped || event === undefined) return;
    isAsking = true;
    again();
    outside.fetchPage({ ...request, json: event }, (answer) => {
      isAsking = false;
      if (!answer.ok && !isFinal(refusedWith(answer))) return wait(answer.why);
      waiting.shift();
      if (answer.ok) isTold = false;
      else log.say('warning', `An event was refused and is lost: ${answer.why}.`, { event });
      send();
    });
  }

  function wait(why: string): void {
    if (!isTold) log.say('warning', `Events wait, since Graphite does not take them: ${why}.`);
    isTold = true;
    if (!isStopped) again = clock.at(clock.now() + EVENT_AGAIN_MS, send);
  }

  return {
    notify(notification) {
      waiting.push(eventOf(notification));
      // The first may be on its way.
      if (waiting.length > EVENTS_WAITING_MAX) {
        waiting.splice(isAsking ? 1 : 0, 1);
        log.say('warning', 'Too many events wait; the oldest is lost.', {
          max: EVENTS_WAITING_MAX,
        });
      }
      send();
    },
    stop() {
      isStopped = true;
      again();
      if (waiting.length > 0)
        log.say('warning', 'Events were not taken by Graphite and are lost.', {
          events: waiting.length,
        });
    },
  };
}

/** The server looked at it and does not want it: it would not want it later either. */
function isFinal(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500;
}

/** The event as JSON. Graphite splits tags at blanks. */
function eventOf(notification: Notification): string {
  const { severity, host, list, timeS, message } = notification;
  const tags = ['collectd', severity.toLowerCase(), host, list.plugin, list.pluginInstance];
  return JSON.stringify({
    what: `${severity} ${notificationAbout(notification)}`.trim().slice(0, WHAT_MAX),
    tags: tags.filter((tag) => tag !== '').map((tag) => tag.replace(/\s+/g, '_')),
    data: message,
    when: Math.floor(timeS),
  });
}
