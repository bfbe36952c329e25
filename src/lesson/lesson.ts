// lesson.md -> a compiled lesson.
//
//   ---  front matter  ---
//   # Title {#id kind=explore}        a page
//   prose
//   ```python run id=counters         a cell
//   ```text file=rows.csv of=counters a further file of it
//   ::: predict id=a cell=counters    a question before the run: options, or a typed answer
//   ::: rule                          one sentence
//   ::: near-miss                     a variant that breaks; holds a cell and a prediction
//   ::: check id=boxes                a question with options
//   ::: explore id=calls cell=fib     a question about a picture: what is counted in it
//   ::: exercise id=in-range          starter, solution, tests, wrong answers, hints
//   ::: source src/a/b.ts name        a declaration of our own code
//   ::: parsons, mutants, fill        exercises of other kinds, each in a file of its own
//
// lessons/README.md says it for authors. Every refusal names the file and what was found.

import MarkdownIt, { type Token } from 'markdown-it';
import container from 'markdown-it-container';
import { parse as parseYaml } from 'yaml';
import { bad, good, type Result } from '../core/base/result.ts';
import { readAttributes } from './attributes.ts';
import { makeBlockSource } from './block-source.ts';
import { readExercise } from './exercise.ts';
import { cellToCount, readExplore } from './explore.ts';
import { fileNameFault, FILES_MAX } from './file-names.ts';
import { readFill } from './fill.ts';
import { pageLink } from './links.ts';
import { readMutants } from './mutants.ts';
import { readPackages, unknownPackage } from './packages.ts';
import { readParsons } from './parsons.ts';
import type {
  Block,
  CellBlock,
  CompiledLesson,
  LessonPage,
  MetMisconception,
  Minutes,
  Option,
  PageKind,
} from './lesson-model.ts';
import { readSource, type ReadProjectFile } from './source-code.ts';
import { VIEWS } from '../python/views.ts';
import { PAGE_KINDS, wrongAnswersOf } from './lesson-model.ts';

/** Blocks that are read in a file of their own. */
const READERS = {
  exercise: readExercise,
  parsons: readParsons,
  mutants: readMutants,
  fill: readFill,
  explore: readExplore,
} as const;

const CONTAINERS = ['predict', 'rule', 'near-miss', 'check', 'source', ...Object.keys(READERS)];

const markdown = new MarkdownIt({ html: false, typographer: false });
for (const name of CONTAINERS) markdown.use(container, name);

// A link is written as it works on GitHub; in the page it leads to the page's own address.
markdown.core.ruler.push('page-links', ({ tokens }) => {
  for (const link of tokens.flatMap(({ children }) => children ?? []))
    if (link.type === 'link_open')
      link.attrSet('href', pageLink(String(link.attrGet('href') ?? '')));
});

/** A refusal deep inside the walk; it never leaves this file. */
class Refusal extends Error {}

/** `readFile` gives the files of this project that a lesson shows a part of. */
export function compileLesson(
  source: string,
  file: string,
  readFile: ReadProjectFile = () => null,
): Result<CompiledLesson> {
  try {
    return good(compile(source, readFile));
  } catch (error) {
    if (error instanceof Refusal) return bad(`${file}: ${error.message}`);
    throw error;
  }
}

function compile(source: string, readFile: ReadProjectFile): CompiledLesson {
  const split = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source);
  if (split === null)
    throw new Refusal('a lesson begins with front matter between two lines of ---.');
  const front = parseYaml(split[1] ?? '') as Readonly<Record<string, unknown>>;
  for (const name of ['id', 'number', 'title', 'minutes'])
    if (front[name] === undefined) throw new Refusal(`the front matter needs "${name}".`);
  const sections = sectionsOf(split[2] ?? '').map((page) => compilePage(page, readFile));
  const pages = withSharedFiles(sections);
  if (pages.length === 0)
    throw new Refusal('a lesson has at least one page: "# Title {#id kind=run}".');
  refuseTwice(pages);
  const minutes = String(front['minutes']);
  refuseOtherSum(minutes, pages);
  return {
    id: String(front['id']),
    number: Number(front['number']),
    title: String(front['title']),
    minutes,
    isListed: front['listed'] !== false,
    isProject: front['project'] === true,
    prerequisites: textsIn(front, 'prerequisites'),
    misconceptions: textsIn(front, 'misconceptions').map((text) => metMisconception(text, pages)),
    pages,
  };
}

function textsIn(front: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const list = front[name] ?? [];
  if (!Array.isArray(list))
    throw new Refusal(`"${name}" in the front matter is a list, as in "${name}: [one, two]".`);
  return list.map(String);
}

/** `shared-cell at shared-count/one-shared-counter` */
function metMisconception(text: string, pages: readonly LessonPage[]): MetMisconception {
  const [, name = '', blockId = '', answer = ''] = /^([\w-]+) at ([\w-]+)\/(.+)$/.exec(text) ?? [];
  const block = pages
    .flatMap(({ blocks }) => blocks)
    .find((each) => 'id' in each && each.id === blockId);
  if (block === undefined || !wrongAnswersOf(block).includes(answer))
    throw new Refusal(
      `the misconception "${text}" of the front matter names no wrong answer of this lesson. Write "name at block/wrong-answer".`,
    );
  return { name, blockId, answer };
}

/** Times of pages are the author's; the sum of a chapter is not. */
function refuseOtherSum(minutes: string, pages: readonly LessonPage[]): void {
  const timed = pages.flatMap((page) => page.minutes ?? []);
  if (timed.length === 0) return;
  const lacking = pages.find((page) => page.minutes === null);
  if (lacking !== undefined)
    throw new Refusal(`page "${lacking.id}" has no minutes, as in "minutes=3-5"; others have.`);
  const sum = (of: 'min' | 'max'): number => timed.reduce((total, each) => total + each[of], 0);
  const whole = `${sum('min')}-${sum('max')}`;
  if (whole !== minutes)
    throw new Refusal(
      `the front matter has minutes: ${minutes}, and the pages add up to ${whole}.`,
    );
}

/** `files-of=replay`: a cell brings the further files of that one, beside its own. */
function withSharedFiles(pages: readonly LessonPage[]): readonly LessonPage[] {
  const cells = new Map<string, CellBlock>();
  const shared = (block: Block): Block => {
    if (block.kind !== 'cell') return block;
    const of = block.filesOf === null ? null : cells.get(block.filesOf);
    if (of === undefined)
      throw new Refusal(
        `the cell "${block.id}" brings the files of "${block.filesOf}", which is no cell above it.`,
      );
    const cell = of === null ? block : { ...block, files: { ...of.files, ...block.files } };
    cells.set(cell.id, cell);
    return cell;
  };
  return pages.map((page) => ({ ...page, blocks: page.blocks.map(shared) }));
}

/** The text from one `# ` to the next. Inside of a fence that is a comment of a program. */
function sectionsOf(text: string): readonly string[] {
  const sections: string[][] = [];
  let isInFence = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) isInFence = !isInFence;
    if (line.startsWith('# ') && !isInFence) sections.push([line.slice(2)]);
    else sections.at(-1)?.push(line);
  }
  return sections.map((lines) => lines.join('\n'));
}

/** Progress is kept by id, so no two things of a lesson may share one. */
function refuseTwice(pages: readonly LessonPage[]): void {
  const seen = new Set<string>();
  for (const page of pages)
    for (const id of [
      page.id,
      ...page.blocks.flatMap((block) => ('id' in block ? [block.id] : [])),
    ]) {
      if (seen.has(id)) throw new Refusal(`the id "${id}" is used twice.`);
      seen.add(id);
    }
}

function compilePage(section: string, readFile: ReadProjectFile): LessonPage {
  const head = /^(.+?) \{#([\w-]+)([^}]*)\}\n/.exec(section);
  if (head === null)
    throw new Refusal(
      `the heading "${section.split('\n')[0] ?? ''}" needs an id and a kind, as in "{#makes kind=run}".`,
    );
  const [whole, title = '', id = '', rest = ''] = head;
  const attributes = readAttributes(rest);
  const kind = attributes['kind'] ?? '';
  if (!isPageKind(kind))
    throw new Refusal(
      `page "${id}" has the kind "${kind}"; it is one of ${PAGE_KINDS.join(', ')}.`,
    );
  const blocks = readBlocks(markdown.parse(section.slice(whole.length), {}), readFile);
  for (const block of blocks) {
    const found = block.kind === 'explore' ? cellToCount(block, blocks) : null;
    if (found?.ok === false) throw new Refusal(found.why);
  }
  return { id, title, kind, minutes: readMinutes(id, attributes['minutes']), blocks };
}

function readMinutes(id: string, text: string | undefined): Minutes | null {
  if (text === undefined) return null;
  const [, min = '', max = ''] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (min === '' || Number(min) > Number(max))
    throw new Refusal(
      `page "${id}" has minutes=${text}; write the fewest and the most, as in "3-5".`,
    );
  return { min: Number(min), max: Number(max) };
}

function isPageKind(text: string): text is PageKind {
  return PAGE_KINDS.some((kind) => kind === text);
}

/** Walks the tokens of one level; prose between the special blocks is gathered as it comes. */
function readBlocks(tokens: readonly Token[], readFile: ReadProjectFile): Block[] {
  const blocks: Block[] = [];
  let prose: Token[] = [];
  const endProse = (): void => {
    if (prose.length > 0) blocks.push({ kind: 'prose', html: htmlOf(prose) });
    prose = [];
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const name = /^container_(.+)_open$/.exec(token.type)?.[1];
    if (name !== undefined) {
      endProse();
      const end = closingOf(tokens, at, name);
      blocks.push(...readContainer(name, token.info, tokens.slice(at + 1, end), readFile));
      at = end;
    } else if (token.type === 'fence' && /^python run\b/.test(token.info)) {
      endProse();
      blocks.push(readCell(token));
    } else if (token.type === 'fence' && / of=/.test(token.info)) {
      endProse();
      addFile(blocks, token);
    } else prose.push(token);
  }
  endProse();
  return blocks;
}

/** ```python file=helpers.py of=demo: one more file of the cell above. */
function addFile(blocks: Block[], token: Token): void {
  const { file, of } = readAttributes(token.info);
  const at = blocks.findLastIndex((block) => block.kind === 'cell' && block.id === of);
  const cell = blocks[at];
  if (cell?.kind !== 'cell' || file === undefined)
    throw new Refusal(
      `the fence "${token.info}" is a file of the cell "${of}": that stands above it, and the file has a name.`,
    );
  const fault = fileNameFault(file, cell.file);
  if (fault !== null) throw new Refusal(`the fence "${token.info}" of "${cell.id}" ${fault}.`);
  if (cell.files[file] !== undefined)
    throw new Refusal(`the fence "${token.info}" writes ${file} twice. Take one of the two out.`);
  if (Object.keys(cell.files).length >= FILES_MAX)
    throw new Refusal(`the cell "${cell.id}" has more than ${FILES_MAX} further files.`);
  blocks[at] = { ...cell, files: { ...cell.files, [file]: token.content } };
}

function closingOf(tokens: readonly Token[], open: number, name: string): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.type === `container_${name}_open`) depth += 1;
    if (tokens[at]?.type === `container_${name}_close`) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Refusal(`the block "::: ${name}" is never closed.`);
}

function readContainer(
  name: string,
  info: string,
  inner: readonly Token[],
  readFile: ReadProjectFile,
): Block[] {
  const attributes = readAttributes(info.trim().slice(name.length));
  if (name === 'rule') return [{ kind: 'rule', html: htmlOf(inner) }];
  if (name === 'near-miss')
    return [{ kind: 'prose', html: '<h2>A near miss</h2>\n' }, ...readBlocks(inner, readFile)];
  if (name === 'source') {
    const block = readSource(info.trim().slice(name.length).trim(), readFile);
    if (!block.ok) throw new Refusal(block.why);
    return [block.value];
  }
  const id = attributes['id'];
  if (id === undefined) throw new Refusal(`a block "::: ${name}" needs an id, as in "id=boxes".`);
  if (hasReader(name)) {
    const toHtml = { prose: htmlOf, inline: inlineHtml };
    const block = READERS[name](makeBlockSource(id, attributes, inner, toHtml));
    if (!block.ok) throw new Refusal(block.why);
    return [block.value];
  }
  const question = readQuestion(id, inner);
  if (name === 'check') {
    if (question.options.filter((option) => option.isRight).length !== 1)
      throw new Refusal(`the question "${id}" needs exactly one right option, "- [x]".`);
    return [{ kind: 'question', id, ...question }];
  }
  const cellId = attributes['cell'];
  if (cellId === undefined)
    throw new Refusal(
      `the prediction "${id}" needs the cell that it is about, as in "cell=counters".`,
    );
  return [{ kind: 'predict', id, cellId, ...question }];
}

function hasReader(name: string): name is keyof typeof READERS {
  return name in READERS;
}

function readCell(token: Token): CellBlock {
  const attributes = readAttributes(token.info.replace('python run', ''));
  const id = attributes['id'];
  if (id === undefined)
    throw new Refusal(`the cell "${token.content.split('\n')[0] ?? ''}" needs an id.`);
  const named = attributes['view'] ?? null;
  const view = VIEWS.find((each) => each === named) ?? null;
  if (named !== null && view === null)
    throw new Refusal(`the cell "${id}" has the view "${named}"; there are ${VIEWS.join(', ')}.`);
  const packages = readPackages(attributes);
  const why = unknownPackage(packages);
  if (why !== null) throw new Refusal(`in the cell "${id}" ${why}`);
  return {
    kind: 'cell',
    id,
    file: attributes['file'] ?? `${id}.py`,
    code: token.content.trimEnd(),
    files: {},
    filesOf: attributes['files-of'] ?? null,
    packages,
    cli: attributes['cli'] ?? null,
    input: attributes['input']?.split('|') ?? [],
    view,
    of: attributes['of'] ?? null,
    stepsTo: attributes['steps-to'] ?? null,
    changes: attributes['changes'] ?? null,
  };
}

interface QuestionParts {
  readonly questionHtml: string;
  readonly options: readonly Option[];
  readonly feedback: Readonly<Record<string, string>>;
}

/** Prose, a list of options, and fences: `python variant=...` and `feedback ...`. */
function readQuestion(id: string, inner: readonly Token[]): QuestionParts {
  const fences = inner.filter((token) => token.type === 'fence');
  const variants = new Map<string, string>();
  const feedback: Record<string, string> = {};
  for (const fence of fences) {
    const variant = readAttributes(fence.info)['variant'];
    if (variant !== undefined) variants.set(variant, fence.content.trimEnd());
    else if (fence.info.startsWith('feedback '))
      feedback[fence.info.slice('feedback '.length).trim()] = inlineHtml(fence.content);
    else
      throw new Refusal(
        `"${id}" holds a fence "${fence.info}"; it may hold feedback and variants.`,
      );
  }
  const start = inner.findIndex((token) => token.type === 'bullet_list_open');
  const end = inner.findLastIndex((token) => token.type === 'bullet_list_close');
  const items = start < 0 ? [] : inner.slice(start, end).filter((token) => token.type === 'inline');
  const options = items.map((item) => readOption(id, item.content, variants));
  for (const { misconception } of options)
    if (misconception !== null && feedback[misconception] === undefined)
      throw new Refusal(`"${id}" has no feedback for the option "${misconception}".`);
  const prose = inner.filter(
    (token, at) => token.type !== 'fence' && (start < 0 || at < start || at > end),
  );
  return { questionHtml: htmlOf(prose), options, feedback };
}

const OPTION = /^\[([ x])\] (`[^`]+`|[^{|]+?)(?:\s*\|\s*([^{]*?))?\s*(?:\{([^}]*)\})?$/;

function readOption(id: string, text: string, variants: ReadonlyMap<string, string>): Option {
  const found = OPTION.exec(text.replaceAll('\n', ' '));
  if (found === null)
    throw new Refusal(
      `"${id}" has the option "${text}"; an option is "- [ ] \`answer\` | note {misconception=name}".`,
    );
  const [, mark, answer = '', note = '', rest = ''] = found;
  const attributes = readAttributes(rest);
  const misconception = attributes['misconception'] ?? null;
  if (mark === ' ' && misconception === null)
    throw new Refusal(`the wrong option "${answer}" of "${id}" names no misconception.`);
  return {
    // Code as a whole loses its backquotes; words that begin with code keep them.
    text: /^`[^`]+`$/.test(answer) ? answer.slice(1, -1) : answer,
    note,
    isRight: mark === 'x',
    misconception,
    variant: variants.get(misconception ?? '') ?? null,
    unproved: attributes['unproved'] ?? null,
  };
}

function htmlOf(tokens: readonly Token[]): string {
  return markdown.renderer.render([...tokens], markdown.options, {});
}

function inlineHtml(text: string): string {
  return markdown.renderInline(text.trim());
}
