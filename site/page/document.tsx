// The frame round every page: head, top bar, main, foot. Rendered when the site is built.

import type { ComponentChildren } from 'preact';
import { PAGE_POLICY } from '../../src/api/headers.ts';
import { Icon } from './icon.tsx';
import { Logo } from './logo.tsx';

export type Section = 'course' | 'labs' | 'dashboard' | 'glossary';

export interface DocumentProps {
  /** Path of the page below the root of the site: "" or "labs/first-heartbeat/". */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly section: Section | null;
  /** Entry modules of this page, below site/page/. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  /** The theme of a reader who chose none; null follows the system. */
  readonly usualTheme?: 'dark';
  readonly children: ComponentChildren;
}

/** "../../" for a page two folders deep: every link is relative, so the site works under any path. */
export function rootOf(path: string): string {
  return '../'.repeat(path.split('/').length - 1) || './';
}

export function Document(props: DocumentProps) {
  const root = rootOf(props.path);
  const link = (section: Section, href: string, name: string) => (
    <li>
      <a href={root + href} aria-current={props.section === section ? 'true' : undefined}>
        {name}
      </a>
    </li>
  );
  return (
    <html lang="en" data-root={root} data-usual-theme={props.usualTheme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={META_POLICY} />
        <title>{props.title}</title>
        <meta name="description" content={props.description} />
        <link rel="icon" href={`${root}icon.svg`} />
        {FONTS.map((href) => (
          <link rel="preload" href={href} as="font" type="font/woff2" crossorigin="anonymous" />
        ))}
        <script src={`${root}theme.js`} vite-ignore />
        {['main.css', ...props.styles].map((name) => (
          <link rel="stylesheet" href={`/site/style/${name}`} />
        ))}
        {['shell.ts', ...props.scripts].map((name) => (
          <script type="module" src={`/site/page/${name}`} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href={root} aria-label="Stacklab, home">
            <Logo />
            <span class="name">Stacklab</span>
          </a>
          <nav aria-label="Parts of the site">
            <ul>
              {link('course', '#course', 'Course')}
              {link('labs', '#labs', 'Labs')}
              {link('dashboard', 'dashboards/host/', 'Dashboard')}
              {link('glossary', 'glossary/', 'Words')}
            </ul>
          </nav>
          <div class="end">
            <span class="status" id="python-status" />
            <span class="status" id="stack-status" />
            <button type="button" class="button quiet only-icon" id="theme" hidden>
              <Icon name="sunMoon" />
              <span class="visually-hidden">Light or dark</span>
            </button>
          </div>
        </header>
        <main id="main" tabindex={-1}>
          {props.children}
        </main>
        <footer class="foot">
          <span>Stacklab is free and open. Teaching data, not for care.</span>
          <span aria-live="polite" id="progress-message" />
          <nav aria-label="About this site" id="progress" hidden>
            <button type="button" id="progress-export">
              Export my progress
            </button>
            <button type="button" id="progress-import">
              Import progress
            </button>
          </nav>
        </footer>
      </body>
    </html>
  );
}

// For hosts that send no headers. frame-ancestors is left out: a page may not say it of itself.
const META_POLICY = PAGE_POLICY.replace("; frame-ancestors 'none'", '');

const FONTS = [
  '/node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  '/node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
];
