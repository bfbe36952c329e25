// The table of a grid: its squares in rows, with a thick line around each box.

import type { ComponentChildren } from 'preact';
import { squareName } from '../../../src/python/search-tree.ts';

export interface DrawnSquare {
  /** How it looks: `is-open`, `is-full`. */
  readonly look: string;
  readonly content: ComponentChildren;
}

export function Squares({ size, square }: { size: number; square: (at: number) => DrawnSquare }) {
  const numbers = Array.from({ length: size }, (_, at) => at);
  return (
    <table class="squares" data-size={size}>
      <tbody>
        {numbers.map((row) => (
          <tr>
            {numbers.map((column) => {
              const at = row * size + column;
              const { look, content } = square(at);
              return (
                <td class={look}>
                  <span class="visually-hidden">{`${squareName(at, size)}: `}</span>
                  {content}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
