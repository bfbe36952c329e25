// What a program sends to StatsD or Carbon goes to the stack that serves the page, or to one in the page.
// Both are asked for only when a first packet comes.

import type { Packet } from '../../src/python/messages.ts';
import { servedByStack, siteRoot } from '../page/place.ts';

export interface Packets {
  send(packet: Packet): void;
}

/** Draws a panel of what arrives into `place`, once something was sent. */
export function makePackets(place: HTMLElement | null): Packets {
  let opened: Promise<(packet: Packet) => void> | null = null;
  return {
    send(packet) {
      opened ??= import('./packets-panel.tsx').then(({ openPanel }) =>
        openPanel(place, servedByStack ? siteRoot : null),
      );
      void opened.then((send) => send(packet));
    },
  };
}
