// What the shapes of the environment diagram stand for: only those that this run comes to.

import type { JSX } from 'preact';
import type { CallTree } from '../../src/python/call-tree.ts';
import { sharedObjects } from '../../src/python/shared-objects.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import type { StepKind, Trace } from '../../src/python/trace.ts';
import { sampledSteps } from './layout.ts';

export function Legend({ trace }: { trace: Trace }) {
  const has = (...kinds: StepKind[]): boolean =>
    trace.steps.some(({ kind }) => kinds.includes(kind));
  const shown: Shown[] = [
    [true, 'frame', <rect class="l-frame" x="1" y="2" width="20" height="12" rx="2" />],
    [
      trace.cells.length > 0,
      'cell',
      <g class="l-cell">
        <rect x="1" y="2" width="20" height="12" rx="4" />
        <rect x="4" y="5" width="14" height="6" rx="2" />
      </g>,
    ],
    [
      trace.functions.length > 0,
      'function object',
      <rect class="l-func" x="1" y="2" width="20" height="12" rx="6" />,
    ],
    [
      hasShared(trace),
      'shared list or other object',
      <g class="l-object">
        <rect x="1" y="2" width="20" height="12" rx="2" />
        <path d="M1 6h20" />
      </g>,
    ],
    [has('return', 'yield'), 'return value', <path class="l-ret" d="M1 8l6-6h14v12H7z" />],
    [has('raise'), 'exception', <path class="l-err" d="M1 6l4-4h12l4 4v4l-4 4H5l-4-4z" />],
    [
      trace.functions.length > 0,
      'name to object',
      <path class="l-name" d="M2 8h14M22 8l-7-4v8z" />,
    ],
    [
      trace.functions.some(({ parentId }) => parentId !== 'f0'),
      'parent frame',
      <path class="l-parent" d="M0 8h13M22 8l-8-4v8z" />,
    ],
    [
      has('call', 'resume'),
      'caller, who waits',
      <path class="l-caller" d="M2 4v8M2 8h14M22 8l-6-3.5v7z" />,
    ],
  ];
  return <Shapes shown={shown} />;
}

/** At the steps that are looked at for the widths of the picture, too. */
function hasShared(trace: Trace): boolean {
  return sampledSteps(trace).some((index) => sharedObjects(stateAt(trace, index)).size > 0);
}

/** For a call tree. */
export function TreeLegend({ tree }: { tree: CallTree }) {
  const has = (kind: CallTree['calls'][number]['kind']): boolean =>
    tree.calls.some((call) => call.kind === kind);
  return (
    <Shapes
      shown={[
        [
          true,
          tree.rows.length > 0 ? 'computed (miss)' : 'call',
          <rect class="l-call" x="1" y="2" width="20" height="12" rx="2" />,
        ],
        [
          has('repeated'),
          'repeated, worked out again',
          <g>
            <rect class="l-rep" x="1" y="2" width="20" height="12" rx="2" />
            <path class="l-hatch" d="M3 13l10-10M9 13l10-10M15 13l5-5" />
          </g>,
        ],
        [tree.hits > 0, 'from the table (hit)', <path class="l-hit" d="M3 2h12l6 6v6H1V4z" />],
        [
          tree.saved > 0,
          'saved, never called',
          <rect class="l-saved" x="1" y="2" width="20" height="12" rx="2" />,
        ],
        [true, 'now', <rect class="l-now" x="2" y="2" width="18" height="12" rx="4" />],
      ]}
    />
  );
}

type Shown = readonly [isShown: boolean, words: string, shape: JSX.Element];

/** The shapes of a picture with what they stand for. */
export function Shapes({ shown }: { shown: readonly Shown[] }) {
  return (
    <ul class="legend" aria-label="What the shapes mean">
      {shown.map(
        ([isShown, words, shape]) =>
          isShown && (
            <li key={words}>
              <svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">
                {shape}
              </svg>
              {words}
            </li>
          ),
      )}
    </ul>
  );
}
