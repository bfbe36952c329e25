// The HTML of a compiled lesson as Markdown again, for a notebook: only the tags that markdown-it makes of a lesson.
// Links lose their address: outside of the site they would lead nowhere, but for those to other sites.

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/<pre[^>]*><code[^>]*>([\s\S]*?)<\/code><\/pre>/g, '\n```\n$1```\n\n'],
  [/<a href="(https?:[^"]*)">([\s\S]*?)<\/a>/g, '[$2]($1)'],
  [/<h2>([\s\S]*?)<\/h2>/g, '## $1\n\n'],
  [/<\/?code>/g, '`'],
  [/<\/?em>/g, '_'],
  [/<\/?strong>/g, '**'],
  [/<li>\s*(?:<p>)?/g, '- '],
  [/<\/p>\s*(?=<\/li>)/g, ''],
  [/<\/li>\s*/g, '\n'],
  [/<\/(?:p|ul|ol|blockquote)>\s*/g, '\n\n'],
  [/<[^>]+>/g, ''],
  [/&lt;/g, '<'],
  [/&gt;/g, '>'],
  [/&quot;/g, '"'],
  [/&amp;/g, '&'],
  [/\n{3,}/g, '\n\n'],
];

export function asMarkdown(html: string): string {
  return MARKS.reduce((text, [mark, by]) => text.replace(mark, by), html).trim();
}
