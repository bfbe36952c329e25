// Everything that pages are made of, compiled: lessons, labs, dashboards.

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

export interface LabEntry {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly minutes: string;
  /** Which of collect, aggregate, store, render, judge it is about. */
  readonly stages: readonly string[];
  readonly items: readonly string[];
}

export interface DashboardFile {
  readonly uid: string;
  readonly title: string;
  readonly text: string;
}
