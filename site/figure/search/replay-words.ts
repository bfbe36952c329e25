// A replay in words: which call begins, what changed since the one before, and the grid.

import type { Replay, ReplaySquare, ReplayStop } from '../../../src/python/replay.ts';
import { squareName } from '../../../src/python/search-tree.ts';
import { valueText } from '../cut.ts';

export function replaySentence({ name, calls, stops }: Replay, at: number): string {
  const stop = stops[at];
  if (stop === undefined) return '';
  const { call, value, error } = stop;
  const left = error === null ? '' : ` Before, a call was left by ${error.type}: ${error.message}.`;
  if (call !== null)
    return `Call ${call.number} of ${calls.length}${call.told === '' ? '' : `: ${valueText(call.told)}`}.${left}`;
  if (value !== null) return `After the last call of ${name}, which gave back ${valueText(value)}.`;
  return `${name} was left by ${error?.type}: ${error?.message}.`;
}

export function replayAsText(replay: Replay, at: number): readonly string[] {
  const { size, calls, stops } = replay;
  const stop = stops[at];
  if (stop === undefined) return [];
  const { squares, call } = stop;
  return [
    replaySentence(replay, at),
    ...(at === 0 ? [] : changesInWords(stop, size)),
    'The grid, row by row, with what is still possible:',
    ...Array.from({ length: size }, (_, row) =>
      squares
        .slice(row * size, (row + 1) * size)
        .map(({ marks }) => (marks === '' ? 'none' : marks))
        .join(' '),
    ),
    ...calls
      .filter(({ number }) => call === null || number <= call.number)
      .map(({ number, told }) => `Call ${number}: ${valueText(told)}.`),
  ];
}

/** One sentence for each digit, which is mostly struck in many squares at once. */
function changesInWords({ squares }: ReplayStop, size: number): readonly string[] {
  const names = (is: (square: ReplaySquare) => boolean): string =>
    squares.flatMap((square, at) => (is(square) ? [squareName(at, size)] : [])).join(', ');
  const digits = Array.from({ length: size }, (_, at) => String(at + 1));
  const settled = names(({ isNewlySettled }) => isNewlySettled);
  const empty = names(({ marks, struck }) => marks === '' && struck !== '');
  const said = [
    ...digits.map((digit) => [`${digit} struck in `, names((each) => each.struck.includes(digit))]),
    ...digits.map((digit) => [`${digit} new in `, names((each) => each.added.includes(digit))]),
    ['Settled: ', settled],
    ['No digit is left in ', empty],
  ].flatMap(([words = '', where = '']) => (where === '' ? [] : [`${words}${where}.`]));
  return said.length > 0
    ? ['Since the call before:', ...said]
    : ['Nothing changed since the call before.'];
}

/** A square for those who hear it: `1 4, struck 2 3`. */
export function squareWords({ marks, struck }: ReplaySquare): string {
  const left = marks === '' ? 'none' : marks.split('').join(' ');
  return struck === '' ? left : `${left}, struck ${struck.split('').join(' ')}`;
}
