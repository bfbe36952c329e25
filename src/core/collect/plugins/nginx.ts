// What nginx's page stub_status tells: nginx/nginx_connections-active, nginx/nginx_requests.
//
//   Active connections: 3
//   server accepts handled requests
//    70 70 212
//   Reading: 0 Writing: 1 Waiting: 2

import { bad, good, type Result } from '../../base/result.ts';
import type { AskingPlugin } from '../plugin.ts';
import { valueList, type TypeName, type ValueList } from '../value-list.ts';
import { PAGE_DEFAULTS, pageRequest, type PageOptions } from './page-options.ts';

export const nginx: AskingPlugin<PageOptions> = {
  name: 'nginx',
  defaults: PAGE_DEFAULTS,
  start(options, { outside, intervalS }) {
    return {
      read(done) {
        if (options.url === '') return done(bad('its block has no URL'));
        outside.fetchPage(pageRequest(options, intervalS), (page) =>
          done(page.ok ? readStubStatus(page.value) : page),
        );
      },
      stop() {},
    };
  },
};

export function readStubStatus(page: string): Result<readonly ValueList[]> {
  const numbers = (pattern: RegExp): readonly number[] =>
    (pattern.exec(page) ?? []).slice(1).map(Number);
  const [active] = numbers(/Active connections:\s*(\d+)/);
  const [accepted = NaN, handled = NaN, requests = NaN] = numbers(/^\s*(\d+)\s+(\d+)\s+(\d+)/m);
  const [reading = NaN, writing = NaN, waiting = NaN] = numbers(
    /Reading:\s*(\d+)\s+Writing:\s*(\d+)\s+Waiting:\s*(\d+)/,
  );
  if (active === undefined) return bad('the page is not that of stub_status');
  const list = (type: TypeName, typeInstance: string, value: number): ValueList =>
    valueList({ plugin: 'nginx', type, typeInstance }, value);
  return good([
    list('nginx_connections', 'active', active),
    list('connections', 'accepted', accepted),
    list('connections', 'handled', handled),
    list('connections', 'failed', accepted - handled),
    list('nginx_requests', '', requests),
    list('nginx_connections', 'reading', reading),
    list('nginx_connections', 'writing', writing),
    list('nginx_connections', 'waiting', waiting),
  ]);
}
