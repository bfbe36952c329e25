// All words of the course, with the pages that show them. The list is whole without a script; with one it is searched.

import { itemId } from '../../src/lesson/lesson-model.ts';
import type { CourseData, Term } from './course-data.ts';
import { lessonPath } from './course-data.ts';

export function Glossary({ course }: { course: CourseData }) {
  return (
    <div class="glossary-page">
      <h1>Words of the course</h1>
      <ListSearch
        label="Find a word"
        count={course.glossary.length}
        one="word"
        many="words"
        none="No word of the course holds"
      />
      <dl id="terms">
        {course.glossary.map((term) => (
          <div id={slug(term.term)} class="term" data-words={searchText(term)}>
            <dt>{term.term}</dt>
            <dd>
              {term.means}
              <ul class="seen-at">
                {term.at.map((place) => (
                  <li>{placeLink(course, place)}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The search of a list on its own page, with how many entries are shown. glossary.ts reads what they are called. */
export function ListSearch(props: {
  readonly label: string;
  readonly count: number;
  readonly one: string;
  readonly many: string;
  readonly none: string;
}) {
  const { label, count, one, many, none } = props;
  return (
    <>
      <TermSearch action="./" label={label} />
      <p
        class="about"
        role="status"
        id="found"
        data-one={one}
        data-many={many}
        data-none={none}
      >{`${count} ${many}`}</p>
    </>
  );
}

/** Leads to the list of words, with what was typed. */
export function TermSearch({ action, label }: { readonly action: string; readonly label: string }) {
  return (
    <form class="term-search" role="search" action={action}>
      <label for="term">{label}</label>
      <input id="term" name="q" type="search" autocomplete="off" spellcheck={false} />
      <button type="submit" class="button">
        Search
      </button>
    </form>
  );
}

function searchText({ term, also, means }: Term): string {
  return [term, ...also, means].join(' ').toLowerCase();
}

function slug(term: string): string {
  return term.toLowerCase().replace(/\W+/g, '-');
}

function placeLink(course: CourseData, place: string) {
  const [lessonId = '', pageId = ''] = place.split('/');
  const lesson = course.lessons.find(({ id }) => id === lessonId);
  const page = lesson?.pages.find(({ id }) => id === pageId);
  if (lesson === undefined || page === undefined)
    throw new Error(`lessons/glossary.yaml names the page "${place}", which does not exist.`);
  return (
    <a href={`../${lessonPath(lessonId, pageId)}`} data-item={itemId(lessonId, pageId)}>
      {`${lesson.title}: ${page.title}`}
    </a>
  );
}
