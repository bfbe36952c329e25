// What `check` has to say: one finding for each thing that is not as its author wrote it.

export interface Finding {
  /** `closures/in-range`, or the file. */
  readonly where: string;
  /** What was expected, and what was seen. */
  readonly what: string;
}

export interface Report {
  /** Things that were run: programs, tests, wrong answers, tasks. */
  readonly ran: number;
  readonly findings: readonly Finding[];
}

export interface Reporter {
  ran(): void;
  /** Notes a finding unless `holds`. */
  expect(holds: boolean, where: string, what: string): void;
  report(): Report;
}

export function makeReporter(): Reporter {
  const findings: Finding[] = [];
  let ran = 0;
  return {
    ran: () => void (ran += 1),
    expect(holds, where, what) {
      if (!holds) findings.push({ where, what });
    },
    report: () => ({ ran, findings }),
  };
}
