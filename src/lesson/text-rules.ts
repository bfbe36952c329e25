// The rules of a lesson's text that can be counted. A finding is a warning with its number: an author may have a
// reason, and nobody can measure whether a sentence is clear.
//
//   sentence     25 words        paragraph   4 sentences     page   700 words, 350 before the first thing to do
//   code         12 lines, 25 in a project, 72 columns       words  those that tell a reader it should be easy

import { paragraphsOf, plainText, sentencesIn, wordsIn } from './sentences.ts';

export const SENTENCE_WORDS_MAX = 25;
export const PARAGRAPH_SENTENCES_MAX = 4;
export const PAGE_WORDS_MAX = 700;
export const WORDS_BEFORE_DOING_MAX = 350;
export const CODE_LINES_MAX = 12;
export const PROJECT_LINES_MAX = 25;
export const CODE_COLUMNS_MAX = 72;
const NOT_KIND = /\b(simply|just|obviously|easy|easily|of course|oops)\b/i;

export interface TextFinding {
  /** From 1, in the file. */
  readonly line: number;
  readonly what: string;
}

/** What a whole text comes to. */
export interface TextNumbers {
  readonly sentences: number;
  readonly words: number;
  /** Words of the longest sentence. */
  readonly longest: number;
  /** Words that tell a reader it should be easy. */
  readonly notKind: number;
}

export function textNumbers(source: string): TextNumbers {
  const plain = paragraphsOf(source).map(({ text }) => plainText(text));
  const lengths = plain.flatMap(sentencesIn).map(wordsIn);
  return {
    sentences: lengths.length,
    words: lengths.reduce((sum, length) => sum + length, 0),
    longest: Math.max(0, ...lengths),
    notKind: plain.filter((text) => NOT_KIND.test(text)).length,
  };
}

/** `isProject`: programs may be longer there. */
export function textFindings(source: string, isProject: boolean): readonly TextFinding[] {
  return [
    ...paragraphsOf(source).flatMap(({ line, text }) =>
      paragraphFindings(text).map((what) => ({ line, what })),
    ),
    ...codeFindings(source, isProject ? PROJECT_LINES_MAX : CODE_LINES_MAX),
    ...pageFindings(source),
  ];
}

function paragraphFindings(text: string): string[] {
  const plain = plainText(text);
  const sentences = sentencesIn(plain);
  const findings = sentences.flatMap((sentence) => {
    const count = wordsIn(sentence);
    return count > SENTENCE_WORDS_MAX
      ? [
          `a sentence of ${count} words: "${sentence.slice(0, 40)}...". At most ${SENTENCE_WORDS_MAX}; make two of it`,
        ]
      : [];
  });
  if (sentences.length > PARAGRAPH_SENTENCES_MAX)
    findings.push(
      `a paragraph of ${sentences.length} sentences. At most ${PARAGRAPH_SENTENCES_MAX}; put an empty line between two of them`,
    );
  const word = NOT_KIND.exec(plain)?.[0];
  if (word !== undefined)
    findings.push(`the word "${word}". Who finds it hard reads that as blame; leave it out`);
  if (/!(?:\s|$)/.test(plain)) findings.push('an exclamation mark. A full stop is calmer');
  return findings;
}

/** Programs that a reader reads: not those of wrong answers, variants and mutants. */
function codeFindings(source: string, linesMax: number): TextFinding[] {
  const findings: TextFinding[] = [];
  for (const [whole, info = '', code = ''] of source.matchAll(
    /^```(python[^\n]*)\n([\s\S]*?)^```/gm,
  )) {
    if (/\b(?:wrong|variant|mutant|solution|distractor)\b/.test(info)) continue;
    const at = source.slice(0, source.indexOf(whole)).split('\n').length;
    const lines = code.trimEnd().split('\n');
    if (lines.length > linesMax)
      findings.push({
        line: at,
        what: `a program of ${lines.length} lines. At most ${linesMax}; show a smaller one`,
      });
    lines.forEach((text, index) => {
      if (text.length > CODE_COLUMNS_MAX)
        findings.push({
          line: at + 1 + index,
          what: `a line of ${text.length} columns. At most ${CODE_COLUMNS_MAX}, or a phone has to scroll`,
        });
    });
  }
  return findings;
}

function pageFindings(source: string): TextFinding[] {
  const findings: TextFinding[] = [];
  const starts = [...source.matchAll(/^# .*$/gm)].map(({ index }) => index);
  starts.forEach((from, at) => {
    const page = source.slice(from, starts[at + 1] ?? source.length);
    const line = source.slice(0, from).split('\n').length;
    const count = (text: string): number =>
      paragraphsOf(text).reduce((sum, paragraph) => sum + wordsIn(paragraph.text), 0);
    const words = count(page.replace(/^```(?:hint|feedback )[\s\S]*?^```/gm, ''));
    if (words > PAGE_WORDS_MAX)
      findings.push({
        line,
        what: `a page of ${words} words. At most ${PAGE_WORDS_MAX}; make two of it`,
      });
    const before = count(page.split(/^(?:```python run|::: ?\w)/m)[0] ?? '');
    if (before > WORDS_BEFORE_DOING_MAX)
      findings.push({
        line,
        what: `${before} words before the first thing to do. At most ${WORDS_BEFORE_DOING_MAX}; begin with the program`,
      });
  });
  return findings;
}
