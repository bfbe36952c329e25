// The port through which time arrives. Core never asks the machine for it.

export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Runs `run` once, when the clock reads `timeMs` or later. Never runs it inside this call. */
  at(timeMs: number, run: () => void): Cancel;
}

/** Takes the appointment back. Calling it again, or too late, does nothing. */
export type Cancel = () => void;
