// What Python says about a program while it is typed: a list under it, which leads to the lines.

import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Problem } from '../../src/python/messages.ts';
import type { PagePython } from './python.ts';

/** A reader who types is not told that the line is not finished. */
const PAUSE_MS = 700;

/** The problems of the text that was typed last; none of a text as it came. */
export function useProblems(
  code: Signal<string>,
  file: string,
  python: PagePython,
): readonly Problem[] {
  const found = useSignal<readonly Problem[]>([]);
  const asItCame = useRef(code.peek());
  useSignalEffect(() => {
    const text = code.value;
    if (text === asItCame.current) found.value = [];
    if (text === asItCame.current || !file.endsWith('.py')) return;
    const timer = setTimeout(() => void look(text), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return found.value;

  async function look(text: string): Promise<void> {
    const problems = await python.problems(text).catch(() => []);
    if (code.peek() === text) found.value = problems;
  }
}

interface ProblemListProps {
  readonly id: string;
  readonly problems: readonly Problem[];
  readonly go: (problem: Problem) => void;
}

/** Always there, so that a screen reader hears what comes into it. */
export function ProblemList({ id, problems, go }: ProblemListProps) {
  return (
    <div class="problems" id={id} role="status">
      {problems.length > 0 && (
        <ul aria-label="Problems">
          {problems.map((each) => (
            <li>
              <button type="button" onClick={() => go(each)}>
                <strong>{`Line ${each.line}:`}</strong>
                {` ${each.message}`}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
