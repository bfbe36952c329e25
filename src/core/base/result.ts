// A result of something that may fail for reasons outside the program: bad input, a full disk, a port
// in use. Bugs are not results: they are asserts.

export type Result<T> = Good<T> | Bad;

export interface Good<T> {
  readonly ok: true;
  readonly value: T;
}

/** `why` is one sentence that shows what was received and, where it helps, what to do next. */
export interface Bad {
  readonly ok: false;
  readonly why: string;
}

export function good<T>(value: T): Good<T> {
  return { ok: true, value };
}

export function bad(why: string): Bad {
  return { ok: false, why };
}
