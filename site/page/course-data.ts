// Everything that pages are made of, compiled: lessons, labs, dashboards.

import type { CompiledLab } from '../../src/lesson/lab.ts';

export interface CourseData {
  readonly lessons: readonly LessonEntry[];
  readonly labs: readonly LabEntry[];
  readonly dashboards: readonly DashboardFile[];
}

export interface LessonEntry {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  /** "45-60" */
  readonly minutes: string;
  readonly firstPage: string;
  /** Progress ids of its activities. */
  readonly items: readonly string[];
}

export interface LabEntry extends CompiledLab {
  /** Text of the collectd.conf that the lab in the page starts from. */
  readonly confText: string;
}

export interface DashboardFile {
  readonly uid: string;
  readonly title: string;
  readonly text: string;
}
