// What the Graphite API computes with: values at equal steps of time.

export type Consolidation = 'average' | 'avg_zero' | 'sum' | 'min' | 'max' | 'first' | 'last';

export interface Series {
  readonly name: string;
  /** The text of the target it came from; functions put their own text around it. */
  readonly pathExpression: string;
  /** Seconds since 1970; the time of values[i] is start + i * step. `end` is not included. */
  readonly start: number;
  readonly end: number;
  readonly step: number;
  /** NaN is a gap and nothing else. */
  readonly values: Float64Array;
  /** The values are ones that Python would hold as ints and print without ".0". */
  readonly whole: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** How values are made fewer when there are more of them than pixels. */
  readonly consolidation: Consolidation;
  readonly xFilesFactor: number;
  /** How a picture shows it; left out: as all others. */
  readonly drawing?: Drawing;
}

/** What functions like color() ask of a picture. */
export interface Drawing {
  readonly color?: string;
  /** 0 is not to be seen, 1 covers what is behind. */
  readonly alpha?: number;
  /** Length of a dash. */
  readonly dashed?: number;
  readonly lineWidth?: number;
  readonly drawAsInfinite?: true;
  readonly secondYAxis?: true;
  /** The area down to the series before it in the picture. */
  readonly stacked?: true;
  /** Only the lower end of an area. */
  readonly invisible?: true;
}
