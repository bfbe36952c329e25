// Runs `check` on a lesson that was saved, beside the pages: in a copy of all lessons, so that what it records there
// is for the pages that are open, and recorded.json stays as it is. With `record` in the lessons themselves.

import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';

export interface CheckerOptions {
  readonly root: string;
  readonly content: string;
  readonly record: boolean;
  readonly say: (line: string) => void;
  /** What was found, each as `lessons/07-closures/lesson.md:41: ...`; `isNew` = the pages have to know what was recorded. */
  readonly onDone: (findings: readonly string[], isNew: boolean) => void;
}

/** The page comes first, and a writer may save again soon. */
const WAIT_MS = 1000;

export interface Checker {
  readonly recordedIn: string;
  /** `lessons/07-closures`; what still runs is about an older text, and ended. */
  check(folder: string): void;
  close(): void;
}

export function makeChecker({ root, content, record, say, onDone }: CheckerOptions): Checker {
  const place = record ? content : copyOf(root, content);
  let running: ChildProcess | null = null;
  let waiting: NodeJS.Timeout | undefined;
  return {
    recordedIn: place,
    check(folder) {
      end();
      waiting = setTimeout(() => run(folder), WAIT_MS);
    },
    close() {
      end();
      if (!record) rmSync(place, { recursive: true, force: true });
    },
  };

  function end(): void {
    clearTimeout(waiting);
    running?.kill();
    running = null;
  }

  function run(folder: string): void {
    if (!record)
      cpSync(content + folder, place + folder, {
        recursive: true,
        filter: (path) => !path.endsWith('/recorded.json'),
      });
    const before = recordedOf(folder);
    const args = [`${root}dist/stacklab.js`, 'check', '--json', '--record', folder];
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    const one = spawn(process.execPath, args, { cwd: place, stdio });
    running = one;
    let text = '';
    one.stdout.on('data', (part: Buffer) => (text += part.toString()));
    one.on('close', () => {
      if (running !== one) return;
      running = null;
      const found = readReport(text);
      say(`checked ${folder}: ${found.length} findings`);
      onDone(found, recordedOf(folder) !== before);
    });
  }

  function recordedOf(folder: string): string {
    const path = `${place}${folder}/recorded.json`;
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }
}

/** A folder for as long as this runs, with all lessons and labs, since their links lead from one to the other. */
function copyOf(root: string, content: string): string {
  const cache = `${root}node_modules/.cache/`;
  mkdirSync(cache, { recursive: true });
  const place = `${mkdtempSync(`${cache}dev-`)}/`;
  for (const name of ['lessons', 'labs']) cpSync(content + name, place + name, { recursive: true });
  // A lesson may show a part of our own code.
  for (const name of ['src', 'site', 'test']) symlinkSync(root + name, place + name);
  return place;
}

interface Found {
  readonly file: string;
  readonly line: number | null;
  readonly id: string | null;
  readonly what: string;
}

function readReport(text: string): readonly string[] {
  if (text === '') return ['check ended without a report; run it by hand to see why'];
  const { findings } = JSON.parse(text) as { readonly findings: readonly Found[] };
  return findings.map(({ file, line, id, what }) => {
    const at = line === null ? file : `${file}:${line}`;
    return id === null ? `${at}: ${what}` : `${at}: ${id}: ${what}`;
  });
}
