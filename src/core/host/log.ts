// The port for facts an operator may want to read.

export type Level = 'info' | 'warning' | 'error';

export interface Log {
  /** `text` is a short sentence; `facts` are the values it is about, shown beside it. */
  say(level: Level, text: string, facts?: Readonly<Record<string, string | number>>): void;
}
