// Three hints, each of which says more, and then a solution beside the reader's own text.

import { useSignal, type Signal } from '@preact/signals';
import type { ExerciseBlock } from '../../src/lesson/lesson-model.ts';
import { Icon } from '../page/icon.tsx';
import { Listing } from './listing.tsx';

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
            <Listing text={block.solution.code} />
            {changedFiles(block).map(([name, text]) => (
              <>
                <p class="about mono">{name}</p>
                <Listing text={text} />
              </>
            ))}
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

/** Files of the solution that are not as in the starter; a new name is a change too. */
function changedFiles({
  starter,
  solution,
}: ExerciseBlock): readonly (readonly [string, string])[] {
  return Object.entries(solution.files).filter(([name, text]) => starter.files[name] !== text);
}
