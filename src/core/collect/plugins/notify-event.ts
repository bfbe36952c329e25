// <Plugin notify_event>: where notifications go as events of Graphite. It reads nothing; `notify-event.ts` above sends.

import { bad, good } from '../../base/result.ts';
import type { AskingPlugin } from '../plugin.ts';
import { PAGE_DEFAULTS, type PageOptions } from './page-options.ts';

export const notifyEvent: AskingPlugin<PageOptions> = {
  name: 'notify_event',
  defaults: PAGE_DEFAULTS,
  start: ({ url }) => ({
    read: (done) => done(url === '' ? bad('its block has no URL') : good([])),
    stop() {},
  }),
};
