// What a page and its stack worker say to each other.

export type ToStack =
  | {
      readonly kind: 'start';
      readonly seed: number;
      readonly startMs: number;
      readonly hostnames: readonly string[];
      /** Null: the usual file. */
      readonly collectdConf: string | null;
      /** Simulated minutes that pass before the page sees anything. */
      readonly warmUpMinutes: number;
      /** Simulated seconds a second; 0 stands still. */
      readonly rate: number;
    }
  | { readonly kind: 'request'; readonly id: number; readonly path: string }
  | {
      readonly kind: 'configure';
      readonly id: number;
      readonly collectdConf: string;
    }
  | { readonly kind: 'send'; readonly to: 'statsd' | 'carbon'; readonly packet: Uint8Array }
  | { readonly kind: 'rate'; readonly rate: number }
  /** Lets this much simulated time pass at once. */
  | { readonly kind: 'step'; readonly stepMs: number };

export type FromStack =
  | { readonly kind: 'ready'; readonly facts: StackFacts }
  | { readonly kind: 'facts'; readonly facts: StackFacts }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly status: number;
      readonly text: string;
    };

/** What a lab shows of the stages, several times a second. */
export interface StackFacts {
  /** Milliseconds since 1970 in the simulated world. */
  readonly nowMs: number;
  readonly nextFlushMs: number;
  readonly metricsReceived: number;
  readonly committedPoints: number;
  readonly collectdConf: string;
  /** Counter buckets since the last flush, as [name, count]. */
  readonly counters: readonly (readonly [string, number])[];
}
