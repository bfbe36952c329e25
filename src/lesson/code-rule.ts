// A rule about how a program is written, as an author writes it in the tests of an exercise:
//
//   - code: calls print_label 3
//   - code: no global in helpers.py
//
// The set is closed, and each rule has a sentence for the learner. python/rules.py looks at the program.

import { bad, good, type Result } from '../core/base/result.ts';
import type { CodeRule } from '../python/messages.ts';
import type { Answer } from './lesson-model.ts';

interface RuleForm {
  readonly rule: CodeRule['rule'];
  /** How it is written: N stands for a number, NAME for a name of the program. */
  readonly form: string;
  /** What the learner reads under "The task asks for". */
  readonly asked: (count: string, name: string) => string;
}

const FORMS: readonly RuleForm[] = [
  {
    rule: 'calls',
    form: 'calls NAME N',
    asked: (count, name) => `at least ${counted(count, 'call')} of ${name}`,
  },
  { rule: 'no-global', form: 'no global', asked: () => 'no line with global' },
  {
    rule: 'no-bare-name',
    form: 'no bare name',
    asked: () => 'no line that is a name and nothing else',
  },
  {
    rule: 'inner-parameters',
    form: 'inner functions take N',
    asked: (count) => `inner functions with ${counted(count, 'parameter')}`,
  },
  {
    rule: 'no-repeated-block',
    form: 'no repeated block of N lines',
    asked: (count) => `no ${counted(count, 'line')} in a row that stand there twice`,
  },
  {
    rule: 'changed-lines',
    form: 'changed lines at most N',
    asked: (count) => `at most ${counted(count, 'changed line')}`,
  },
  {
    rule: 'no-library-name',
    form: 'no file named like the library',
    asked: () => "no file with the name of a module of Python's library",
  },
];

/** A rule, and the file that it is about where it is not about all of them. */
const PLACED = /^(.*?)(?: in (\S+\.py))?$/;

/** The starter is what `changed lines at most N` counts from; `program` is the name of its program. */
export function readCodeRule(text: string, starter: Answer, program: string): Result<CodeRule> {
  const [, whole = '', file] = PLACED.exec(text.trim()) ?? [];
  const names = [program, ...Object.keys(starter.files)];
  if (file !== undefined && !names.includes(file))
    return bad(`the rule "${text}" names no file of it; there is ${names.join(', ')}.`);
  for (const { rule, form, asked } of FORMS) {
    const found = patternOf(form).exec(whole);
    if (found === null) continue;
    const { count, name }: { count?: string; name?: string } = found.groups ?? {};
    return good({
      rule,
      asked: asked(count ?? '', name ?? '') + (file === undefined ? '' : ` in ${file}`),
      ...(count !== undefined && { count: Number(count) }),
      ...(name !== undefined && { name }),
      ...(file !== undefined && { at: names.indexOf(file) }),
      ...(rule === 'changed-lines' && { starter: [starter.code, ...Object.values(starter.files)] }),
    });
  }
  const forms = FORMS.map(({ form }) => `"${form}"`).join(', ');
  return bad(`the rule "${text}" is not known; a rule is one of ${forms}.`);
}

function patternOf(form: string): RegExp {
  const pattern = form.replace('NAME', '(?<name>[A-Za-z_]\\w*)').replace('N', '(?<count>[0-9]+)');
  return new RegExp(`^${pattern}$`);
}

function counted(count: string, one: string): string {
  return count === '1' ? `1 ${one}` : `${count} ${one}s`;
}
