// Names of the files beside a program, as an author writes them and as a reader may change them.

/** More would not be found among their tabs. */
export const FILES_MAX = 6;

/** A name, or a name in a folder: `rows.csv`, `clinic/units.py`. */
const NAME = /^\w[\w.-]*(?:\/\w[\w.-]*)?$/;

/** What is wrong with the name of a further file; null when nothing is. */
export function fileNameFault(name: string, program: string): string | null {
  if (!NAME.test(name)) return `has the file "${name}"; a name is written as in "file=rows.csv"`;
  return name === program ? `has the file "${name}", which is the name of its program` : null;
}

/** Why a reader cannot give a file this name; null when that works. `others` are the names of the other files. */
export function renameFault(name: string, was: string, others: readonly string[]): string | null {
  if (name === was) return null;
  const ending = was.slice(was.lastIndexOf('.'));
  if (!/^\w[\w-]*\.\w+$/.test(name) || !name.endsWith(ending))
    return `A name has letters, digits or _, and ends in ${ending}.`;
  return others.includes(name) ? `Another file is called ${name}.` : null;
}

/**
 * A file that nothing names: no other file, no test. Of a Python file its name without the ending counts, as in an
 * import. Null when all of them are named.
 */
export function unusedFile(names: readonly string[], texts: readonly string[]): string | null {
  const isNamed = (name: string): boolean => {
    const word = name.endsWith('.py') ? (name.split('/').at(-1) ?? '').slice(0, -3) : name;
    // What makes a folder a package is read without being named.
    return word === '__init__' || texts.some((text) => wordPattern(word).test(text));
  };
  return names.find((name) => !isNamed(name)) ?? null;
}

function wordPattern(word: string): RegExp {
  return new RegExp(`(?<!\\w)${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`);
}
