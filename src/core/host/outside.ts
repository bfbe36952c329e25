// The port to what stands beside a host that is watched. Answers arrive later, each once.

import { bad, type Bad, type Result } from '../base/result.ts';

export interface Outside {
  /** The text of a page of a web server. A page that was answered otherwise has its number as `status`: PageRefused. */
  fetchPage(request: PageRequest, done: (page: Result<string>) => void): void;
  /** Starts a program, which may run as long as it likes. */
  runProgram(start: ProgramStart, events: ProgramEvents): RunningProgram;
  /** Reads what is written to a file from now on. */
  follow(path: string): Follower;
  /** Asks a host again and again whether it is there. */
  ping(request: PingRequest, events: PingEvents): RunningProgram;
}

export interface PageRequest {
  readonly url: string;
  /** "" for none. */
  readonly user: string;
  readonly password: string;
  readonly verifyPeer: boolean;
  readonly verifyHost: boolean;
  /** A file with the certificates that are trusted; "" for those of the system. */
  readonly caCert: string;
  readonly timeoutMs: number;
  /** Sent to the page, by POST; without it the page is only read. */
  readonly json?: string;
  /** A unix socket to ask instead of the URL's host; "" for none. */
  readonly socket: string;
}

/** The server answered, but not with a page. */
export interface PageRefused extends Bad {
  /** As HTTP has it: 404. */
  readonly status: number;
}

/** The number of an answer that is no page; null when there was no answer at all. */
export function refusedWith(page: Bad): number | null {
  return 'status' in page ? (page as PageRefused).status : null;
}

export interface ProgramStart {
  readonly program: string;
  readonly args: readonly string[];
  /** Whom it runs as: "user" or "user:group"; "" for who runs the collector. */
  readonly user: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly input?: string;
}

export interface ProgramEvents {
  printed(line: string): void;
  /** A line of standard error. */
  complained(line: string): void;
  /** The last event. `why` is null after an exit code of 0. */
  ended(why: string | null): void;
}

export interface RunningProgram {
  /** SIGTERM. */
  stop(): void;
}

export interface PingRequest {
  readonly host: string;
  readonly intervalS: number;
  readonly timeoutS: number;
  /** Routers that a packet may pass. */
  readonly ttl: number;
  readonly bytes: number;
  /** "" for what the system chooses. */
  readonly sourceAddress: string;
  readonly device: string;
  readonly family: 'any' | 'ipv4' | 'ipv6';
}

export interface PingEvents {
  answered(latencyMs: number): void;
  lost(): void;
  /** The last event. */
  ended(why: string): void;
}

export interface Follower {
  /** Whole lines since the last call. A file that was replaced or cut is read from its beginning. */
  lines(): Result<readonly string[]>;
  close(): void;
}

const WHY = 'this place has neither programs nor files nor web servers';

export const NO_OUTSIDE: Outside = {
  fetchPage: (_, done) => done(bad(WHY)),
  runProgram(_, events) {
    events.ended(WHY);
    return { stop() {} };
  },
  ping(_, events) {
    events.ended(WHY);
    return { stop() {} };
  },
  follow: () => ({ lines: () => bad(WHY), close() {} }),
};
