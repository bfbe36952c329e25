// Pieces of the HTML that a lesson's text was compiled to: its first paragraph, its first sentence, its plain words.

const PARAGRAPH = /<p>([\s\S]*?)<\/p>\s*/;
const HEADING = /<h2[^>]*>([\s\S]*?)<\/h2>\s*/;

export interface Split {
  /** What stands inside the element that was taken out; empty where there is none. */
  readonly inner: string;
  readonly rest: string;
}

export function takeParagraph(html: string): Split {
  return take(html, PARAGRAPH);
}

export function takeHeading(html: string): Split {
  return take(html, HEADING);
}

function take(html: string, element: RegExp): Split {
  const found = element.exec(html);
  if (found === null) return { inner: '', rest: html };
  return { inner: found[1] ?? '', rest: html.replace(found[0], '') };
}

export function lastParagraph(html: string): string {
  return [...html.matchAll(new RegExp(PARAGRAPH, 'g'))].at(-1)?.[1] ?? '';
}

/** Without the stop or the colon at its end, as a heading stands; empty where a full stop stands inside of a piece of code. */
export function firstSentence(inner: string): string {
  const sentence = /^[\s\S]*?[.?!](?=\s|$)/.exec(inner)?.[0] ?? inner;
  const opened = sentence.match(/<[^/]/g)?.length ?? 0;
  const closed = sentence.match(/<\//g)?.length ?? 0;
  return opened === closed ? sentence.replace(/[.:]$/, '') : '';
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
};

export function plainWords(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
