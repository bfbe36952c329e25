// lab.md -> a compiled lab: plain JSON for the page.
//
//   ---  front matter  ---
//   intro                         prose
//   ## Title {#task-id}           a task: prose, then fences
//   ```yaml check                 how data decide that it is done
//   ```hint                       three of them, each says more
//   ```text solution              what "Solve this one for me" puts in

import MarkdownIt from 'markdown-it';
import { parse as parseYaml } from 'yaml';
import { bad, good, type Result } from '../core/base/result.ts';
import { readCheck, type LabCheck } from '../lab/check.ts';

export interface CompiledLab {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly minutes: string;
  readonly stages: readonly string[];
  /** Name of the collectd.conf, beside lab.md, that the lab in the page starts from. */
  readonly conf: string;
  readonly introHtml: string;
  readonly tasks: readonly LabTask[];
}

export interface LabTask {
  readonly id: string;
  readonly title: string;
  readonly html: string;
  readonly check: LabCheck;
  readonly near: string;
  readonly done: string;
  readonly hints: readonly string[];
  readonly solution: string;
}

export const HINTS_OF_A_TASK = 3;

export function compileLab(source: string, file: string): Result<CompiledLab> {
  const split = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source);
  if (split === null)
    return bad(`${file}: a lab begins with front matter between two lines of ---.`);
  const front = parseYaml(split[1] ?? '') as Readonly<Record<string, unknown>>;
  for (const name of ['id', 'number', 'title', 'minutes', 'stages', 'conf'])
    if (front[name] === undefined) return bad(`${file}: the front matter needs "${name}".`);

  const [intro = '', ...sections] = (split[2] ?? '').split(/^## /m);
  const tasks: LabTask[] = [];
  for (const section of sections) {
    const task = compileTask(section);
    if (!task.ok) return bad(`${file}: ${task.why}`);
    tasks.push(task.value);
  }
  return good({
    id: String(front['id']),
    number: Number(front['number']),
    title: String(front['title']),
    minutes: String(front['minutes']),
    stages: (front['stages'] as readonly unknown[]).map(String),
    conf: String(front['conf']),
    introHtml: markdown.render(intro),
    tasks,
  });
}

const markdown = new MarkdownIt({ html: false, typographer: false });

function compileTask(section: string): Result<LabTask> {
  const head = /^(.+?) \{#([\w-]+)\}\n/.exec(section);
  if (head === null)
    return bad(`the heading "${section.split('\n')[0] ?? ''}" needs an id, as in "{#beats}".`);
  const [whole, title = '', id = ''] = head;
  const env = {};
  const tokens = markdown.parse(section.slice(whole.length), env);
  const fences = tokens.filter((token) => token.type === 'fence');
  const one = (info: string): string =>
    fences.find((token) => token.info.trim() === info)?.content.trim() ?? '';
  const hints = fences.filter((token) => token.info.trim() === 'hint');
  if (hints.length !== HINTS_OF_A_TASK)
    return bad(`task "${id}" has ${hints.length} hints; it needs ${HINTS_OF_A_TASK}.`);
  const fields = parseYaml(one('yaml check')) as Readonly<Record<string, unknown>> | null;
  const check = readCheck(fields);
  if (!check.ok) return bad(`task "${id}": ${check.why}`);
  const solution = one('text solution');
  if (solution === '') return bad(`task "${id}" has no fence "text solution".`);
  const prose = tokens.filter((token) => token.type !== 'fence');
  return good({
    id,
    title,
    html: markdown.renderer.render(prose, markdown.options, env),
    check: check.value,
    near: String(fields?.['near'] ?? ''),
    done: String(fields?.['done'] ?? ''),
    hints: hints.map((token) => markdown.renderInline(token.content.trim())),
    solution,
  });
}
