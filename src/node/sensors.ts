// The sensors that fit this operating system.

import type { Sensors } from '../core/host/sensors.ts';
import { makeLinuxSensors } from './sensors-linux.ts';

export async function makeSensors(
  intervalS: number,
): Promise<{ readonly sensors: Sensors; stop(): void }> {
  if (process.platform === 'linux') return { sensors: makeLinuxSensors(), stop: () => undefined };
  // Loaded only where it is needed: it is half of the program.
  const { makeOtherSensors } = await import('./sensors-other.ts');
  const sensors = makeOtherSensors(intervalS);
  await sensors.start();
  return { sensors, stop: () => sensors.stop() };
}
