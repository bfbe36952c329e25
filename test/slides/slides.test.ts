// A page as slides: what becomes one, what becomes its notes, what is revealed on it.

import { describe, expect, it } from 'vitest';
import { wrongWordsOf } from '../../site/slides/answers.ts';
import { slidesOf, type Slide } from '../../site/slides/slides.ts';
import { compileLesson } from '../../src/lesson/lesson.ts';

const LESSON = `---
id: small
number: 1
title: Small
minutes: 5-9
---

# Where does it go? {#page kind=run minutes=5-9}

A value goes \`out\`. And comes back.

Read line 2.

::: predict id=guess cell=first
What does line 2 print?

- [ ] \`1\` | too early {misconception=early unproved="no"}
- [x] \`2\`

\`\`\`feedback early
Which line ran **last**?
\`\`\`

:::

\`\`\`python run id=first view=environment
x = 2
print(x)
\`\`\`

So it is.

::: rule
The last value *stays*.
:::

:::: near-miss
Take \`a.b\` away. Then nothing is left of it.

\`\`\`python run id=second changes=first
print(x)
\`\`\`
::::

This sentence goes on and on, so that nobody who sits in the back row would ever want to read it as a heading.

\`\`\`python run id=third
print(3)
\`\`\`

::: check id=how-many
How many are left?

- [ ] None of \`them\` {misconception=none}
- [x] One

\`\`\`feedback none
Count again.
\`\`\`
:::

That was all.
`;

function slides(): readonly Slide[] {
  const lesson = compileLesson(LESSON, 'lesson.md');
  if (!lesson.ok) throw new Error(lesson.why);
  const [page] = lesson.value.pages;
  if (page === undefined) throw new Error('no page');
  return slidesOf(page);
}

function slideOf(id: string): Slide {
  const found = slides().find((slide) => slide.id === id);
  if (found === undefined) throw new Error(`no slide ${id}`);
  return found;
}

describe('a page as slides', () => {
  it('has one slide for each thing to look at', () => {
    expect(slides().map(({ subject }) => subject.kind)).toEqual([
      'title',
      'predict',
      'rule',
      'cell',
      'cell',
      'question',
    ]);
  });

  it('begins with its title and its first paragraph', () => {
    const [title] = slides();
    expect(title?.titleHtml).toBe('Where does it go?');
    expect(title?.subject).toEqual({
      kind: 'title',
      leadHtml: 'A value goes <code>out</code>. And comes back.',
    });
  });

  it('asks a prediction over its program, and reveals options, run and picture', () => {
    const { titleHtml, subject, reveals } = slideOf('guess');
    expect(titleHtml).toBe('What does line 2 print?');
    expect(subject.kind === 'predict' && subject.cell.id).toBe('first');
    expect(reveals).toEqual(['options', 'run', 'picture']);
  });

  it('calls a near miss by its first sentence, whatever stops stand in its code', () => {
    const { titleHtml, aside, reveals } = slideOf('second');
    expect(titleHtml).toBe('Take <code>a.b</code> away');
    expect(aside).toBe('A near miss');
    expect(reveals).toEqual(['run']);
  });

  it('calls a program by its file where the sentence before it is too long', () => {
    expect(slideOf('third').titleHtml).toBe('third.py');
  });

  it('takes prose as notes of the slide that follows, and the last prose as notes of the last', () => {
    expect(slideOf('guess').notesHtml).toContain('Read line 2.');
    expect(slideOf('rule-2').notesHtml).toContain('So it is.');
    expect(slideOf('second').notesHtml).toContain('Then nothing is left of it.');
    expect(slideOf('how-many').notesHtml).toContain('That was all.');
  });

  it('writes no paragraph into notes twice', () => {
    const all = slides()
      .map(({ notesHtml }) => notesHtml)
      .join('');
    expect(all.match(/<p>/g)).toHaveLength(5);
  });

  it('has the words for whoever gave a wrong answer, by letter', () => {
    const [early] = wrongWordsOf(slideOf('guess'));
    expect(early?.who).toBe('A said 1');
    expect(early?.html).toContain('ran <strong>last</strong>?');
    expect(wrongWordsOf(slideOf('how-many')).map(({ who }) => who)).toEqual([
      'A said None of them',
    ]);
  });
});
