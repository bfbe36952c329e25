// The replay: the grid that each call of a function was given, with the digits that were struck since the call
// before, and below it the calls in their order with what they were told.

import { useEffect, useRef } from 'preact/hooks';
import { replayOf, type Replay, type ReplaySquare } from '../../../src/python/replay.ts';
import type { Trace } from '../../../src/python/trace.ts';
import { valueText } from '../cut.ts';
import { emptyPicture } from '../empty-picture.tsx';
import { Shapes } from '../legend.tsx';
import type { Picture } from '../picture.ts';
import { replayAsText, replaySentence, squareWords } from './replay-words.ts';
import { Squares, type DrawnSquare } from './squares.tsx';

export function replayPicture(trace: Trace, of: string | null): Picture {
  const replay = replayOf(trace);
  if (replay === null)
    return emptyPicture('Replay', `No call of ${of ?? 'search'} was given a grid.`);
  return {
    title: `Replay of ${replay.name}`,
    stops: replay.stops.map(({ step }) => step),
    landmarks: replay.stops.map((_, at) => at),
    next: 'Next call',
    sentence: (at) => [replaySentence(replay, at)],
    words: (at) => replayAsText(replay, at),
    draw: (at) => <Drawing replay={replay} at={at} />,
    legend: <ReplayLegend replay={replay} />,
  };
}

function Drawing({ replay, at }: { replay: Replay; at: number }) {
  const { size, stops, calls } = replay;
  const stop = stops[at];
  if (stop === undefined) return null;
  const { squares, call } = stop;
  return (
    <div class="replay">
      <Squares
        size={size}
        square={(place) => drawn(squares[place], size, place === call?.square)}
      />
      <Calls replay={replay} now={call?.number ?? calls.length + 1} />
    </div>
  );
}

function drawn(square: ReplaySquare | undefined, size: number, isChosen: boolean): DrawnSquare {
  if (square === undefined) return { look: '', content: null };
  const { marks, struck, added, isSettled, isNewlySettled } = square;
  const state = isChosen ? 'is-chosen' : isNewlySettled ? 'is-new' : '';
  const isStill = isSettled && struck === '' && added === '';
  return {
    look: `${isSettled ? 'is-full' : 'is-open'} ${isStill ? '' : 'is-marked'} ${state}`,
    content: (
      <>
        <span class="visually-hidden">{squareWords(square)}</span>
        <span aria-hidden="true">{isStill ? marks : <Marks square={square} size={size} />}</span>
      </>
    ),
  };
}

/** Each digit has its place, so that one sees which one goes. */
function Marks({ square: { marks, struck }, size }: { square: ReplaySquare; size: number }) {
  if (marks === '' && struck === '') return <span class="nothing">none</span>;
  return (
    <span class="marks">
      {Array.from({ length: size }, (_, at) => {
        const digit = String(at + 1);
        if (struck.includes(digit)) return <s>{digit}</s>;
        return <span>{marks.includes(digit) ? digit : ''}</span>;
      })}
    </span>
  );
}

/** All have their place from the beginning: nothing moves while one steps. */
function Calls({ replay: { calls, name }, now }: { replay: Replay; now: number }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => keepInSight(list.current, now - 1), [now]);
  return (
    <ol class="replay-calls" ref={list} tabIndex={0} aria-label={`Calls of ${name}`}>
      {calls.map(({ number, told }) => (
        <li
          key={number}
          class={number === now ? 'is-now' : number > now ? 'is-later' : ''}
          aria-current={number === now ? 'step' : undefined}
        >
          <span class="numbers">{number}</span>
          {valueText(told)}
        </li>
      ))}
    </ol>
  );
}

function keepInSight(list: HTMLOListElement | null, at: number): void {
  const call = list?.children[at];
  if (list === null || !(call instanceof HTMLElement)) return;
  const top = call.offsetTop - list.offsetTop;
  const isInside =
    top >= list.scrollTop && top + call.offsetHeight <= list.scrollTop + list.clientHeight;
  if (!isInside) list.scrollTop = top - list.clientHeight / 2;
}

function ReplayLegend({ replay: { calls, stops } }: { replay: Replay }) {
  const has = (is: (square: ReplaySquare) => boolean): boolean =>
    stops.some(({ squares }) => squares.some(is));
  return (
    <Shapes
      shown={[
        [
          calls.some(({ square }) => square !== null),
          'square of this call',
          <rect class="l-now" x="2" y="2" width="18" height="12" />,
        ],
        [
          has(({ struck }) => struck !== ''),
          'struck since the call before',
          <g>
            <text class="l-mark" x="11" y="13">
              4
            </text>
            <path class="l-cross" d="M4 9h14" />
          </g>,
        ],
        [
          has(({ isNewlySettled }) => isNewlySettled),
          'settled since the call before',
          <rect class="l-settled" x="1" y="2" width="20" height="12" />,
        ],
      ]}
    />
  );
}
