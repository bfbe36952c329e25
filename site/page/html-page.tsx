// One page of the site as HTML.

import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Document, type DocumentProps } from './document.tsx';

export interface Page {
  readonly path: string;
  /** Rendered when it is asked for: an author looks at one of many. */
  readonly html: () => string;
}

export function page(props: Omit<DocumentProps, 'children'>, children: ComponentChildren): Page {
  const html = (): string =>
    `<!doctype html>\n${renderToString(<Document {...props}>{children}</Document>)}`;
  return { path: props.path, html };
}
