// The port to what this process costs its machine. A page cannot tell.

export interface Usage {
  /** Time that processors spent on this process so far. */
  cpuMs(): number;
  /** Memory that it holds now. */
  memoryBytes(): number;
  /** A clock that only goes forward, for what takes less than a millisecond. */
  elapsedMs(): number;
}
