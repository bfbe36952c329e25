// Each thing that a lesson says finds the program that shows it.

import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../src/lesson/claims.ts';
import { textNumbers } from '../../src/lesson/text-rules.ts';

const LESSON = `# Names {#names kind=run}

Python says \`NameError\` here, and \`name 'x' is not defined\`. The code \`name in table\` is no message.

- [ ] \`invalid literal for int\` {misconception=a}

\`\`\`python run id=first
print(x)
\`\`\`

::: rule
A name has to be
bound first.
:::

:::: near-miss
Now it is bound.

\`\`\`python run id=second
x = 1
\`\`\`
::::

# Empty {#empty kind=run}

::: rule
Nothing shows this.
:::

\`\`\`hint
return a for a in b
\`\`\`
`;

describe('claims of a lesson', () => {
  const said = [
    { by: 'nothing', text: '' },
    { by: 'first', text: "NameError: name 'x' is not defined" },
  ];
  const claims = claimsOf(LESSON, said);

  it('are its rules, near misses and quoted messages, in order', () => {
    expect(claims.map(({ line, kind, shownBy }) => [line, kind, shownBy])).toEqual([
      [3, 'message', 'first'],
      [3, 'message', 'first'],
      [11, 'rule', 'first'],
      [16, 'near miss', 'second'],
      [26, 'rule', null],
    ]);
  });

  it('are told in their own words', () => {
    expect(claims.map(({ text }) => text)).toEqual([
      'NameError',
      "name 'x' is not defined",
      'A name has to be bound first.',
      'Now it is bound.',
      'Nothing shows this.',
    ]);
  });

  it('are shown by nothing that did not say them', () => {
    const shown = claimsOf(LESSON, []).map(({ shownBy }) => shownBy);
    expect(shown).toEqual([null, null, 'first', 'second', null]);
  });
});

it('a text is counted in sentences, with a piece of code as one word', () => {
  const text = 'One two `three four`. Just five six seven.\n\n- Eight nine.';
  expect(textNumbers(text)).toEqual({ sentences: 3, words: 9, longest: 4, notKind: 1 });
});
