// The names of Python in a pickle, and what is made with them.
//
//   cposix\nsystem\n  S'rm -r /'\n  \x85 R        = os.system('rm -r /') in Python, refused here
//
// A pickle may name anything that Python can import and have it called. Nothing is called here, and every name is
// refused but the two that Carbon allows.

import { latin1At } from '../base/text.ts';
import { fail, lineEnd, NOTHING, peek, pushObject, type Machine } from './pickle-machine.ts';

const ALLOWED_GLOBALS: ReadonlySet<string> = new Set([
  'copy_reg _reconstructor',
  '__builtin__ object',
]);

/** A module and a name, each in a line. */
export function pushName(machine: Machine): void {
  const module = readLine(machine);
  pushAllowed(machine, module, readLine(machine));
}

function pushAllowed(machine: Machine, module: string, name: string): void {
  const global = `${module} ${name}`;
  if (ALLOWED_GLOBALS.has(global)) pushObject(machine, { opaque: global });
  else
    fail(machine, `it asks for Python's "${module}.${name}", which is not allowed`.slice(0, 200));
}

export function pushNameOfStack(machine: Machine): void {
  const module = peek(machine, 2);
  const name = peek(machine, 1);
  machine.top -= 2;
  if (typeof module === 'string' && typeof name === 'string') pushAllowed(machine, module, name);
  else fail(machine, NOTHING);
}

/** The result stands for an object of which only its existence is known. */
export function callName(machine: Machine): void {
  if (peek(machine, 2) === undefined) return fail(machine, NOTHING);
  machine.top -= 2;
  pushObject(machine, { opaque: 'object' });
}

function readLine(machine: Machine): string {
  const start = machine.at;
  return latin1At(machine.bytes, start, lineEnd(machine));
}
