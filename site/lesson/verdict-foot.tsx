// What came of a check: the call that failed with what it gave and what is asked for, or that all passed.

import type { Failure, Verdict } from '../../src/python/verdict.ts';
import { Icon } from '../page/icon.tsx';
import { ordinal } from '../page/ordinal.ts';
import { inCode } from './cell-foot.tsx';

interface VerdictFootProps {
  readonly verdict: Verdict;
  readonly tries: number;
  readonly words: string | null;
  /** How many broken versions the answer has to notice; null for another kind of exercise. */
  readonly mutants: number | null;
}

export function VerdictFoot({ verdict, tries, words, mutants }: VerdictFootProps) {
  const { passed, first } = verdict;
  const isMissed = mutants !== null && first !== null && brokenVersion(verdict, mutants) > 0;
  return (
    <div class="cell-foot" data-state={passed ? 'passed' : 'failed'} role="status">
      {isMissed && <Missed failure={first} version={brokenVersion(verdict, mutants)} />}
      {first !== null && !isMissed && <FailedCall failure={first} />}
      {first !== null && words !== null && (
        // Compiled from lesson.md with HTML switched off.
        <p class="foreseen" dangerouslySetInnerHTML={{ __html: words }} />
      )}
      <p class="cell-says">
        {passed && <Icon name="check" />}
        <strong>{countWords(verdict, mutants)}</strong>
        <span class="about">{`${ordinal(tries)} try`}</span>
      </p>
    </div>
  );
}

function countWords(verdict: Verdict, mutants: number | null): string {
  const { passedCount, total, first } = verdict;
  if (mutants === null) return `${passedCount} of ${total} checks passed`;
  if (first !== null && brokenVersion(verdict, mutants) < 1)
    return 'A version that is right was refused';
  return `${passedCount - (total - mutants)} of ${mutants} broken versions caught`;
}

/** Which broken version came through, from 1; below that, a right version was refused: those come first. */
function brokenVersion({ first, total }: Verdict, mutants: number): number {
  return first === null ? 0 : first.index + 1 - (total - mutants);
}

/** A broken version that the reader's asserts let pass. It is not shown: finding it is the task. */
function Missed({ failure, version }: { failure: Failure; version: number }) {
  return (
    <div class="failed-call">
      <p>{`Broken version ${version} was let pass: no assert noticed anything.`}</p>
      {failure.why !== null && <p>{inCode(failure.why)}</p>}
    </div>
  );
}

function FailedCall({ failure }: { failure: Failure }) {
  const { call, isRule, setup, came, asked, why, where } = failure;
  return (
    <div class="failed-call">
      <dl>
        {setup !== null && (
          <>
            <dt>Before</dt>
            <dd>
              <code>{setup}</code>
            </dd>
          </>
        )}
        <dt>{call === null ? 'The program' : 'You called'}</dt>
        <dd>
          <code>{call ?? (isRule ? 'was read' : 'was run')}</code>
        </dd>
        <dt>{isRule ? 'It has' : 'It gave'}</dt>
        <dd>
          <code>{came}</code>
          {where !== null && ` in ${where}`}
        </dd>
        <dt>The task asks for</dt>
        <dd>
          <code>{asked}</code>
        </dd>
      </dl>
      {why !== null && <p>{why}</p>}
    </div>
  );
}
