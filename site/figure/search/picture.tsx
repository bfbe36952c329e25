// The search tree: every try of a search from left to right, those that ended at once crossed out, and the grid of
// the running call with its pencil marks.

import { useEffect, useMemo, useRef } from 'preact/hooks';
import {
  currentNode,
  pencilMarks,
  searchTree,
  type SearchNode,
  type SearchTree,
} from '../../../src/python/search-tree.ts';
import type { Trace } from '../../../src/python/trace.ts';
import { deepestBegins } from '../key-frames.ts';
import { Shapes } from '../legend.tsx';
import { emptyPicture } from '../empty-picture.tsx';
import type { Picture } from '../picture.ts';
import { layOutSearch, NODE_HEIGHT, NODE_WIDTH, type PlacedNode } from './layout.ts';
import { Squares } from './squares.tsx';
import { gridNode, searchAsText, searchSentence } from './words.ts';

export function searchPicture(trace: Trace, of: string | null): Picture {
  const tree = searchTree(trace);
  const none = `No function called ${of ?? 'search'} was called.`;
  if (tree === null) return emptyPicture('Search tree', none);
  return {
    title: `Search tree of ${tree.name}`,
    stops: trace.steps.map((_, at) => at),
    landmarks: [deepestBegins(tree.calls), trace.steps.length - 1],
    next: 'Next',
    sentence: (at) => [searchSentence(tree, at)],
    words: (at) => searchAsText(tree, at),
    draw: (at) => <Tree tree={tree} step={at} />,
    beside: (at) => (tree.size === 0 ? null : <Grid tree={tree} step={at} />),
    legend: <SearchLegend tree={tree} />,
  };
}

function Tree({ tree, step }: { tree: SearchTree; step: number }) {
  const layout = useMemo(() => layOutSearch(tree), [tree]);
  const box = useRef<HTMLDivElement>(null);
  const now = currentNode(tree, step);
  const placed = layout.nodes.find(({ node }) => node === now);
  // The tree is mostly larger than the page: the call that is talked about stays in sight.
  useEffect(() => {
    if (placed !== undefined) keepInSight(box.current, placed);
  }, [placed]);
  const shown = layout.nodes.filter(({ node }) => node.begins <= step);
  return (
    <div class="search-box" ref={box} tabIndex={0} role="group" aria-label="Search tree, scrolls">
      <svg
        class="search-tree"
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width={layout.width}
        height={layout.height}
        role="img"
        aria-label={`Search tree of ${tree.name}. ${searchSentence(tree, step)} The same in words: Read as text.`}
      >
        {shown.map((each) => (
          <path
            key={each.node.number}
            class={`search-line ${stateOf(each.node, step)}`}
            d={each.path}
          />
        ))}
        {shown.map((each) => (
          <Node key={each.node.number} at={each} step={step} isNow={each.node === now} />
        ))}
      </svg>
    </div>
  );
}

function keepInSight(box: HTMLElement | null, { x, y }: PlacedNode): void {
  if (box === null) return;
  const isInside =
    x > box.scrollLeft &&
    x + NODE_WIDTH < box.scrollLeft + box.clientWidth &&
    y > box.scrollTop &&
    y + NODE_HEIGHT < box.scrollTop + box.clientHeight;
  if (!isInside) box.scrollTo({ left: x - box.clientWidth / 2, top: y - box.clientHeight / 2 });
}

/** Until it comes back, nobody knows what becomes of it. */
function stateOf(node: SearchNode, step: number): string {
  return (node.ends ?? Infinity) <= step ? `is-${node.kind}` : 'is-open';
}

const CROSS = 6;
/** Of the label and a value beside it, which has up to three. */
const CHARACTERS_MAX = 7;

function Node({ at, step, isNow }: { at: PlacedNode; step: number; isNow: boolean }) {
  const { node, x, y } = at;
  const state = stateOf(node, step);
  const middle = NODE_HEIGHT / 2;
  return (
    <g class={`search-node ${state}`} transform={`translate(${x} ${y})`}>
      {isNow && (
        <rect class="now" x="-4" y="-4" width={NODE_WIDTH + 8} height={NODE_HEIGHT + 8} rx="8" />
      )}
      <rect class="box" width={NODE_WIDTH} height={NODE_HEIGHT} rx="4" />
      <text x={NODE_WIDTH / 2} y={middle + 4}>
        {node.value === null || state === 'is-open' ? (
          node.label
        ) : (
          <>
            {`${node.label.slice(0, CHARACTERS_MAX - node.value.length)} `}
            <tspan class="value">{node.value}</tspan>
          </>
        )}
      </text>
      {state === 'is-pruned' && (
        <path
          class="cross"
          d={`M${CROSS} ${NODE_HEIGHT - CROSS}L${NODE_WIDTH - CROSS} ${CROSS}M${CROSS} ${CROSS}L${NODE_WIDTH - CROSS} ${NODE_HEIGHT - CROSS}`}
        />
      )}
    </g>
  );
}

function Grid({ tree, step }: { tree: SearchTree; step: number }) {
  const node = gridNode(tree, step);
  if (node?.grid == null) return null;
  const { size } = tree;
  const { grid } = node;
  const marks = pencilMarks(grid, size);
  const before = node.parent?.grid ?? grid;
  return (
    <section class="search-grid" aria-label="The grid">
      <header class="picture-head">
        <h3>{node.parent === null ? 'The grid at the start' : `The grid after ${node.label}`}</h3>
      </header>
      <Squares
        size={size}
        square={(at) => {
          const text = marks[at] ?? '';
          const isNew = before[at] !== grid[at];
          const state = at === node.square ? 'is-chosen' : isNew ? 'is-new' : '';
          return {
            look: `${text.length === 1 && grid[at] !== '' ? 'is-full' : 'is-open'} ${state}`,
            content: text === '' ? <span class="nothing">none</span> : text,
          };
        }}
      />
    </section>
  );
}

function SearchLegend({ tree }: { tree: SearchTree }) {
  return (
    <Shapes
      shown={[
        [true, 'tried', <rect class="l-call" x="1" y="2" width="20" height="12" rx="2" />],
        [
          true,
          'refused at once',
          <g>
            <rect class="l-call" x="1" y="2" width="20" height="12" rx="2" />
            <path class="l-cross" d="M4 12l14-8M4 4l14 8" />
          </g>,
        ],
        [true, 'given up', <rect class="l-dead" x="1" y="2" width="20" height="12" rx="2" />],
        [
          true,
          'leads to the answer',
          <rect class="l-found" x="1" y="2" width="20" height="12" rx="2" />,
        ],
        [
          tree.calls.some(({ value }) => value !== null),
          'the value that came back',
          <text class="l-value" x="11" y="13">
            0
          </text>,
        ],
        [true, 'now', <rect class="l-now" x="2" y="2" width="18" height="12" rx="4" />],
      ]}
    />
  );
}
