// `stacklab check` of the lessons and of the whole catalogue of exercises, with every wrong answer: everything runs, most of
// it twice. Time for one hundred activities.
//
//   npm run build && node test/bench/check.mjs

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/deps.mjs';
import { machine } from './figures.mjs';

/** What a reader does: programs to run, questions, tasks. */
const ACTIVITY =
  /^(?:```python run|::: (?:predict|check|explore|exercise|parsons|mutants|fill)) /gm;

const place = mkdtempSync(join(tmpdir(), 'stacklab-bench-'));
try {
  cpSync(join(root, 'lessons'), join(place, 'lessons'), { recursive: true });
  cpSync(join(root, 'labs'), join(place, 'labs'), { recursive: true });
  symlinkSync(join(root, 'src'), join(place, 'src'));
  const catalogue = join(root, 'test/course/catalogue');
  for (const file of readdirSync(catalogue).filter((name) => name.endsWith('.md'))) {
    const folder = join(place, 'lessons', `9${file.replace('chapter-', '').replace('.md', '')}`);
    mkdirSync(folder);
    cpSync(join(catalogue, file), join(folder, 'lesson.md'));
  }
  const activities = readdirSync(join(place, 'lessons'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(join(place, 'lessons', name, 'lesson.md'), 'utf8'))
    .reduce((sum, text) => sum + (text.match(ACTIVITY)?.length ?? 0), 0);
  const began = performance.now();
  const args = [join(root, 'dist/stacklab.js'), 'check', '--record', 'lessons'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: place, encoding: 'utf8' });
  const seconds = (performance.now() - began) / 1000;
  console.log(stdout.trim().split('\n').at(-1));
  console.log(
    `check of ${activities} activities: ${seconds.toFixed(1)} s, so ${((seconds / activities) * 100).toFixed(1)} s for 100 (${machine()})`,
  );
} finally {
  rmSync(place, { recursive: true });
}
