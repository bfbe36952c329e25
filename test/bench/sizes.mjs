// JavaScript of each kind of page in dist/site, gzip: what it loads by itself, and what Python adds at the first use.
//
//   npm run build && node test/bench/sizes.mjs

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../tools/deps.mjs';

const site = join(root, 'dist/site');
const PAGES = {
  home: 'index.html',
  lesson: 'lessons/closures/two-counters/index.html',
  lab: 'labs/first-heartbeat/index.html',
  dashboard: 'dashboards/host/index.html',
};
/** Loaded when a program is first touched: the client of Python, and its worker. Pyodide itself is no part of it. */
const PYTHON = /^(?:python|python-worker)-/;
const STACK = /^(?:page-stack|stack-worker)-/;

const kilobytes = (files) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(site, 'assets', file))).length, 0) /
  1000;
const assets = readdirSync(join(site, 'assets')).filter((name) => name.endsWith('.js'));
const python = assets.filter((name) => PYTHON.test(name));
const stack = assets.filter((name) => STACK.test(name));

/** Everything that the modules of a page import before they run. */
function loadedBy(html) {
  const found = new Set();
  const add = (name) => {
    if (found.has(name)) return;
    found.add(name);
    const text = readFileSync(join(site, 'assets', name), 'utf8');
    for (const [, next] of text.matchAll(/(?:from|^import|;import)\s*"\.\/([^"]+\.js)"/g))
      add(next);
  };
  for (const [, name] of html.matchAll(/<script type="module"[^>]*assets\/([^"]+)"/g)) add(name);
  return [...found];
}

for (const [name, path] of Object.entries(PAGES)) {
  const own = kilobytes(loadedBy(readFileSync(join(site, path), 'utf8')));
  const extra =
    name === 'lesson' ? kilobytes(python) : name === 'lab' ? kilobytes([...python, ...stack]) : 0;
  const words = {
    lesson: 'with the worker of Python',
    lab: 'with the workers of Python and of the stack',
  }[name];
  const all = words === undefined ? '' : `, ${words} ${(own + extra).toFixed(1)} kB`;
  console.log(`${name}: ${own.toFixed(1)} kB${all}`);
}
