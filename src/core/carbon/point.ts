// One measured value on its way to a file.

/** `path` is the metric name, "a.b.c" or "a.b.c;tag=value"; `time` in seconds since 1970. */
export interface Point {
  readonly path: string;
  readonly value: number;
  readonly time: number;
}
