// The findings about many files, as one reads them: a sentence for each kind, its first examples, and what to do.

import { AGGREGATION_FILE } from './aggregation.ts';
import { KINDS, PATH, type Finding, type Kind } from './doctor.ts';
import { SCHEMAS_FILE } from './schemas.ts';

export interface FileFinding extends Finding {
  readonly path: string;
}

/** Examples that are shown of one kind. */
export const EXAMPLES_MAX = 3;

const KIND_TEXTS: Readonly<Record<Kind, { readonly is: string; readonly advice: string }>> = {
  unreadable: {
    is: 'Cannot be read',
    advice: `What can be mended is mended by: stacklab whisper find-corrupt --repair ${PATH}`,
  },
  archives: {
    is: `Keep their points otherwise than ${SCHEMAS_FILE} says`,
    advice: 'A changed schema is for new files only. Stop the writer, then for each file:',
  },
  rollup: {
    is: `Roll up otherwise than ${AGGREGATION_FILE} says`,
    advice: 'A changed rule is for new files only. For each file; what is rolled up already stays:',
  },
  rare: {
    is: 'Get points too rarely for their xFilesFactor, so that nothing is rolled up',
    advice: `Send more often, take a finest archive with the step of the sender, or want less, here and in ${AGGREGATION_FILE}:`,
  },
  crowded: {
    is: 'Get several points into one slot, of which only the last stays',
    advice: `Send less often, or keep finer archives, here and in ${SCHEMAS_FILE}:`,
  },
};

/** Lines to print about the tree at `folder`; none when nothing was found. */
export function reportLines(findings: readonly FileFinding[], folder: string): readonly string[] {
  return KINDS.flatMap((kind) => {
    const found = findings.filter((finding) => finding.kind === kind);
    return found.length === 0 ? [] : [...kindLines(kind, found, folder), ''];
  });
}

function kindLines(kind: Kind, found: readonly FileFinding[], folder: string): readonly string[] {
  const { is, advice } = KIND_TEXTS[kind];
  const shown = found.slice(0, EXAMPLES_MAX);
  const more = found.length - shown.length;
  const commands = shown.flatMap(({ path, remedy }) =>
    remedy === null ? [] : [`    ${commandText(remedy, path)}`],
  );
  return [
    `${is}: ${found.length} ${found.length === 1 ? 'file' : 'files'}`,
    ...shown.map(({ path, what }) => `  ${path} ${what}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `  ${advice.replace(PATH, quoted(folder))}`,
    ...commands,
  ];
}

function commandText(remedy: readonly string[], path: string): string {
  return [
    'stacklab',
    'whisper',
    ...remedy.map((word) => (word === PATH ? quoted(path) : word)),
  ].join(' ');
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./:@%+=,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
