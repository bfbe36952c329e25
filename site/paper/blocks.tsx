// Each block of a lesson on paper. Questions have room for a pen; the copy for those who teach has the answers.

import type {
  Block,
  ExerciseBlock,
  Option,
  PredictBlock,
  QuestionBlock,
} from '../../src/lesson/lesson-model.ts';
import type { RecordedLesson } from '../../src/lesson/recorded.ts';
import type { CheckTest } from '../../src/python/messages.ts';
import { inCode } from '../lesson/cell-foot.tsx';
import { PaperOutput, PaperPictures, PaperProgram } from './programs.tsx';

interface PaperProps<B> {
  readonly block: B;
  readonly lesson: RecordedLesson;
  readonly isTeachers: boolean;
  /** Cells that a prediction asks about: what they print is an answer. */
  readonly predicted: ReadonlySet<string>;
}

export function PaperBlock(props: PaperProps<Block>) {
  const { block, lesson, isTeachers, predicted } = props;
  switch (block.kind) {
    case 'prose':
      return <Html class="prose" html={block.html} />;
    case 'rule':
      return (
        <div class="rule">
          <p class="about">The rule</p>
          <Html html={block.html} />
        </div>
      );
    case 'source':
      return (
        <figure class="paper-program">
          <figcaption class="mono">{`${block.path}, line ${block.line}`}</figcaption>
          <div class="code">
            <pre class="code-lines" dangerouslySetInnerHTML={{ __html: block.html }} />
          </div>
        </figure>
      );
    case 'predict':
      return <PaperQuestion head="Predict" block={block} isTeachers={isTeachers} />;
    case 'question':
      return <PaperQuestion head="Check" block={block} isTeachers={isTeachers} />;
    case 'explore':
      return (
        <section class="paper-question">
          <p class="about">In the picture</p>
          <Html html={block.questionHtml} />
          {isTeachers ? (
            <p class="paper-answer">{lesson.recorded.answers[block.id]}</p>
          ) : (
            <Lines count={1} />
          )}
        </section>
      );
    case 'exercise':
      return <PaperExercise block={block} isTeachers={isTeachers} />;
    default: {
      const isAsked = predicted.has(block.id) && !isTeachers;
      return (
        <>
          <PaperProgram file={block.file} code={block.code} files={block.files} />
          {isAsked ? (
            <>
              <p class="about">Python printed</p>
              <Lines count={1} />
            </>
          ) : (
            <>
              <PaperOutput cell={block} lesson={lesson} />
              <PaperPictures cell={block} lesson={lesson} />
            </>
          )}
        </>
      );
    }
  }
}

/** Compiled from lesson.md with HTML switched off. */
function Html({ html, class: name }: { readonly html: string; readonly class?: string }) {
  return <div class={name} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Room for a pen. */
function Lines({ count }: { readonly count: number }) {
  return (
    <div class="paper-lines" aria-hidden="true">
      {Array.from({ length: count }, () => (
        <span />
      ))}
    </div>
  );
}

function PaperQuestion({
  head,
  block,
  isTeachers,
}: {
  readonly head: string;
  readonly block: PredictBlock | QuestionBlock;
  readonly isTeachers: boolean;
}) {
  const isPredict = block.kind === 'predict';
  return (
    <section class="paper-question">
      <p class="about">{head}</p>
      <Html html={block.questionHtml} />
      <ol class="paper-options">
        {block.options.map((option) => (
          <li class={isTeachers && option.isRight ? 'is-right' : ''}>
            {isPredict ? <code>{option.text}</code> : inCode(option.text)}
            {option.note !== '' && ` ${option.note}`}
            {isTeachers && <Told option={option} feedback={block.feedback} />}
          </li>
        ))}
      </ol>
      {isPredict && !isTeachers && (
        <>
          <p class="about">{block.options.length === 0 ? 'My answer, and why' : 'Because'}</p>
          <Lines count={2} />
        </>
      )}
    </section>
  );
}

/** What the page says to that option. */
function Told({
  option,
  feedback,
}: {
  option: Option;
  feedback: Readonly<Record<string, string>>;
}) {
  if (option.isRight) return <strong class="paper-told">Right.</strong>;
  return <Html class="paper-told" html={feedback[option.misconception ?? ''] ?? ''} />;
}

/** Lines of the starter and a few more: the room that an answer needs. */
const MORE_LINES = 4;

function PaperExercise({
  block,
  isTeachers,
}: {
  readonly block: ExerciseBlock;
  readonly isTeachers: boolean;
}) {
  const { file, starter, solution, html, pieces } = block;
  return (
    <section class="paper-exercise">
      <Html class="prose" html={html} />
      {pieces === null ? (
        <PaperProgram file={file} code={starter.code} files={starter.files} />
      ) : (
        <ul class="paper-pieces">
          {pieces.map(({ text }) => (
            <li class="mono">{text}</li>
          ))}
        </ul>
      )}
      {isTeachers ? (
        <>
          <h4>A solution</h4>
          <PaperProgram file={file} code={solution.code} files={solution.files} />
          <Tests tests={block.tests} />
          {block.wrong.map(({ id, code, feedbackHtml }) => (
            <div class="paper-wrong">
              <h4>{`Wrong answer: ${id.replaceAll('-', ' ')}`}</h4>
              <PaperProgram file={file} code={code} />
              <Html class="paper-told" html={feedbackHtml} />
            </div>
          ))}
        </>
      ) : (
        <Lines count={solution.code.split('\n').length + MORE_LINES} />
      )}
    </section>
  );
}

function Tests({ tests }: { readonly tests: readonly CheckTest[] }) {
  return (
    <>
      <h4>What is tested</h4>
      <ul class="paper-tests">
        {tests.map((test) => (
          <li>
            <code>{test.call ?? test.code?.asked ?? 'the whole program'}</code>
            {wantedWords(test)}
            {/* A sentence of the author, with its code compiled. */}
            {test.why !== undefined && <Html html={test.why} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function wantedWords({ expect, expectPython, raises, prints }: CheckTest): string {
  if (raises !== undefined) return ` raises ${raises}`;
  if (prints !== undefined) return ` prints ${JSON.stringify(prints)}`;
  if (expectPython !== undefined) return ` is ${expectPython}`;
  return expect === undefined ? '' : ` is ${JSON.stringify(expect)}`;
}
