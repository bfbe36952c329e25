// Frames of 500 points of 10 000 metrics, read by our reader and by Python's own with carbon's loop over it, in turns. See
// pickle.mjs.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pickledPoints } from '../../src/core/carbon/pickled-points.ts';

const PYTHON = '/usr/bin/python3';
/** The first rounds are for the compiler. */
const ROUNDS_WARM = 3;
const ROUNDS = 15;
/** So often all metrics are sent in a round. */
const TIMES = 10;
const FRAMES = 20;
const POINTS_IN_FRAME = 500;

// Writes the frames into a folder, then reads each style once for each line on stdin and says how long that took.
// A number of the memo needs one byte or four, and both are in a frame of 500.
const PROGRAM = `
import os, pickle, random, struct, sys, time
folder, frames, points_in_frame, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
rng = random.Random(7)
names = [f"stats.timers.host{n % 100:03}.service{n // 100:03}.request_time" for n in range(frames * points_in_frame)]
points = [(name, (1700000000 + rng.randrange(60), rng.random() * 1000)) for name in names]
parts = [points[at:at + points_in_frame] for at in range(0, len(points), points_in_frame)]

def statsd(part):
    line = lambda name, point: f"(S'{name}'\\n(L{point[0]}L\\nS'{point[1]}'\\ntta"
    return ("(l" + "".join(line(*each) for each in part) + ".").encode()

styles = {
    "protocol 2": lambda part: pickle.dumps(part, 2),
    "protocol 0": lambda part: pickle.dumps(part, 0),
    "protocol 0 of statsd": statsd,
}
bodies = {style: [write(part) for part in parts] for style, write in styles.items()}
for style in styles:
    with open(os.path.join(folder, style), "wb") as file:
        for body in bodies[style]:
            file.write(struct.pack("!I", len(body)) + body)
print("ready", flush=True)
for line in sys.stdin:
    began = time.perf_counter()
    for _ in range(times):
        for body in bodies[line.strip()]:
            taken = []
            for metric, (stamp, value) in pickle.loads(body, encoding="utf-8"):
                taken.append((metric, (float(stamp), float(value))))
            assert len(taken) == points_in_frame
    print(time.perf_counter() - began, flush=True)
`;

const STYLES = ['protocol 2', 'protocol 0', 'protocol 0 of statsd'];

interface Measured {
  readonly name: string;
  readonly ours: readonly number[];
  readonly python: readonly number[];
}

/** Points a second of each style, one figure a round. */
export async function measure(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stacklab-bench-'));
  const sizes = [FRAMES, POINTS_IN_FRAME, TIMES].map(String);
  const peer = spawn(PYTHON, ['-c', PROGRAM, folder, ...sizes]);
  peer.stderr.pipe(process.stderr);
  const answers = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
  try {
    await answers.next();
    const measured: Measured[] = [];
    for (const name of STYLES) {
      const bodies = bodiesIn(readFileSync(join(folder, name)));
      const ours: number[] = [];
      const python: number[] = [];
      for (let round = -ROUNDS_WARM; round < ROUNDS; round++) {
        const oursPerS = pointsPerS(readAll(bodies));
        peer.stdin.write(`${name}\n`);
        const answer = await answers.next();
        if (round < 0) continue;
        ours.push(oursPerS);
        python.push(pointsPerS(Number(answer.value)));
      }
      measured.push({ name, ours, python });
    }
    return measured;
  } finally {
    peer.stdin.end();
    rmSync(folder, { recursive: true });
  }
}

function readAll(bodies: readonly Uint8Array[]): number {
  const beganMs = performance.now();
  for (let i = 0; i < TIMES; i++)
    for (const body of bodies) {
      const points = pickledPoints(body, refuse);
      if (!points.ok || points.value.length !== POINTS_IN_FRAME)
        throw new Error(points.ok ? 'Points were lost.' : points.why);
    }
  return (performance.now() - beganMs) / 1000;
}

function refuse(why: string): never {
  throw new Error(why);
}

function pointsPerS(tookS: number): number {
  return (FRAMES * POINTS_IN_FRAME * TIMES) / tookS;
}

function bodiesIn(stream: Buffer): readonly Uint8Array[] {
  const bodies: Uint8Array[] = [];
  for (let at = 0; at < stream.length;) {
    const end = at + 4 + stream.readUInt32BE(at);
    bodies.push(Uint8Array.from(stream.subarray(at + 4, end)));
    at = end;
  }
  return bodies;
}
