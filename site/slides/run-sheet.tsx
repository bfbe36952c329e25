// The pages of the chapter, with the minutes that are planned for each and those that it took.

import type { Minutes } from '../../src/lesson/lesson-model.ts';
import { Icon } from '../page/icon.tsx';
import type { ChapterModel } from './chapter.ts';
import { clockWords, usedOn, type Clock } from './clock.ts';

interface RunSheetProps {
  readonly chapter: ChapterModel;
  readonly pageId: string;
  readonly clock: Clock;
  readonly nowMs: number;
}

export function RunSheet({ chapter, pageId, clock, nowMs }: RunSheetProps) {
  const here = chapter.pages.findIndex(({ id }) => id === pageId);
  return (
    <section class="run-sheet" aria-labelledby="run-sheet">
      <h2 id="run-sheet">Run sheet</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Page</th>
            <th scope="col">min planned</th>
            <th scope="col">used</th>
          </tr>
        </thead>
        <tbody>
          {chapter.pages.map(({ id, title, minutes }, at) => {
            const usedMs = usedOn(clock, id, nowMs);
            return (
              <tr aria-current={at === here ? 'step' : undefined}>
                <th scope="row">
                  <span class="sign">
                    {at === here ? (
                      <Icon name="chevronRight" />
                    ) : (
                      at < here && usedMs > 0 && <Icon name="check" />
                    )}
                  </span>
                  {title}
                </th>
                <td class="numbers">{minutes === null ? '' : plannedWords(minutes)}</td>
                <td class="numbers">{usedMs > 0 ? clockWords(usedMs) : ''}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function plannedWords({ min, max }: Minutes): string {
  return min === max ? String(max) : `${min}–${max}`;
}
