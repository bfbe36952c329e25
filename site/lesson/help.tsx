// Three hints, each of which says more, and then a solution beside the reader's own text.

import { useSignal, type Signal } from '@preact/signals';
import { colorLines } from '../../src/lesson/colors.ts';
import type { ExerciseBlock } from '../../src/lesson/lesson-model.ts';
import { Icon } from '../page/icon.tsx';

interface HelpProps {
  readonly block: ExerciseBlock;
  readonly showSolution: () => void;
}

export function Help({ block, showSolution }: HelpProps) {
  const hints = useSignal(0);
  const isSolved = useSignal(false);
  return (
    <>
      {hints.value < block.hints.length ? (
        <button type="button" class="button quiet" onClick={() => (hints.value += 1)}>
          <Icon name="lightbulb" />
          {`Hint ${hints.value + 1} of ${block.hints.length}`}
        </button>
      ) : (
        !isSolved.value && (
          <button type="button" class="button quiet" onClick={() => show(isSolved)}>
            Show a solution
          </button>
        )
      )}
      <div class="hints" role="status">
        {block.hints.slice(0, hints.value).map((hint, index) => (
          <p
            key={index}
            class="hint"
            // Compiled from lesson.md with HTML switched off.
            dangerouslySetInnerHTML={{ __html: `<b>Hint ${index + 1}.</b> ${hint}` }}
          />
        ))}
        {isSolved.value && (
          <div class="solution">
            <p>One solution. Your own text above stays as it is.</p>
            <pre class="code-lines">
              {colorLines(block.solution).map((words) => (
                <span class="line">
                  {words.map(({ kind, text }) => (
                    <span class={`w-${kind}`}>{text}</span>
                  ))}
                  {'\n'}
                </span>
              ))}
            </pre>
          </div>
        )}
      </div>
    </>
  );

  function show(signal: Signal<boolean>): void {
    signal.value = true;
    showSolution();
  }
}
