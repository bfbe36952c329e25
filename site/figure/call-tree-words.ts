// A call tree in words: one sentence for the step, every call as a line of text, and what the table holds.

import { hitsAt, letGoAt, tableAt } from '../../src/python/cache-table.ts';
import { currentCall, type CallNode, type CallTree } from '../../src/python/call-tree.ts';

export function callSentence(tree: CallTree, index: number): string {
  const call = currentCall(tree, index);
  if (call === null)
    return tree.calls.some(({ begins }) => begins <= index)
      ? countSentence(tree)
      : `No call of ${tree.name} yet.`;
  return `Call ${call.number} of ${tree.calls.length}: ${whatOf(tree, call, index)}.`;
}

/** How many calls there were, and what the table saved. */
function countSentence({ calls, hits, saved, name }: CallTree): string {
  const count = `${calls.length} ${calls.length === 1 ? 'call' : 'calls'} of ${name}`;
  if (hits === 0) return `${count}.`;
  return `${count}: ${hits} answered from the table, ${calls.length - hits} computed. Without the table: ${countText(calls.length + saved)}.`;
}

export function treeAsText(tree: CallTree, index: number): readonly string[] {
  const shown = tree.calls.filter(({ begins }) => begins <= index);
  return [
    callSentence(tree, index),
    ...shown.map((call) => {
      const by = call.parent === null ? '' : `, made by call ${call.parent.number}`;
      return `Call ${call.number}${by}: ${whatOf(tree, call, index)}.`;
    }),
    ...tableInWords(tree, index),
  ];
}

function tableInWords({ rows }: CallTree, index: number): readonly string[] {
  if (rows.length === 0) return [];
  const kept = tableAt(rows, index).map((row) => {
    const hits = hitsAt(row, index);
    const times = hits === 1 ? 'once' : `${hits} times`;
    return `${row.arguments} with ${row.value}${hits === 0 ? '' : `, asked for ${times}`}`;
  });
  const gone = letGoAt(rows, index).map((row) => row.arguments);
  return [
    kept.length === 0 ? 'The table is empty.' : `The table keeps ${kept.join('; ')}.`,
    ...(gone.length === 0 ? [] : [`It has let go of ${gone.join(', ')}, in this order.`]),
  ];
}

function whatOf({ name, rows }: CallTree, call: CallNode, index: number): string {
  const text = `${name}(${call.arguments})`;
  const isOver = (call.ends ?? Infinity) <= index;
  if (!isOver) return `${text} runs${call.kind === 'repeated' ? ', not for the first time' : ''}`;
  if (call.raised !== null) return `${text} is left by ${call.raised}`;
  if (call.kind === 'hit')
    return `${text} is answered from the table, ${call.result}; nothing below it runs`;
  const wasLetGo = letGoAt(rows, call.begins).some((row) => row.arguments === call.arguments);
  const why = wasLetGo ? ': the table had let it go' : '';
  const again = call.kind === 'repeated' ? `, worked out again${why}` : '';
  return `${text} gives ${call.result ?? 'nothing'}${again}`;
}

/** `11`, `242,785`; a table may save more calls than a number holds. */
export function countText(count: number): string {
  return Number.isSafeInteger(count) ? count.toLocaleString('en') : 'over 9 quadrillion';
}
