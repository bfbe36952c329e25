// Where a page gets its series from: the stack of this machine, or one that runs in the page.

export interface Source {
  readonly place: 'page' | 'machine';
  /** One request of Graphite's API; `path` begins with "/". */
  request(path: string): Promise<Answer>;
  /** Sends one packet, as a program on this host would. */
  send(to: 'statsd' | 'carbon', packet: Uint8Array): void;
  /** Milliseconds since 1970 by the clock of that stack. */
  now(): number;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The stack that serves this page. */
export function makeMachineSource(siteRoot: string): Source {
  return {
    place: 'machine',
    async request(path) {
      const answer = await fetch(siteRoot + path.slice(1));
      return { status: answer.status, text: await answer.text() };
    },
    send(to, packet) {
      // A packet that cannot be sent is lost, as UDP packets are; the page learns it from the panel.
      void fetch(`${siteRoot}stacklab/send?to=${to}`, {
        method: 'POST',
        body: packet.slice(),
      }).catch(() => undefined);
    },
    now: () => Date.now(),
  };
}
