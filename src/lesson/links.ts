// Links of a lesson, written so that they work on GitHub too:
//
//   ../09-recursion/lesson.md#call-tree      a page of a lesson     ../../recursion/call-tree/
//   ../../labs/01-first-heartbeat/lab.md    a lab                  ../../../labs/collectd-plugins/
//   https://docs.python.org/...              elsewhere, as it is

const LESSON = /^\.\.\/(\d\d-([\w-]+))\/lesson\.md#([\w-]+)$/;
const LAB = /^\.\.\/\.\.\/labs\/(\d\d-([\w-]+))\/lab\.md$/;

/** What a link leads to; null for one that has no place here. */
export type LinkTarget =
  | { readonly kind: 'lesson'; readonly folder: string; readonly id: string; readonly page: string }
  | { readonly kind: 'lab'; readonly folder: string }
  | { readonly kind: 'web' };

export function linkTarget(href: string): LinkTarget | null {
  if (/^https:\/\/[\w.-]+(?:\/|$)/.test(href)) return { kind: 'web' };
  const lesson = LESSON.exec(href);
  if (lesson !== null) {
    const [, folder = '', id = '', page = ''] = lesson;
    return { kind: 'lesson', folder, id, page };
  }
  const lab = LAB.exec(href);
  return lab === null ? null : { kind: 'lab', folder: lab[1] ?? '' };
}

/** The same link in a page of the site; one that has no place here stays, and `check` names it. */
export function pageLink(href: string): string {
  const target = linkTarget(href);
  if (target?.kind === 'lesson') return `../../${target.id}/${target.page}/`;
  if (target?.kind === 'lab') return `../../../labs/${target.folder.slice('00-'.length)}/`;
  return href;
}

/** Every link of a Markdown text with its line, from 1. Fences hold programs, not links. */
export function linksIn(
  source: string,
): readonly { readonly href: string; readonly line: number }[] {
  let isFence = false;
  return source.split('\n').flatMap((text, index) => {
    if (text.startsWith('```')) isFence = !isFence;
    if (isFence) return [];
    return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, href = '']) => ({
      href,
      line: index + 1,
    }));
  });
}
