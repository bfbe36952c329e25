// A program beside this one, told of line by line.

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import { bad, good, type Result } from '../core/base/result.ts';
import type { ProgramEvents, ProgramStart, RunningProgram } from '../core/host/outside.ts';

export function runProgram(start: ProgramStart, events: ProgramEvents): RunningProgram {
  const ids = idsOf(start.user);
  if (!ids.ok) {
    events.ended(ids.why);
    return { stop() {} };
  }
  const child = spawn(start.program, start.args, {
    ...ids.value,
    env: { ...process.env, ...start.environment },
  });
  let whyNot: string | null = null;
  child.on('error', (error) => (whyNot = `does not start: ${error.message}`));
  tellLines(child, events);
  child.stdin.on('error', () => {
    // A program need not read what it is given.
  });
  child.stdin.end(start.input ?? '');
  child.on('close', (code, signal) => events.ended(whyNot ?? whyEnded(code, signal)));
  return { stop: () => void child.kill('SIGTERM') };
}

function tellLines(child: ChildProcess, events: ProgramEvents): void {
  if (child.stdout) createInterface(child.stdout).on('line', (line) => events.printed(line));
  if (child.stderr) createInterface(child.stderr).on('line', (line) => events.complained(line));
}

function whyEnded(code: number | null, signal: NodeJS.Signals | null): string | null {
  if (code === 0) return null;
  return signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
}

/** The numbers of "user" or "user:group"; none for who runs this already. */
function idsOf(user: string): Result<{ uid?: number; gid?: number }> {
  const [name = '', group = ''] = user.split(':');
  const own = userInfo();
  if (name === '' || (name === own.username && group === '')) return good({});
  if (own.uid !== 0)
    return bad(`only root can run it as ${user}; the collector runs as ${own.username}`);
  const entry = entryOf('/etc/passwd', name);
  if (entry === null) return bad(`there is no user "${name}"`);
  const groupEntry = group === '' ? null : entryOf('/etc/group', group);
  if (group !== '' && groupEntry === null) return bad(`there is no group "${group}"`);
  const uid = Number(entry[2]);
  if (uid === 0) return bad(`"${name}" is root, and nothing is run as root`);
  return good({ uid, gid: Number(groupEntry?.[2] ?? entry[3]) });
}

/** "name:x:1000:..." */
function entryOf(file: string, name: string): readonly string[] | null {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.map((line) => line.split(':')).find(([first]) => first === name) ?? null;
  } catch {
    return null;
  }
}
