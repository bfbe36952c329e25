// Facts for the operator, one line each on standard error.

import type { Log } from '../core/host/log.ts';

export function makeNodeLog(write: (line: string) => void): Log {
  return {
    say(level, text, facts = {}) {
      const values = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
      const mark = level === 'info' ? '' : `${level}: `;
      write(`${new Date().toISOString()} ${mark}${[text, ...values].join('  ')}\n`);
    },
  };
}
