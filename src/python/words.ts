// How a run ended, in plain words: who stopped it, after how long, which line ran last.

import type { RunEnding } from './messages.ts';

export interface EndingFacts {
  readonly how: RunEnding['how'];
  /** How far a stop had to go: the program ended when asked, when pressed at every line, or with its whole Python. */
  readonly stage: 'asked' | 'insisted' | 'ended';
  readonly line: number | null;
  readonly tookMs: number;
  readonly lines: number;
  readonly characters: number;
  readonly loudestLine: number | null;
  readonly loudestPercent: number;
  /** Why Python broke, in the words of the browser. */
  readonly why?: string;
}

const STAGES = {
  asked: '',
  insisted: ' The program caught the first stop, so every line after it was stopped too.',
  ended: ' Python gave no answer, so it starts again. Your code is still here.',
} as const;

export function endingWords(facts: EndingFacts): string {
  const after = duration(facts.tookMs);
  const last = facts.line === null ? '' : ` Line ${facts.line} ran last.`;
  switch (facts.how) {
    case 'finished':
      return `Finished in ${after}.`;
    case 'error':
      return facts.line === null
        ? 'Python stopped before the first line.'
        : `Python stopped at line ${facts.line}.`;
    case 'output-limit':
      return `Stopped: the program printed ${grouped(facts.lines)} lines, ${grouped(facts.characters)} characters.${loudest(facts)}`;
    case 'time-limit':
      return `Stopped by the time limit after ${after}.${last}${STAGES[facts.stage]}`;
    case 'stopped':
      return `You stopped it after ${after}.${last}${STAGES[facts.stage]}`;
    default:
      return `${broke(facts.why ?? '', after)} Python starts again, and your code is still here.`;
  }
}

/** What the browser says about a Python that broke, as a sentence. */
function broke(why: string, after: string): string {
  if (/call stack|stack overflow|recursion/i.test(why))
    return `Calls or lists inside one another used up Python's stack after ${after}.`;
  if (/memory|allocation|heap/i.test(why))
    return `The program used up Python's memory after ${after}.`;
  return `Python itself broke after ${after}.`;
}

function loudest(facts: EndingFacts): string {
  if (facts.loudestLine === null) return '';
  return ` Line ${facts.loudestLine} printed ${facts.loudestPercent} % of it.`;
}

/** `3 ms`, `0.8 s`, `12 s`. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.max(1, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.round(ms / 1000)} s`;
}

/** 10000 as `10 000`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}
