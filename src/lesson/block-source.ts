// What stands between the colons of a block, for the reader of its kind: attributes, prose, fences.

import type { Token } from 'markdown-it';
import type { Answer, ExerciseBlock } from './lesson-model.ts';
import { readPackages } from './packages.ts';

/** Of the program of an exercise. */
export function programName({ id, attributes }: BlockSource): string {
  return attributes['file'] ?? `${id}.py`;
}

/** The program alone. */
export function alone(code: string): Answer {
  return { code, files: {} };
}

export interface BlockSource {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its prose, as HTML. */
  readonly html: string;
  readonly fences: readonly Token[];
  /** The text of the fence with exactly this info; undefined when there is none. */
  fence(info: string): string | undefined;
  /** The words of a fence as HTML within a line. */
  inline(text: string): string;
}

export function makeBlockSource(
  id: string,
  attributes: Readonly<Record<string, string>>,
  inner: readonly Token[],
  toHtml: {
    readonly prose: (tokens: readonly Token[]) => string;
    readonly inline: (text: string) => string;
  },
): BlockSource {
  const fences = inner.filter((token) => token.type === 'fence');
  return {
    id,
    attributes,
    html: toHtml.prose(inner.filter((token) => token.type !== 'fence')),
    fences,
    fence: (info) => fences.find((token) => token.info.trim() === info)?.content.trimEnd(),
    inline: toHtml.inline,
  };
}

/** An exercise of any kind: what is said of it, and for the rest that of a typed answer. */
export function exerciseFrom(
  source: BlockSource,
  parts: Pick<ExerciseBlock, 'starter' | 'solution' | 'tests' | 'hints'> & Partial<ExerciseBlock>,
): ExerciseBlock {
  const { id, attributes, html } = source;
  return {
    kind: 'exercise',
    id,
    file: programName(source),
    html,
    packages: readPackages(attributes),
    isBroken: false,
    isRenamable: false,
    wrong: [],
    pieces: null,
    mutants: null,
    aroundBlanks: null,
    ...parts,
  };
}
