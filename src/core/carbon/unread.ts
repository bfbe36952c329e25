// What came and is no point: counted, and kept in the ledger with its sender and, where one can be read, its name.
//
//   web1.load abc 1700000000    a line of web1.load, so that who asks for web1.load finds it
//   \x16\x03\x01...             nobody's: only its sender is known

import { visible } from '../base/text.ts';
import type { PathRules } from '../whisper/metric-path.ts';
import { admitName } from './admit.ts';
import type { Fault, Ledger } from './ledger.ts';
import { firstField } from './line.ts';
import type { ReceiveCounts } from './stats.ts';

/** How much of a line the ledger keeps as an example. */
export const EXAMPLE_CHARACTERS_MAX = 120;

export interface Unread {
  /** `line` may have U+FFFD where it was not UTF-8. */
  line(fault: Fault, line: string, from: string, atS: number): void;
  /** `name` is null where there is none that can be read. */
  pickle(fault: Fault, why: string, name: string | null, from: string, atS: number): void;
}

export function makeUnread(counts: ReceiveCounts, ledger: Ledger, paths: PathRules): Unread {
  function keep(
    fault: Fault,
    name: string | null,
    received: string,
    from: string,
    atS: number,
  ): void {
    const metric = name === null ? null : admitName(name, paths);
    ledger.unread(fault, metric?.ok ? metric.value : null, {
      atS,
      time: null,
      value: null,
      from,
      received,
    });
  }

  return {
    line(fault, line, from, atS) {
      counts.invalidLines++;
      const name = firstField(line);
      keep(fault, name?.includes('\ufffd') ? null : name, `"${example(line)}"`, from, atS);
    },
    pickle(fault, why, name, from, atS) {
      counts.invalidPickles++;
      keep(fault, name, example(why.replace(/\.$/, '')), from, atS);
    },
  };
}

function example(text: string): string {
  const start = visible(text.slice(0, EXAMPLE_CHARACTERS_MAX));
  return text.length > EXAMPLE_CHARACTERS_MAX ? `${start}...` : start;
}
