// One value and when it was: what goes into a Whisper file.

export interface TimedValue {
  /** Whole seconds since 1970. */
  readonly time: number;
  readonly value: number;
}
