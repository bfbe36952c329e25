// npm run bench: Whisper and Carbon beside the real programs, in turns.
//
//   npm run bench                       both; 5 minutes
//   npm run bench -- whisper            one of them
//   npm run bench -- carbon --large     also 100 000 metrics; 10 minutes more

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../tools/deps.mjs';
import { machine, median } from './figures.mjs';

const WHISPER_ROUNDS = 9;

const asked = process.argv.slice(2);
const isAsked = (name) => asked.includes(name) || !asked.some((each) => !each.startsWith('--'));
// In files of their own, as in dist: Vite's runner would look up each name at each use, and that is half of the time.
const outDir = `${root}node_modules/.cache/bench`;
const input = ['whisper', 'whisper-worker'].map((name) => `${root}test/bench/${name}.ts`);
await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  build: { ssr: true, outDir, emptyOutDir: true, target: 'node20', rolldownOptions: { input } },
});

console.log(machine());
const place = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'stacklab-bench-'));
try {
  if (isAsked('whisper')) await whisper();
} finally {
  rmSync(place, { recursive: true, force: true });
}

async function whisper() {
  const { measureWhisper } = await import(`${outDir}/whisper.js`);
  const peerScript = `${root}test/bench/whisper_peer.py`;
  const measured = await measureWhisper(place, outDir, peerScript, WHISPER_ROUNDS);
  console.table(
    measured.map(({ name, ours, python }) => ({
      'Whisper, calls/s': name,
      ours: rounded(median(ours.callsPerS)),
      python: rounded(median(python.callsPerS)),
      ratio: ratio(ours.callsPerS, python.callsPerS),
      'ours, CPU alone': rounded(median(ours.callsPerCpuS)),
      'python, CPU alone': rounded(median(python.callsPerCpuS)),
      'ratio, CPU alone': ratio(ours.callsPerCpuS, python.callsPerCpuS),
    })),
  );
}

/** Round by round: what else the machine does meets both. */
function ratio(ours, theirs) {
  return Number(median(ours.map((each, round) => each / theirs[round])).toPrecision(3));
}

function rounded(value) {
  return Number(value.toPrecision(3));
}
