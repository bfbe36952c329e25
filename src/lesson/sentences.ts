// Paragraphs and sentences of a lesson's Markdown, for the rules that count them.

export interface Paragraph {
  /** From 1, in the file. */
  readonly line: number;
  readonly text: string;
}

/** Prose, list items, and the fences that hold prose: hints and feedback. */
export function paragraphsOf(source: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let open: { line: number; texts: string[] } | null = null;
  let fence: 'none' | 'prose' | 'code' = 'none';
  const close = (): void => {
    if (open !== null) paragraphs.push({ line: open.line, text: open.texts.join(' ') });
    open = null;
  };
  const start = source.startsWith('---') ? source.indexOf('\n---\n', 3) : -1;
  const skipped = start < 0 ? 0 : source.slice(0, start + 5).split('\n').length - 1;
  source.split('\n').forEach((text, index) => {
    if (index < skipped) return;
    if (text.startsWith('```')) {
      close();
      fence = fence !== 'none' ? 'none' : /^```(?:hint|feedback )/.test(text) ? 'prose' : 'code';
    } else if (fence === 'code') return;
    else if (text.trim() === '' || /^(?:#|:::|\|)/.test(text)) close();
    else {
      if (/^\s*(?:[-*]|\d+\.) /.test(text)) close();
      open ??= { line: index + 1, texts: [] };
      open.texts.push(text.trim());
    }
  });
  close();
  return paragraphs;
}

/** A paragraph without its marks; a piece of code is one word, however long it is. */
export function plainText(text: string): string {
  return text
    .replace(/`[^`]*`/g, 'code')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\]\([^)]*\)/g, ']');
}

export function sentencesIn(plain: string): readonly string[] {
  return plain.split(/(?<=[.?!:])\s+(?=[A-Z"“[])/);
}

export function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
}

/** The text from this line to the next empty one or the next fence. */
export function sentenceOf(lines: readonly string[], from: number): string {
  const rest = lines.slice(from);
  const first = rest.findIndex((line) => line.trim() !== '');
  const end = rest.findIndex((line, at) => at > first && /^(?:$|```|:::)/.test(line));
  return rest.slice(Math.max(first, 0), end < 0 ? undefined : end).join(' ');
}
