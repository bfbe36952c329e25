// What `check` has to say: one finding for each thing that is not as its author wrote it, with its place and with
// what to do about it. Warnings are about the text, and fail nothing.

export interface Finding {
  /** `lessons/07-closures/lesson.md`, as the path was given. */
  readonly file: string;
  /** From 1; null when it is about the whole file. */
  readonly line: number | null;
  /** `in-range`, the id of the activity; null when it has none. */
  readonly id: string | null;
  /** What was expected, what was seen, and what to change. */
  readonly what: string;
}

export interface Report {
  /** Things that were run: programs, tests, wrong answers, tasks. */
  readonly ran: number;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
}

export interface Reporter {
  /** What follows is about this file; `lines` tells where its ids stand. */
  begin(file: string, lines: ReadonlyMap<string, number>): void;
  ran(): void;
  /** Notes a finding unless `holds`. */
  expect(holds: boolean, id: string | null, what: string): void;
  note(line: number, what: string): void;
  warn(line: number, what: string): void;
  report(): Report;
}

export function makeReporter(): Reporter {
  const findings: Finding[] = [];
  const warnings: Finding[] = [];
  let file = '';
  let lines: ReadonlyMap<string, number> = new Map();
  let ran = 0;
  return {
    begin(nextFile, nextLines) {
      file = nextFile;
      lines = nextLines;
    },
    ran: () => void (ran += 1),
    expect(holds, id, what) {
      if (holds) return;
      const line = id === null ? null : (lines.get(id) ?? null);
      findings.push({ file, line, id, what });
    },
    note: (line, what) => void findings.push({ file, line, id: null, what }),
    warn: (line, what) => void warnings.push({ file, line, id: null, what }),
    report: () => ({ ran, findings, warnings }),
  };
}

/** `lessons/07-closures/lesson.md:249: in-range: the solution fails: ...` */
export function findingText({ file, line, id, what }: Finding): string {
  const place = line === null ? file : `${file}:${line}`;
  return id === null ? `${place}: ${what}` : `${place}: ${id}: ${what}`;
}
