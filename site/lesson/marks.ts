// Which lines of a program are marked, and why: the same for the still text and for the editor.

export type MarkKind = 'now' | 'caller' | 'last' | 'error';

/** Line number (from 1) -> its mark. */
export type Marks = ReadonlyMap<number, MarkKind>;

export const NO_MARKS: Marks = new Map();
