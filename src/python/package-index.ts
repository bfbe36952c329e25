// A package index as PyPI is one, of the packages that we keep: JSON that says which files a package has (PEP 691).
//
//   simple/index.json                 all packages by name
//   simple/clinic-units/index.json    the wheels of one, each with its hash

import { sha256Hex } from '../core/base/sha256.ts';
import type { Wheel } from './wheel.ts';

/** Its hash in the index is that of other bytes, as if somebody had changed the wheel later: it has to be refused. */
const CHANGED_LATER = 'clinic-broken';

/** The files of the index by path; the wheels stand in `wheels/` beside `simple/`. */
export function packageIndex(wheels: readonly Wheel[]): ReadonlyMap<string, string> {
  const names = [...new Set(wheels.map(nameOf))].sort();
  const meta = { 'api-version': '1.0' };
  const files = new Map([
    ['simple/index.json', json({ meta, projects: names.map((name) => ({ name })) })],
  ]);
  for (const name of names) {
    const own = wheels.filter((wheel) => nameOf(wheel) === name);
    files.set(`simple/${name}/index.json`, json({ meta, name, files: own.map(fileOf) }));
  }
  return files;
}

function fileOf(wheel: Wheel): object {
  const { file, bytes, requiresPython } = wheel;
  const listed = nameOf(wheel) === CHANGED_LATER ? bytes.subarray(1) : bytes;
  return {
    filename: file,
    url: `../../wheels/${file}`,
    hashes: { sha256: sha256Hex(listed) },
    ...(requiresPython !== null && { 'requires-python': requiresPython }),
  };
}

/** As an index writes it: `clinic-units` (PEP 503). */
function nameOf({ file }: Pick<Wheel, 'file'>): string {
  return (file.split('-')[0] ?? '').replace(/[-_.]+/g, '-').toLowerCase();
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
