// Frames over TCP: how Carbon sends pickles.
//
//   +-------------------+------------------+-------------------+--
//   | length u32, big-  | that many bytes  | length of the     | ...
//   | endian            |                  | next frame        |
//   +-------------------+------------------+-------------------+--

import { partOf } from '../base/bytes.ts';
import { bad, good, type Result } from '../base/result.ts';

const LENGTH_BYTES = 4;

/** What is kept of the room for a long frame when it has gone. */
const KEPT_BYTES_MAX = 65_536;

export interface FrameBuffer {
  /**
   * Gives `take` every frame that is complete; its bytes are good until `take` returns. After a failure nothing
   * more may be received.
   */
  receive(bytes: Uint8Array, take: (frame: Uint8Array) => void): Result<null>;
}

/** Carbon closes a connection whose frame is longer than `frameBytesMax`. */
export function makeFrameBuffer(frameBytesMax: number): FrameBuffer {
  let lengthBytes = 0;
  let length = 0;
  // The room grows with what has arrived, not with what was announced: an announcement costs its sender nothing.
  let room = new Uint8Array(0);
  let waitingBytes = 0;

  function wait(bytes: Uint8Array): void {
    const needed = waitingBytes + bytes.length;
    if (needed > room.length) {
      const wider = new Uint8Array(Math.min(length, Math.max(needed, 2 * room.length)));
      wider.set(room.subarray(0, waitingBytes));
      room = wider;
    }
    room.set(bytes, waitingBytes);
    waitingBytes = needed;
  }

  return {
    receive(bytes, take) {
      for (let at = 0; ;) {
        for (; lengthBytes < LENGTH_BYTES; lengthBytes++) {
          if (at === bytes.length) return good(null);
          length = length * 256 + (bytes[at++] ?? 0);
        }
        if (length > frameBytesMax)
          return bad(`A frame of ${length} bytes was announced; ${frameBytesMax} are allowed.`);
        const end = Math.min(bytes.length, at + length - waitingBytes);
        const piece = partOf(bytes, at, end);
        at = end;
        // A frame that arrives in one piece is given on as it is.
        if (piece.length === length) take(piece);
        else {
          wait(piece);
          if (waitingBytes < length) return good(null);
          take(room.subarray(0, length));
          if (room.length > KEPT_BYTES_MAX) room = new Uint8Array(0);
        }
        lengthBytes = 0;
        length = 0;
        waitingBytes = 0;
      }
    },
  };
}

/** `body` with its length in front. */
export function frameOf(body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(LENGTH_BYTES + body.length);
  new DataView(frame.buffer).setUint32(0, body.length);
  frame.set(body, LENGTH_BYTES);
  return frame;
}
