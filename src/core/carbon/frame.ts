// Frames over TCP: how Carbon sends pickles.
//
//   +-------------------+------------------+-------------------+--
//   | length u32, big-  | that many bytes  | length of the     | ...
//   | endian            |                  | next frame        |
//   +-------------------+------------------+-------------------+--

import { bad, good, type Result } from '../base/result.ts';

const LENGTH_BYTES = 4;

export interface FrameBuffer {
  /** Gives `take` every frame that is complete. After a failure nothing more may be received. */
  receive(bytes: Uint8Array, take: (frame: Uint8Array) => void): Result<null>;
}

/** Carbon closes a connection whose frame is longer than `frameBytesMax`. */
export function makeFrameBuffer(frameBytesMax: number): FrameBuffer {
  // Pieces are joined only when a frame is complete: a long frame in small pieces stays cheap.
  let pieces: Uint8Array[] = [];
  let waitingBytes = 0;
  let neededBytes = LENGTH_BYTES;
  return {
    receive(bytes, take) {
      pieces.push(bytes.slice());
      waitingBytes += bytes.length;
      if (waitingBytes < neededBytes) return good(null);
      const whole = join(pieces, waitingBytes);
      const view = new DataView(whole.buffer);
      let at = 0;
      neededBytes = LENGTH_BYTES;
      while (whole.length - at >= LENGTH_BYTES) {
        const length = view.getUint32(at);
        if (length > frameBytesMax)
          return bad(`A frame of ${length} bytes was announced; ${frameBytesMax} are allowed.`);
        neededBytes = LENGTH_BYTES + length;
        if (whole.length - at < neededBytes) break;
        take(whole.subarray(at + LENGTH_BYTES, at + neededBytes));
        at += neededBytes;
        neededBytes = LENGTH_BYTES;
      }
      pieces = [whole.subarray(at)];
      waitingBytes = whole.length - at;
      return good(null);
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

function join(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
