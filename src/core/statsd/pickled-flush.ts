// A flush as Carbon's pickle port takes it, byte for byte as the real StatsD writes it: protocol 0, which is text.
//
//   a.b 1.5 1700000000     becomes     (l  (S'a.b'  (L1700000000L  S'1.5'  tta  .
//                                      list (name, (time, value as text))       end
//
// The real program writes one frame a flush, which Carbon refuses when it is too long; here a long flush becomes several.

import { encodeUtf8 } from '../base/text.ts';
import { frameOf } from '../carbon/frame.ts';

/** Of the lines for one frame: Carbon takes frames of 1048576 bytes, and a pickle is less than twice as long. */
export const FRAME_LINES_CHARACTERS = 262_144;

/** `text` is whole lines. Gives `write` each frame. */
export function writePickles(text: string, write: (frame: Uint8Array) => void): void {
  for (let start = 0; start < text.length;) {
    const newline = text.lastIndexOf('\n', start + FRAME_LINES_CHARACTERS);
    const end = (newline > start ? newline : text.indexOf('\n', start)) + 1;
    const items = text
      .slice(start, end - 1)
      .split('\n')
      .map(pickledLine);
    write(frameOf(encodeUtf8(`(l${items.join('')}.`)));
    start = end;
  }
}

// Tags that were kept raw may hold blanks: value and time are what stands behind the last two.
function pickledLine(line: string): string {
  const timeAt = line.lastIndexOf(' ');
  const valueAt = line.lastIndexOf(' ', timeAt - 1);
  const name = quotable(line.slice(0, valueAt));
  return `(S'${name}'\n(L${line.slice(timeAt + 1)}L\nS'${line.slice(valueAt + 1, timeAt)}'\ntta`;
}

/** As Python writes it in quotes; the real program leaves it as it is, and Carbon cannot read that. */
function quotable(name: string): string {
  if (/^[ -&(-[\]-~]*$/.test(name)) return name;
  let quoted = '';
  for (const byte of encodeUtf8(name)) {
    const character = String.fromCharCode(byte);
    if (character === "'" || character === '\\') quoted += `\\${character}`;
    else if (byte >= 0x20 && byte < 0x7f) quoted += character;
    else quoted += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return quoted;
}
