// npm run bench: Whisper and Carbon beside the real programs, in turns.
//
//   npm run bench                       both; 4 to 9 minutes, as the disk is
//   npm run bench -- whisper            one of them
//   npm run bench -- carbon --large     also 100 000 metrics; as long again, or longer

import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { fail, root, run } from '../tools/deps.mjs';
import { machine, median } from './figures.mjs';

const BENCH_MS_MAX = 3_600_000;
const WHISPER_ROUNDS = 9;
const CARBON_ROUNDS = 3;
const SIZE = { metrics: 10_000, points: 60 };
const SIZE_LARGE = { metrics: 100_000, points: 10 };

const asked = process.argv.slice(2);
const isAsked = (name) => asked.includes(name) || !asked.some((each) => !each.startsWith('--'));
// In files of their own, as in dist: Vite's runner would look up each name at each use, and that is half of the time.
const outDir = `${root}node_modules/.cache/bench`;
const programs = ['whisper', 'whisper-worker', 'carbon', 'carbon-sender', 'carbon-unkept'];
const input = programs.map((name) => `${root}test/bench/${name}.ts`);
await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  build: { ssr: true, outDir, emptyOutDir: true, target: 'node20', rolldownOptions: { input } },
});

if (run('vite', ['build', '-c', 'src/node/vite.config.ts', '--logLevel', 'warn']) !== 0)
  fail('The build failed; the lines above say where.');
console.log(`${machine()}, load ${loadavg()[0].toFixed(1)}`);
const place = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'stacklab-bench-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
setTimeout(() => fail('The bench took more than an hour.'), BENCH_MS_MAX).unref();
if (isAsked('whisper')) await whisper();
if (isAsked('carbon')) await carbon(SIZE, CARBON_ROUNDS);
if (asked.includes('--large')) await carbon(SIZE_LARGE, 1);

function needs(peer) {
  const why = peer.whyMissing();
  if (why !== null) fail(why);
}

async function whisper() {
  const { measureWhisper, pythonWhisper } = await import(`${outDir}/whisper.js`);
  needs(pythonWhisper);
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

async function carbon(size, rounds) {
  const { measureCarbon, carbonCache, TARGETS } = await import(`${outDir}/carbon.js`);
  needs(carbonCache);
  const targets = { place, built: outDir, stacklab: `${root}dist/stacklab.js` };
  const rows = [];
  for (const protocol of ['lines', 'pickles']) {
    const runs = new Map(TARGETS.map((target) => [target, []]));
    for (let round = 0; round < rounds; round++)
      for (const [target, own] of runs) {
        console.error(`${protocol}, ${target}: round ${round + 1} of ${rounds}`);
        own.push(await measureCarbon(target, targets, protocol, size));
      }
    const figures = (target, name) => runs.get(target).map((run) => run[name]);
    for (const target of TARGETS) {
      const middle = (name) => rounded(median(figures(target, name)));
      rows.push({
        Carbon: `${protocol}, ${target}`,
        'new files/s': middle('newPerS'),
        'accepted/s': middle('acceptedPerS'),
        'durable/s': middle('durablePerS'),
        ratio: ratio(figures(target, 'durablePerS'), figures('carbon-cache', 'durablePerS')),
        'CPU us/point': middle('cpuUsPerPoint'),
        'peak MiB': middle('peakMib'),
        lost: Math.max(...figures(target, 'lost')),
      });
    }
  }
  console.log(`${size.metrics} metrics x ${size.points} points, median of ${rounds}`);
  console.table(rows);
}

/** Round by round: what else the machine does meets both. */
function ratio(ours, theirs) {
  return Number(median(ours.map((each, round) => each / theirs[round])).toPrecision(3));
}

function rounded(value) {
  return Number(value.toPrecision(3));
}
