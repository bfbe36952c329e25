// A page of a lesson as slides: one for each thing to look at, with the prose before it as its notes.
//
//   title -> prediction with its cell | cell | rule | check question | question about a picture | exercise | source

import type {
  CellBlock,
  ExerciseBlock,
  ExploreBlock,
  LessonPage,
  PredictBlock,
  QuestionBlock,
  SourceBlock,
} from '../../src/lesson/lesson-model.ts';
import { firstSentence, lastParagraph, plainWords, takeHeading, takeParagraph } from './html.ts';

/** What comes one after the other on a slide. */
export type Reveal = 'options' | 'run' | 'picture' | 'answer';

/** What a slide is about, as it stands in the page. */
export type Subject =
  | { readonly kind: 'title'; readonly leadHtml: string }
  | { readonly kind: 'predict'; readonly predict: PredictBlock; readonly cell: CellBlock }
  | { readonly kind: 'cell'; readonly cell: CellBlock }
  | { readonly kind: 'rule'; readonly html: string }
  | { readonly kind: 'question'; readonly question: QuestionBlock }
  | { readonly kind: 'explore'; readonly explore: ExploreBlock; readonly cell: CellBlock }
  | { readonly kind: 'exercise'; readonly exercise: ExerciseBlock }
  | { readonly kind: 'source'; readonly source: SourceBlock };

export interface Slide {
  /** One of its page: hands are counted by it. */
  readonly id: string;
  readonly titleHtml: string;
  /** A few words beside the title: what a class does now. */
  readonly aside: string;
  readonly subject: Subject;
  readonly reveals: readonly Reveal[];
  readonly notesHtml: string;
}

/** A longer sentence is no heading. */
const TITLE_CHARACTERS_MAX = 80;
const NEAR_MISS = 'A near miss';

export function slidesOf(page: LessonPage): readonly Slide[] {
  const slides: Slide[] = [];
  let notes = '';
  const add = (slide: Omit<Slide, 'notesHtml'>, more = ''): void => {
    slides.push({ ...slide, notesHtml: notes + more });
    notes = '';
  };
  const cellOf = (id: string): CellBlock => {
    const cell = page.blocks.find((block) => block.kind === 'cell' && block.id === id);
    if (cell?.kind !== 'cell') throw new Error(`The page "${page.id}" has no cell "${id}".`);
    return cell;
  };
  const isPredicted = (id: string): boolean =>
    page.blocks.some((block) => block.kind === 'predict' && block.cellId === id);

  const [first, ...others] = page.blocks;
  const lead = takeParagraph(first?.kind === 'prose' ? first.html : '');
  add({
    id: 'title',
    titleHtml: page.title,
    aside: '',
    subject: { kind: 'title', leadHtml: lead.inner },
    reveals: [],
  });
  notes = lead.rest;

  for (const block of first?.kind === 'prose' ? others : page.blocks) {
    switch (block.kind) {
      case 'prose':
        notes += block.html;
        break;
      case 'predict': {
        const cell = cellOf(block.cellId);
        const { inner, rest } = takeParagraph(block.questionHtml);
        add(
          {
            id: block.id,
            titleHtml: inner,
            aside: block.options.length > 0 ? 'Hands up, then we run it' : 'Say it, then we run it',
            subject: { kind: 'predict', predict: block, cell },
            reveals: revealsOf(block, cell),
          },
          rest,
        );
        break;
      }
      case 'cell':
        // Together with its prediction it stands on that slide.
        if (isPredicted(block.id)) break;
        add({
          id: block.id,
          titleHtml: cellTitle(notes, block),
          aside: isNearMiss(notes) ? NEAR_MISS : 'We run it',
          subject: { kind: 'cell', cell: block },
          reveals: ['run'],
        });
        break;
      case 'rule':
        add({
          id: `rule-${slides.length}`,
          titleHtml: 'The rule',
          aside: '',
          subject: { kind: 'rule', html: block.html },
          reveals: [],
        });
        break;
      case 'question': {
        const { inner, rest } = takeParagraph(block.questionHtml);
        add(
          {
            id: block.id,
            titleHtml: inner,
            aside: 'Hands up',
            subject: { kind: 'question', question: block },
            reveals: ['options', 'answer'],
          },
          rest,
        );
        break;
      }
      case 'explore': {
        const { inner, rest } = takeParagraph(block.questionHtml);
        add(
          {
            id: block.id,
            titleHtml: inner,
            aside: 'Look at the picture',
            subject: { kind: 'explore', explore: block, cell: cellOf(block.cellId) },
            reveals: ['answer'],
          },
          rest,
        );
        break;
      }
      case 'exercise': {
        const { inner, rest } = takeHeading(block.html);
        add(
          {
            id: block.id,
            titleHtml: inner || block.file,
            aside: 'Your turn',
            subject: { kind: 'exercise', exercise: block },
            reveals: [],
          },
          takeParagraph(rest).rest,
        );
        break;
      }
      default:
        add({
          id: `source-${slides.length}`,
          titleHtml: block.name,
          aside: 'This code runs here',
          subject: { kind: 'source', source: block },
          reveals: [],
        });
    }
  }
  const last = slides.at(-1);
  if (last !== undefined && notes !== '')
    slides[slides.length - 1] = { ...last, notesHtml: last.notesHtml + notes };
  return slides;
}

function revealsOf({ options }: PredictBlock, { view }: CellBlock): readonly Reveal[] {
  return [
    ...(options.length > 0 ? (['options'] as const) : []),
    'run',
    ...(view === null ? [] : (['picture'] as const)),
  ];
}

function isNearMiss(notes: string): boolean {
  return takeHeading(notes).inner === NEAR_MISS;
}

/** A program without a question is called by the sentence that leads to it, or by its file. */
function cellTitle(notes: string, cell: CellBlock): string {
  const words = isNearMiss(notes) ? takeParagraph(notes).inner : lastParagraph(notes);
  const title = firstSentence(words);
  const length = plainWords(title).length;
  return length > 0 && length <= TITLE_CHARACTERS_MAX ? title : cell.file;
}
