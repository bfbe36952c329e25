// The module shelf: on the left the places in which Python looks, on the right the modules that are loaded.

import { shelfSteps, type ShelfStep } from '../../../src/python/module-shelf.ts';
import type { Trace, TraceImports } from '../../../src/python/trace.ts';
import { emptyPicture } from '../empty-picture.tsx';
import type { Picture } from '../picture.ts';
import { shelfAsText, shelfSentence, times, triedWords } from './words.ts';

const NONE = 'This program imports nothing.';

export function modulesPicture(trace: Trace): Picture {
  const steps = shelfSteps(trace);
  const { imports } = trace;
  const stepAt = (at: number): ShelfStep | undefined => steps[at] ?? steps.at(-1);
  if (imports === undefined || steps.length < 2) return emptyPicture('Module shelf', NONE);
  return {
    title: 'Module shelf',
    stops: steps.map(({ step }) => step),
    // Where Python looked, and at the end what stands on the shelf.
    landmarks: [
      ...steps.flatMap(({ kind, event }, at) =>
        kind === 'ask' && event?.onShelf === false ? [at] : [],
      ),
      steps.length - 1,
    ],
    next: 'Next',
    sentence(at) {
      const step = stepAt(at);
      return step === undefined ? [NONE] : shelfSentence(step);
    },
    words(at) {
      const step = stepAt(at);
      return step === undefined ? [NONE] : shelfAsText(imports, step);
    },
    draw(at) {
      const step = stepAt(at);
      return step === undefined ? null : <Shelves imports={imports} step={step} />;
    },
    legend: null,
  };
}

function Shelves({ imports, step }: { imports: TraceImports; step: ShelfStep }) {
  return (
    <div class="shelves">
      <Search imports={imports} step={step} />
      <Loaded imports={imports} step={step} />
    </div>
  );
}

/** The places in order; the search stops at the first that has it. */
function Search({ imports, step }: { imports: TraceImports; step: ShelfStep }) {
  const { event, kind } = step;
  const isAsked = kind === 'ask' && event !== null && !event.onShelf;
  const places = ['built into Python', 'frozen into Python', ...imports.path];
  return (
    <section>
      <h4>{isAsked ? `Looking for ${event.name}` : 'Where Python looks'}</h4>
      <ol class="places">
        {places.map((place) => {
          const tried = isAsked ? event.tried.find((each) => each.place === place) : undefined;
          const state =
            tried === undefined
              ? ''
              : tried.found
                ? 'is-found'
                : tried.hidden === true
                  ? 'is-hidden'
                  : 'is-tried';
          return (
            <li class={state}>
              {place}
              {tried !== undefined && <span class="about">{triedWords(tried)}</span>}
            </li>
          );
        })}
      </ol>
      {isAsked && event.tried.every(({ found }) => !found) && (
        <p class="binding-end is-error">{`No place has ${event.name}.`}</p>
      )}
    </section>
  );
}

function Loaded({ imports, step }: { imports: TraceImports; step: ShelfStep }) {
  const { event, kind, running, shelf } = step;
  return (
    <section>
      <h4>Loaded modules</h4>
      <ol class="shelf">
        {shelf.map(({ name, file, asked, isHalf }) => (
          <li
            class={`${isHalf ? 'is-half' : ''} ${event?.name === name ? 'is-now' : ''} ${running.at(-1) === name ? 'is-running' : ''}`}
          >
            <code>{name}</code>
            <span class="about">
              {running.includes(name)
                ? running.at(-1) === name
                  ? 'runs now'
                  : 'waits for its import'
                : file === null || file === ''
                  ? 'built in'
                  : file}
            </span>
            <span class="about">{`asked for ${times(asked)}`}</span>
          </li>
        ))}
        <li class="about">{`and ${imports.loadedBefore} of Python’s own, loaded before`}</li>
      </ol>
      {kind === 'done' && event?.error !== null && event?.error !== undefined && (
        <p class="binding-end is-error">{`${event.error.type}: ${event.error.message}`}</p>
      )}
    </section>
  );
}
