// What a reader types to a question about a picture, in the form in which it is compared and kept.

/** A count in digits, without noughts in front; a text as Python shows it. Null when a count was asked and is none. */
export function typedAnswer(text: string, isCount: boolean): string | null {
  const typed = text.trim();
  if (isCount) return /^\d{1,9}$/.test(typed) ? String(Number(typed)) : null;
  if (typed === '') return null;
  // Python writes 'Ada' and [1, 2]; "Ada" and [1,2] say the same.
  return typed.replaceAll('"', "'").replace(/\s*,\s*/g, ', ');
}
