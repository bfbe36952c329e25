// One slide: its title, what it is about, and what has been revealed of that.

import { useEffect, useRef } from 'preact/hooks';
import type { CellBlock, ExploreBlock } from '../../src/lesson/lesson-model.ts';
import { Exercise } from '../lesson/exercise.tsx';
import { cellOf, type LessonState } from '../lesson/lesson-state.ts';
import { BlockView, CellBlockView } from '../lesson/lesson-view.tsx';
import { optionsOf } from './answers.ts';
import { plainWords } from './html.ts';
import { Options, printedBy } from './options.tsx';
import { isSeen } from './place.ts';
import { roomOf, titleSize } from './room.ts';
import type { Show } from './show.ts';
import type { Slide } from './slides.ts';

interface SlideProps {
  readonly slide: Slide;
  readonly show: Show;
}

export function SlideView({ slide, show }: SlideProps) {
  const { kind } = slide.subject;
  return (
    <section
      class="slide-page"
      data-kind={kind}
      aria-labelledby="slide-title"
      style={{ '--title': titleSize(plainWords(slide.titleHtml)) }}
    >
      <header class="slide-head">
        {kind === 'title' && (
          <p class="slide-aside">{`Chapter ${show.chapter.number}, ${pageWords(show)}`}</p>
        )}
        <h1
          id="slide-title"
          // Compiled from lesson.md with HTML switched off.
          dangerouslySetInnerHTML={{ __html: slide.titleHtml }}
        />
        {slide.aside !== '' && <p class="slide-aside">{slide.aside}</p>}
        {slide.subject.kind === 'explore' && isSeen(slide, show.place.value.reveal, 'answer') && (
          <Answer
            explore={slide.subject.explore}
            right={show.lesson.model.answers[slide.subject.explore.id]}
          />
        )}
      </header>
      <Body slide={slide} show={show} />
    </section>
  );
}

function pageWords({ chapter, lesson }: Show): string {
  const at = chapter.pages.findIndex(({ id }) => id === lesson.model.page.id);
  return `page ${at + 1} of ${chapter.pages.length}`;
}

function Body({ slide, show }: SlideProps) {
  const { lesson } = show;
  const { subject } = slide;
  const { reveal } = show.place.value;
  switch (subject.kind) {
    case 'title':
      return (
        <div
          class="slide-body slide-lead"
          dangerouslySetInnerHTML={{ __html: `<p>${subject.leadHtml}</p>` }}
        />
      );
    case 'rule':
      return (
        <div class="slide-body slide-rule" dangerouslySetInnerHTML={{ __html: subject.html }} />
      );
    case 'question':
      return (
        <div class="slide-body" data-shows="question">
          {isSeen(slide, reveal, 'options') && (
            <Options
              slide={slide}
              show={show}
              isRight={isSeen(slide, reveal, 'answer') ? (option) => option.isRight : null}
              rightWords="Yes"
            />
          )}
        </div>
      );
    case 'exercise':
      return <ExerciseBody slide={slide} show={show} />;
    case 'source':
      return (
        <div
          class="slide-body slide-source"
          style={{
            '--code': roomOf('', subject.source.html.replace(/<[^>]*>/g, ''), 'program').codeSize,
          }}
        >
          <BlockView block={subject.source} state={lesson} />
        </div>
      );
    default:
      return <Program cell={subject.cell} slide={slide} show={show} />;
  }
}

function ExerciseBody({ slide, show: { lesson } }: SlideProps) {
  const { subject } = slide;
  const block = subject.kind === 'exercise' ? subject.exercise : null;
  // What came of a check is shown as long as its slide is: then its mark has to go too.
  useEffect(
    () => () => {
      const phase = block === null ? null : cellOf(lesson, block.id).phase;
      if (phase?.value === 'passed' || phase?.value === 'failed') phase.value = 'idle';
    },
    [],
  );
  if (block === null) return null;
  return (
    <div
      class="slide-body slide-exercise"
      tabIndex={0}
      role="group"
      aria-label="Task"
      style={{
        '--code': roomOf(plainWords(slide.titleHtml), block.starter.code, 'task').codeSize,
      }}
    >
      <Exercise block={block} state={lesson} />
    </div>
  );
}

function Answer({ explore, right }: { explore: ExploreBlock; right: string | undefined }) {
  const { unit } = explore;
  return (
    <p class="slide-answer" role="status">
      {unit === null ? right : `${right ?? ''} ${unit[right === '1' ? 0 : 1]}`}
    </p>
  );
}

/** A variant that has not run shows a line that was taken out too, and a sign before it. */
function textShown(block: CellBlock, lesson: LessonState): string {
  const cell = cellOf(lesson, block.id);
  if (block.changes === null || cell.trace.value !== null) return cell.code.value;
  const base = cellOf(lesson, block.changes).original.split('\n');
  const longest = base.reduce((long, line) => (line.length > long.length ? line : long), '');
  return `${cell.code.value}\n- ${longest}`;
}

function Program({ cell: block, slide, show }: SlideProps & { cell: CellBlock }) {
  const { lesson } = show;
  const { reveal } = show.place.value;
  const cell = cellOf(lesson, block.id);
  const { kind } = slide.subject;
  const body = useRef<HTMLDivElement>(null);
  const isRun = isSeen(slide, reveal, 'run');
  const hasPicture = block.view !== null;
  // The questions about a picture come behind the slide that runs its program.
  useEffect(() => {
    if (kind === 'explore' || isRun) cell.isLocked.value = false;
  }, []);
  // A long program scrolls beside its picture: the line that is talked about stays in sight.
  const step = cell.step.value;
  useEffect(() => {
    body.current?.querySelector('.line.is-now')?.scrollIntoView({ block: 'nearest' });
  }, [step]);
  const isPicture =
    hasPicture &&
    (kind === 'predict'
      ? isSeen(slide, reveal, 'picture')
      : kind === 'explore' || isRun || cell.trace.value !== null);
  const hasOptions = isSeen(slide, reveal, 'options');
  const shows = isPicture ? 'picture' : slide.reveals.includes('options') ? 'options' : 'program';
  const printed = isRun ? printedBy(cell) : null;
  const isOpen = kind === 'predict' && !isRun;
  const isMarked =
    !cell.isChanged.value && optionsOf(slide).some((option) => printed?.(option) === true);
  const room = roomOf(plainWords(slide.titleHtml), textShown(block, lesson), shows);
  return (
    <div
      class="slide-body"
      data-shows={shows}
      data-is-open={isOpen ? 'true' : undefined}
      data-is-marked={isMarked ? 'true' : undefined}
      data-is-beside={room.isBeside ? 'true' : undefined}
      style={{ '--code': room.codeSize }}
      ref={body}
    >
      <CellBlockView block={block} state={lesson} />
      {shows === 'options' && hasOptions && (
        <Options slide={slide} show={show} isRight={printed} rightWords="Python printed this" />
      )}
    </div>
  );
}
