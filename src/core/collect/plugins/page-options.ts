// The options that apache and nginx share: which page, and how it is asked for.

import type { PageRequest } from '../../host/outside.ts';

export interface PageOptions {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly verifyPeer: boolean;
  readonly verifyHost: boolean;
  readonly caCert: string;
  /** Milliseconds; 0 stands for the interval. */
  readonly timeout: number;
  readonly socket: string;
}

export const PAGE_DEFAULTS: PageOptions = {
  url: '',
  user: '',
  password: '',
  verifyPeer: true,
  verifyHost: true,
  caCert: '',
  timeout: 0,
  socket: '',
};

export function pageRequest(options: PageOptions, intervalS: number): PageRequest {
  const { timeout, ...rest } = options;
  return { ...rest, timeoutMs: timeout > 0 ? timeout : intervalS * 1000 };
}
