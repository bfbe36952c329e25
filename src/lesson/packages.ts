// The attribute `packages=click` of a cell or an exercise.

import { wheels } from '../python/files.ts';

export function readPackages(attributes: Readonly<Record<string, string>>): readonly string[] {
  return attributes['packages']?.split(',') ?? [];
}

/** Null when all of them are there; else what to write instead. */
export function unknownPackage(packages: readonly string[]): string | null {
  const unknown = packages.find((name) => wheels[name] === undefined);
  return unknown === undefined
    ? null
    : `the package "${unknown}" is not kept here; there is ${Object.keys(wheels).join(', ')}.`;
}
