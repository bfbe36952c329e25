// A node of write_graphite with a spool: its lines are on the disk before they are sent, and until Carbon has read them.
//
//   lines --gathered for a moment--> 000000000012.txt --sent--> Carbon ends its side of the connection --> removed
//
// What is promised: lines that are in the spool arrive at least once and in their order, whether this process is stopped or killed or the
// power fails. Not yet in it is what was read in the last GATHER_MS. Of an outage, the last day is kept (`flush-queue.ts` has the limits).

import type { Cancel } from '../host/clock.ts';
import type { Disk } from '../host/disk.ts';
import { makeGraphiteSender } from '../statsd/graphite-sender.ts';
import type { Sender, SenderHost } from './write-graphite.ts';
import type { WriteGraphiteNode } from './write-graphite-config.ts';

/** What comes within this time shares a file and a connection: plugins that ask others answer one by one. */
export const GATHER_MS = 100;

/** How long a Carbon that reads slowly may hold up the end; what it did not read waits on the disk. */
const STOP_WAIT_MS_MAX = 2000;

export function makeSpooledSender(
  { clock, net, log }: Omit<SenderHost, 'spoolOf'>,
  node: WriteGraphiteNode,
  spool: Disk,
): Sender {
  const to = { host: node.host, port: node.port };
  let gathered: string[] = [];
  let cancel: Cancel | null = null;
  let sent = 0;
  /** How much Carbon had taken when its absence was told; it is told again only after it took more. */
  let takenWhenTold: number | null = null;

  const sender = makeGraphiteSender(
    net,
    clock,
    { to, protocol: 'text', spool },
    {
      failed(why) {
        if (!node.logSendErrors || takenWhenTold === sender.counts.sent) return;
        takenWhenTold = sender.counts.sent;
        log.say('warning', `Carbon does not answer: ${why}. The readings wait in the spool.`, to);
      },
      lost: (files) =>
        log.say('warning', 'The spool is full: its oldest files were given up for newer ones.', {
          ...to,
          files,
        }),
      notKept: (why) =>
        log.say('warning', `The spool did not take readings; they wait in memory. ${why}.`, to),
    },
  );

  function handOver(): void {
    cancel = null;
    sent += gathered.length;
    sender.send(gathered.join(''));
    gathered = [];
  }

  return {
    send(lines) {
      gathered.push(...lines);
      if (lines.length > 0) cancel ??= clock.at(clock.now() + GATHER_MS, handOver);
    },
    sent: () => sent,
    dropped: () => sender.counts.lost,
    waiting: () => sender.counts.waiting,
    unsaved: () => 0,
    close(done) {
      cancel?.();
      if (gathered.length > 0) handOver();
      sender.end(STOP_WAIT_MS_MAX, () => {
        const { waiting } = sender.counts;
        if (waiting > 0)
          log.say('info', 'Readings wait for Carbon in the spool.', { ...to, files: waiting });
        done();
      });
    },
  };
}
