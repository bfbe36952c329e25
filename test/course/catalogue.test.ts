// Every exercise of the catalogue is graded as it is written: the solution passes, each wrong answer fails in its own way.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLesson } from '../../src/node/check/lesson.ts';
import { makeReporter } from '../../src/node/check/report.ts';
import type { Python } from '../../src/python/client.ts';
import {
  CHAPTERS,
  EXERCISES,
  exercisesOf,
  programsOf,
  readCatalogue,
  WRONG_ANSWERS,
} from './catalogue.ts';
import { startPython } from './thread.ts';

const chapters = readCatalogue();
const exercises = chapters.flatMap(exercisesOf);
const wrongAnswers = exercises.flatMap(({ id, wrong }) =>
  wrong.map((each) => ({ name: `${id}/${each.id}`, ...each })),
);

describe('the catalogue', () => {
  it('has lost no exercise and no wrong answer', () => {
    expect(chapters.length).toBe(CHAPTERS);
    expect(exercises.length).toBe(EXERCISES);
    expect(new Set(exercises.map(({ id }) => id)).size).toBe(EXERCISES);
    expect(wrongAnswers.length).toBe(WRONG_ANSWERS);
  });

  it('keeps its programs within 72 columns', () => {
    const texts = exercises
      .flatMap(programsOf)
      .flatMap(([, { code, files }]) => [code, ...Object.values(files)]);
    const lines = texts.flatMap((text) => text.split('\n'));
    expect(lines.filter((line) => line.length > 72)).toEqual([]);
  });

  it.each(wrongAnswers)('answers $name in few and friendly words', ({ feedbackHtml }) => {
    const words = feedbackHtml.replace(/<[^>]+>/g, '');
    expect(words.split(/\s+/).length).toBeLessThanOrEqual(25);
    expect(words).toMatch(/\byour?\b/i);
    expect(words).toMatch(/[?.]$/);
    expect(words).not.toMatch(/!|\b(?:simply|just|easy|easily|obviously|wrongly|mistake)\b/i);
  });
});

describe('the catalogue in Python', () => {
  let python: Python;
  beforeAll(async () => {
    python = await startPython();
  });
  afterAll(() => python.close());

  it.each(chapters.filter(({ isLesson }) => !isLesson))(
    'grades $name as it is written',
    async ({ lesson }) => {
      const reporter = makeReporter();
      await checkLesson(lesson, python, reporter);
      expect(reporter.report(0).findings).toEqual([]);
    },
  );
});
