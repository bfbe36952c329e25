// What the bench sends to a Carbon, so that who looks for it afterwards knows each point: a name, a time and a value from two
// numbers.

import type { Point } from '../../src/core/carbon/point.ts';

export interface Load {
  readonly port: number;
  readonly protocol: Protocol;
  readonly metrics: number;
  /** Of each metric, from the number `firstPoint` on. */
  readonly points: number;
  readonly firstPoint: number;
  /** Time of the point with the number 0. */
  readonly firstS: number;
}

export type Protocol = 'lines' | 'pickles';

export const CONNECTIONS = 4;
/** Of the finest archive. */
export const STEP_S = 10;
const SERVICES_OF_HOST = 100;

export function pointOf(metric: number, k: number, firstS: number): Point {
  return { path: nameOf(metric), time: firstS + k * STEP_S, value: metric + k / 4 };
}

export function nameOf(metric: number): string {
  const host = Math.floor(metric / SERVICES_OF_HOST);
  return `bench.host${host}.service${metric % SERVICES_OF_HOST}.requests`;
}
