// What the steps of an answer come to: the first thing that a reader should know, and what to do next.

import type { Step, Verdict } from '../../src/core/trace/step.ts';

export interface Words {
  readonly summary: string;
  /** What to do now; null when there is nothing to do. */
  readonly next: string | null;
  /** Whether it helps to see a line that is taken. */
  readonly showsLine: boolean;
}

export function wordsOf(steps: readonly Step[]): Words {
  const verdictOf = (stage: string): Verdict | undefined =>
    steps.find((step) => step.stage === stage)?.verdict;
  const came = verdictOf('received') === 'yes';
  if (verdictOf('lost') === 'no')
    return came
      ? say('Some of its points are lost.', 'The steps say how many, why, and what to do.')
      : say(
          'It came, and nothing of it could be taken.',
          'The step “lost” says why. Send it again as it should be:',
          true,
        );
  if (came && verdictOf('slot') === 'yes') return say('It is stored.');
  if (verdictOf('cache') === 'partly')
    return say('It came, and waits to be written.', 'Look again in a few seconds.');
  if (came) return say('It came, and nothing of it is stored.', 'Look again in a few seconds.');
  if (verdictOf('slot') === 'yes')
    return say(
      'It is stored by an earlier run; since this start nothing of it came.',
      'Is its sender still running?',
    );
  if (verdictOf('unread') === 'no')
    return say(
      'Nothing of it came, but something that could not be read.',
      'Is yours among the lines below, with a typo in its name? One that is taken looks like this:',
      true,
    );
  return say('Nothing of it came.', 'Send one, then look again:', true);
}

function say(summary: string, next: string | null = null, showsLine = false): Words {
  return { summary, next, showsLine };
}

/** Of all metrics together. */
export function totalsWords(steps: readonly Step[]): string {
  const isLost = steps.some(({ verdict, stage }) => stage !== 'received' && verdict === 'no');
  return isLost
    ? 'Some of what came is not stored. Give a name to see where the points of one metric are.'
    : 'Nothing that came was lost. Give a name to see where the points of one metric are.';
}

/** A line that Carbon takes, and how a shell sends it where the name means nothing to a shell. */
export function lineFor(metric: string, nowS: number, port: number | null): string {
  if (port === null || !/^[\w.-]+$/.test(metric)) return `${metric} 0.5 ${nowS}`;
  return `echo "${metric} 0.5 $(date +%s)" | nc -u -w0 127.0.0.1 ${port}`;
}
