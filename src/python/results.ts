// What a run or a grading comes to, from the worker's answer or from its silence.

import type {
  CheckTest,
  FromPython,
  GradedMessage,
  Outcome,
  OutputPiece,
  RunEnding,
  RunStats,
} from './messages.ts';
import type { Trace } from './trace.ts';
import { judge, type Verdict } from './verdict.ts';
import { endingWords, type EndingFacts } from './words.ts';

export interface RunResult {
  readonly ending: RunEnding;
  readonly output: readonly OutputPiece[];
  /** All output as one text. */
  readonly text: string;
  readonly trace: Trace | null;
  readonly stats: RunStats;
}

export interface GradeResult {
  readonly verdict: Verdict;
  readonly outcomes: readonly Outcome[];
  readonly stats: RunStats;
}

/** What came of a job: a message of the worker, or the end of the worker. */
export type Answer =
  | { readonly kind: 'message'; readonly message: FromPython }
  | { readonly kind: 'ended'; readonly ending: RunEnding; readonly tookMs: number };

export const noStats: RunStats = { tookMs: 0, lines: 0, characters: 0 };

export function makeEnding(
  how: RunEnding['how'],
  stage: EndingFacts['stage'],
  line: number | null,
  stats: RunStats,
  why = '',
): RunEnding {
  const loudest = { loudestLine: null, loudestPercent: 0 };
  const words = endingWords({ how, stage, line, ...stats, ...loudest, why });
  return { how, words, line, error: null, exitCode: null };
}

export function runResult(answer: Answer, output: readonly OutputPiece[]): RunResult {
  const text = output.map((piece) => piece.text).join('');
  if (answer.kind === 'message' && answer.message.kind === 'done') {
    const { ending, trace, stats } = answer.message;
    return { ending, output, text, trace, stats };
  }
  const ending =
    answer.kind === 'ended' ? answer.ending : makeEnding('crashed', 'ended', null, noStats);
  const tookMs = answer.kind === 'ended' ? answer.tookMs : 0;
  return { ending, output, text, trace: null, stats: { ...noStats, tookMs } };
}

export function gradeResult(answer: Answer, tests: readonly CheckTest[]): GradeResult {
  if (answer.kind === 'message' && answer.message.kind === 'graded') {
    const { outcomes, stats } = answer.message;
    return { verdict: judge(tests, outcomes), outcomes, stats };
  }
  // Which test hung is not known: the first is called too slow, the others were not run.
  const how = answer.kind === 'ended' ? gradeHow(answer.ending.how) : 'crashed';
  const outcomes = tests.map((_, index): Outcome => ({
    how: index === 0 ? how : 'not-run',
    during: 'program',
    value: null,
    expected: null,
    printed: '',
    error: null,
  }));
  const tookMs = answer.kind === 'ended' ? answer.tookMs : 0;
  return { verdict: judge(tests, outcomes), outcomes, stats: { ...noStats, tookMs } };
}

/** The grader does not know who stopped it, and calls every stop a limit of time. */
export function stoppedGrading(message: GradedMessage): GradedMessage {
  const outcomes = message.outcomes.map((each): Outcome =>
    each.how === 'time-limit' ? { ...each, how: 'stopped' } : each,
  );
  return { ...message, outcomes };
}

function gradeHow(how: RunEnding['how']): Outcome['how'] {
  return how === 'stopped' || how === 'crashed' ? how : 'time-limit';
}
