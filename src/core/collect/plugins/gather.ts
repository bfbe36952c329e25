// One answer made of several: who has something to tell is heard, also when others failed.

import { bad, good, type Result } from '../../base/result.ts';
import type { ValueList } from '../value-list.ts';

type Answer = Result<readonly ValueList[]>;

/** Takes `count` answers, then calls `done`: bad only when all were. What failed beside others is `told`. */
export function gather(
  count: number,
  done: (answer: Answer) => void,
  told: (why: string) => void,
): (answer: Answer) => void {
  const answers: Answer[] = [];
  return (answer) => {
    answers.push(answer);
    if (answers.length < count) return;
    const lists = answers.flatMap((one) => (one.ok ? one.value : []));
    const reasons = answers.flatMap((one) => (one.ok ? [] : [one.why]));
    if (reasons.length === count) return done(bad(reasons.join('; ')));
    for (const why of reasons) told(why);
    done(good(lists));
  };
}
