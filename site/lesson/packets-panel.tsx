// The panel below a lesson that shows the learner's own packets, one flush later.

import { render } from 'preact';
import type { Packet } from '../../src/python/messages.ts';
import { LabPanel } from '../lab/lab-panel.tsx';
import { makePageStack } from '../lab/page-stack.ts';
import { makeMachineSource, type Source } from '../lab/source.ts';

/** `machineRoot` is the stack that serves the page, or null for one in the page. */
export async function openPanel(
  place: HTMLElement | null,
  machineRoot: string | null,
): Promise<(packet: Packet) => void> {
  const source: Source =
    machineRoot === null
      ? await makePageStack({ warmUpMinutes: 0, rate: 1, hostnames: ['page'] })
      : makeMachineSource(machineRoot);
  if (place !== null)
    render(
      <section class="panel lab-box" aria-label="Your packets">
        <header>
          <h2>Your packets</h2>
          <span class="about">
            {machineRoot === null ? 'StatsD in this page' : 'StatsD on this machine'}
          </span>
        </header>
        <LabPanel source={source} />
      </section>,
      place,
    );
  return (packet) => source.send(packet.to, packet.bytes);
}
