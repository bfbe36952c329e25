// The board of a Parsons problem: lines to choose from, and the program that is put together from them.
//
// With the mouse or by touch: the buttons. With keys: the same buttons, or on a line of the program the arrow
// keys to move it and Delete to take it out.

import { useSignal, type Signal } from '@preact/signals';
import { colorLines } from '../../src/lesson/colors.ts';
import type { Piece } from '../../src/lesson/lesson-model.ts';
import { Icon } from '../page/icon.tsx';

interface PieceBoardProps {
  readonly pieces: readonly Piece[];
  /** The program that is put together, line by line. */
  readonly code: Signal<string>;
}

export function PieceBoard({ pieces, code }: PieceBoardProps) {
  const says = useSignal('');
  const chosen = chosenFrom(pieces, code.value);
  const left = pieces.map((_, at) => at).filter((at) => !chosen.includes(at));
  return (
    <div class="piece-board">
      <section aria-label="Lines to choose from">
        <h3>Lines to choose from</h3>
        <ul>
          {left.map((at) => (
            <li key={at} class="piece">
              <Line text={pieces[at]?.text ?? ''} />
              <button type="button" class="button quiet" onClick={() => add(at)}>
                Add
                <span class="visually-hidden">{`: ${pieces[at]?.text.trim() ?? ''}`}</span>
              </button>
            </li>
          ))}
        </ul>
        {left.length === 0 && <p class="about">All lines are in the program.</p>}
      </section>
      <section aria-label="Your program">
        <h3>Your program</h3>
        <ol>
          {chosen.map((at, place) => (
            <li
              key={at}
              class="piece is-chosen"
              tabIndex={0}
              aria-label={`Line ${place + 1}: ${pieces[at]?.text.trim() ?? ''}`}
              onKeyDown={(event) => onKey(event, place)}
            >
              <Line text={pieces[at]?.text ?? ''} />
              <span class="piece-buttons">
                <PieceButton icon="chevronUp" name="Move up" act={() => move(place, -1)} />
                <PieceButton icon="chevronDown" name="Move down" act={() => move(place, 1)} />
                <PieceButton icon="x" name="Take out" act={() => remove(place)} />
              </span>
            </li>
          ))}
        </ol>
        {chosen.length === 0 && <p class="about">Add the first line.</p>}
      </section>
      <p role="status" class="visually-hidden">
        {says.value}
      </p>
    </div>
  );

  function set(next: readonly number[], words: string): void {
    code.value = next.map((at) => pieces[at]?.text ?? '').join('\n');
    says.value = words;
  }

  function add(at: number): void {
    set([...chosen, at], `Added as line ${chosen.length + 1}.`);
  }

  function remove(place: number): void {
    set(
      chosen.filter((_, other) => other !== place),
      `Line ${place + 1} is taken out.`,
    );
  }

  function move(place: number, by: number): void {
    const to = place + by;
    const [one, two] = [chosen[place], chosen[to]];
    if (one === undefined || two === undefined) return;
    const next = [...chosen];
    next[place] = two;
    next[to] = one;
    set(next, `Moved to line ${to + 1}.`);
  }

  function onKey(event: KeyboardEvent, place: number): void {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'ArrowUp') move(place, -1);
    else if (event.key === 'ArrowDown') move(place, 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(place);
    else return;
    event.preventDefault();
  }
}

interface PieceButtonProps {
  readonly icon: 'chevronUp' | 'chevronDown' | 'x';
  readonly name: string;
  readonly act: () => void;
}

function PieceButton({ icon, name, act }: PieceButtonProps) {
  return (
    <button type="button" class="button quiet only-icon" title={name} onClick={act}>
      <Icon name={icon} />
      <span class="visually-hidden">{name}</span>
    </button>
  );
}

function Line({ text }: { text: string }) {
  return (
    <code>
      {(colorLines(text)[0] ?? []).map((word) =>
        word.kind === 'plain' ? word.text : <span class={`w-${word.kind}`}>{word.text}</span>,
      )}
    </code>
  );
}

/** Which pieces a program is made of, in its order; a piece is used once. */
export function chosenFrom(pieces: readonly Piece[], code: string): readonly number[] {
  const chosen: number[] = [];
  if (code === '') return chosen;
  for (const line of code.split('\n')) {
    const at = pieces.findIndex(({ text }, each) => text === line && !chosen.includes(each));
    if (at >= 0) chosen.push(at);
  }
  return chosen;
}
