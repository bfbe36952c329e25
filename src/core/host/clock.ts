// The port through which time arrives. Core never asks the machine for it.

export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /**
   * Milliseconds since a moment of its own, only forwards and evenly. Somebody may set the clock behind `now` while we
   * run: how long something took or waits is measured with this one, and only a date is asked of `now`.
   */
  steadyMs(): number;
  /**
   * Runs `run` once, when as much time has passed as `now` needs until `timeMs`, though it may be set meanwhile. Never
   * runs it inside this call.
   */
  at(timeMs: number, run: () => void): Cancel;
}

/** Takes the appointment back. Calling it again, or too late, does nothing. */
export type Cancel = () => void;
