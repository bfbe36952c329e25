// Which of several StatsDs gets a key: always the same one, so that each counts its keys alone.
//
//   0 ---a---b-----a--c------b---> 4294967295     every node stands at forty points of a ring
//              '- md5("clinic.visits")            a key goes to the next point: here a
//
// When a node goes, only its own keys move. The points are those of npm's `hashring` as the real proxy uses it: the first four
// bytes of md5("host:port-0"), md5("host:port-1") and so on, the least one first.

import { encodeUtf8 } from '../base/text.ts';

/** md5 of some bytes: 16 bytes. */
export type Md5 = (message: Uint8Array) => Uint8Array;

export interface Ring {
  /** The node that a key belongs to; null when there is none. */
  nodeOf(key: string): string | null;
}

const POINTS_OF_NODE = 40;
/** Weights that all are the same, as the real proxy gives them: they matter for how a share is rounded. */
const WEIGHT = 100;

/** `nodes` as "host:port". */
export function makeRing(nodes: readonly string[], md5: Md5): Ring {
  const hash = (text: string): number => {
    const [a = 0, b = 0, c = 0, d = 0] = md5(encodeUtf8(text));
    return ((d << 24) | (c << 16) | (b << 8) | a) >>> 0;
  };
  const share = WEIGHT / (WEIGHT * nodes.length);
  const count = Math.floor(share * POINTS_OF_NODE * nodes.length);
  const points = nodes
    .flatMap((node) =>
      Array.from({ length: count }, (_, i) => ({ at: hash(`${node}-${i}`), node })),
    )
    .sort((a, b) => a.at - b.at);

  return {
    nodeOf(key) {
      const wanted = hash(key);
      let low = 0;
      let high = points.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((points[middle]?.at ?? 0) < wanted) low = middle + 1;
        else high = middle;
      }
      return (points[low] ?? points[0])?.node ?? null;
    },
  };
}
