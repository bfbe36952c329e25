import type { Audience } from '../../src/lesson/download/parts.ts';
import type { CompiledLab } from '../../src/lesson/lab.ts';
import type { CompiledLesson } from '../../src/lesson/lesson-model.ts';
import type { Recorded } from '../../src/lesson/recorded.ts';
export interface CourseData {
  readonly lessons: readonly LessonEntry[];
  readonly labs: readonly LabEntry[];
  readonly dashboards: readonly DashboardFile[];
}
export interface LessonEntry extends CompiledLesson {
  readonly recorded: Recorded;
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
/** Path of a page of a lesson, below the root of the site. */
export declare function lessonPath(lessonId: string, pageId: string): string;
/** Path of a chapter as a file, below the root of the site. */
export declare function downloadPath(
  lessonId: string,
  kind: 'ipynb' | 'py',
  audience: Audience,
): string;
