// Everything that pages are made of, compiled: lessons, labs, dashboards.

import type { Audience } from '../../src/lesson/download/parts.ts';
import type { CompiledLab } from '../../src/lesson/lab.ts';
import type { RecordedLesson } from '../../src/lesson/recorded.ts';

export interface CourseData {
  readonly lessons: readonly RecordedLesson[];
  readonly labs: readonly LabEntry[];
  readonly dashboards: readonly DashboardFile[];
  readonly beliefs: Beliefs;
  readonly glossary: readonly Term[];
}

/** A word of lessons/glossary.yaml. */
export interface Term {
  readonly term: string;
  /** Other words that somebody may look for. */
  readonly also: readonly string[];
  readonly means: string;
  /** Pages that show it: `closures/two-counters`. */
  readonly at: readonly string[];
}

/** The misconceptions of lessons/misconceptions.yaml: name -> what somebody believes. */
export type Beliefs = Readonly<Record<string, string>>;

export interface LabEntry extends CompiledLab {
  /** Text of the collectd.conf that the lab in the page starts from. */
  readonly confText: string;
}

export interface DashboardFile {
  readonly uid: string;
  readonly title: string;
  readonly text: string;
}

/** Path of a page of a lesson, below the root of the site. */
export function lessonPath(lessonId: string, pageId: string): string {
  return `lessons/${lessonId}/${pageId}/`;
}

/** Path of a chapter as one page to print. */
export function paperPath(lessonId: string, audience: Audience): string {
  return `lessons/${lessonId}/${audience === 'teachers' ? 'answers' : 'print'}/`;
}
