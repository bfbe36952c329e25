// Node has no raw sockets, so the system's own `ping` asks: one process for each host, which runs on.

import type { PingEvents, PingRequest, RunningProgram } from '../core/host/outside.ts';
import { runProgram } from './run-program.ts';

export function runPing(request: PingRequest, events: PingEvents): RunningProgram {
  let complaint = '';
  return runProgram(
    {
      program: 'ping',
      args: pingArguments(request, process.platform),
      user: '',
      environment: { LC_ALL: 'C' },
    },
    {
      printed(line) {
        const seen = parsePingLine(line);
        if (seen === 'lost') events.lost();
        else if (seen !== null) events.answered(seen);
      },
      complained: (line) => (complaint = line),
      ended: (why) => events.ended(`ping ${request.host}: ${complaint || (why ?? 'it ended')}`),
    },
  );
}

export function pingArguments(request: PingRequest, platform: NodeJS.Platform): readonly string[] {
  const { host, intervalS, timeoutS, ttl, bytes, sourceAddress, device, family } = request;
  const families = family === 'any' ? [] : [family === 'ipv4' ? '-4' : '-6'];
  if (platform === 'win32')
    return [
      '-t',
      '-w',
      String(timeoutS * 1000),
      '-i',
      String(ttl),
      '-l',
      String(bytes),
      ...families,
      host,
    ];
  const common = ['-n', '-i', String(intervalS), '-s', String(bytes)];
  // There -m is the number of routers and -W milliseconds; a packet without an answer is told without being asked.
  if (platform === 'darwin')
    return [...common, '-m', String(ttl), '-W', String(timeoutS * 1000), host];
  const source = device || sourceAddress;
  const from = source === '' ? [] : ['-I', source];
  return [...common, '-O', '-t', String(ttl), '-W', String(timeoutS), ...from, ...families, host];
}

/** Milliseconds of an answer, a packet without one, or null for a line that says neither. */
export function parsePingLine(line: string): number | 'lost' | null {
  const latency = /\btime[=<]([\d.]+) ?ms\b/.exec(line)?.[1];
  if (latency !== undefined) return Number(latency);
  return /no answer yet|request timeout|request timed out|unreachable/i.test(line) ? 'lost' : null;
}
