// A call tree in words: one sentence for the step, and every call as a line of text.

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
  return `${count}: ${hits} answered from the table, ${calls.length - hits} computed. Without the table: ${calls.length + saved}.`;
}

export function treeAsText(tree: CallTree, index: number): readonly string[] {
  const shown = tree.calls.filter(({ begins }) => begins <= index);
  return [
    callSentence(tree, index),
    ...shown.map((call) => {
      const by = call.parent === null ? '' : `, made by call ${call.parent.number}`;
      return `Call ${call.number}${by}: ${whatOf(tree, call, index)}.`;
    }),
  ];
}

function whatOf({ name }: CallTree, call: CallNode, index: number): string {
  const text = `${name}(${call.arguments})`;
  const isOver = (call.ends ?? Infinity) <= index;
  if (!isOver) return `${text} runs${call.kind === 'repeated' ? ', not for the first time' : ''}`;
  if (call.raised !== null) return `${text} is left by ${call.raised}`;
  if (call.kind === 'hit')
    return `${text} is answered from the table, ${call.result}; nothing below it runs`;
  const again = call.kind === 'repeated' ? ', worked out again' : '';
  return `${text} gives ${call.result ?? 'nothing'}${again}`;
}
