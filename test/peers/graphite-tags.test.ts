// The same random series, expressions and completions to Debian's graphite-web and to ours.

import { expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import { openTagLog, TAGS_FILE } from '../../src/core/tags/tag-log.ts';
import { makeMemoryFiles } from '../tools/memory-files.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { timesInTier } from '../tools/tier.ts';
import { pick } from '../tools/whisper-files.ts';
import { ORIGIN, stoppedClock } from '../api/recorded.ts';
import { describeBeside, folderForEach, graphiteWeb } from './peer.ts';
import { askPython } from './python-lines.ts';

const SCRIPT = 'graphite_tags.py';
const SEED = Number(process.env['STACKLAB_SEED'] ?? 8128);
const QUESTIONS = timesInTier(1000);
const SERIES = 60;
const TEST_MS_MAX = 120_000;

const folder = folderForEach();

type Question = readonly [
  method: string,
  path: string,
  parameters: Readonly<Record<string, string | readonly string[]>>,
];

const TAGS = ['dc', 'host', 'rack', 'mount'];
const VALUES = ['a', 'b', 'ab', 'a1', 'x.y', 'web-1', 'ä', '5'];

function randomSeries(random: Random): string {
  const parts = Array.from(
    { length: random.below(4) },
    () => `${pick(random, TAGS)}=${pick(random, VALUES)}`,
  );
  return [pick(random, ['disk.used', 'load', 'mem']), ...parts].join(';');
}

function randomExpression(random: Random): string {
  if (random.chance(0.03)) return pick(random, ['zzz', '=a', 'a;b=c', 'dc']);
  const tag = pick(random, [...TAGS, 'name', 'none']);
  if (random.chance(0.5))
    return `${tag}${pick(random, ['=', '!='])}${pick(random, [...VALUES, '', 'load'])}`;
  const pattern = pick(random, ['a', 'a.*', '^a$', '[ab]+', '', '.*', 'a|b', 'web', '\\d', 'l']);
  return `${tag}${pick(random, ['=~', '!=~'])}${pattern}`;
}

function randomQuestion(random: Random): Question {
  const expr = Array.from({ length: random.below(4) }, () => randomExpression(random));
  const limit: Readonly<Record<string, string>> = random.chance(0.3)
    ? { limit: String(1 + random.below(4)) }
    : {};
  const method = random.chance(0.8) ? 'GET' : 'POST';
  switch (random.below(5)) {
    case 0:
      return [
        'GET',
        '/tags',
        {
          ...limit,
          ...(random.chance(0.5) ? { filter: pick(random, ['d', 'n', '.*a', '^h']) } : {}),
        },
      ];
    case 1:
      return [
        'GET',
        `/tags/${pick(random, [...TAGS, 'nope'])}`,
        { ...limit, ...(random.chance(0.5) ? { filter: 'a' } : {}) },
      ];
    case 2:
      return [
        method,
        '/tags/autoComplete/tags',
        { expr, tagPrefix: pick(random, ['', 'd', 'n']), ...limit },
      ];
    case 3:
      return [
        method,
        '/tags/autoComplete/values',
        {
          expr,
          tag: pick(random, ['', ...TAGS, 'name']),
          valuePrefix: pick(random, ['', 'a', 'w']),
          ...limit,
        },
      ];
    default:
      return [method, '/tags/findSeries', { expr }];
  }
}

type Answer = readonly [status: number, body: string];

async function ours(questions: readonly Question[]): Promise<readonly Answer[]> {
  const tags = openTagLog(makeMemoryFiles(), TAGS_FILE, { say: () => undefined });
  const app = makeApp({ store: makeMemoryStore({}), clock: stoppedClock, tags });
  const answers: Answer[] = [];
  for (const [method, path, parameters] of questions) {
    const pairs = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters))
      for (const one of [value].flat()) pairs.append(name, one);
    const answer = await (method === 'POST'
      ? app.request(`${ORIGIN}${path}`, { method, body: pairs })
      : app.request(`${ORIGIN}${path}?${pairs}`));
    answers.push([answer.status, await answer.text()]);
  }
  return answers;
}

/** Numbers are given in another order there, where several are new at once. */
const withoutNumbers = (body: string): string => body.replaceAll(/"id": \d+/g, '"id": n');

describeBeside([graphiteWeb], "the tags of Debian's graphite-web", () => {
  it(
    `${QUESTIONS} random questions about ${SERIES} series are answered alike (seed ${SEED})`,
    async () => {
      const random = makeRandom(SEED);
      const told: readonly Question[] = Array.from({ length: SERIES }, () => [
        'POST',
        '/tags/tagSeries',
        { path: randomSeries(random) },
      ]);
      const questions = [
        ...told,
        ...Array.from({ length: QUESTIONS }, (): Question =>
          random.chance(0.02)
            ? ['POST', '/tags/delSeries', { path: randomSeries(random) }]
            : randomQuestion(random),
        ),
      ];
      const original = askPython(SCRIPT, folder(), questions, TEST_MS_MAX) as readonly Answer[];
      const own = await ours(questions);
      const different = questions.flatMap((question, at) => {
        const [theirStatus = 0, theirBody = ''] = original[at] ?? [];
        const [status = 0, body = ''] = own[at] ?? [];
        const areAlike =
          status >= 400 || theirStatus >= 400
            ? status >= 400 && theirStatus >= 400
            : withoutNumbers(body) === withoutNumbers(theirBody);
        return areAlike
          ? []
          : [
              `${JSON.stringify(question)}: ours ${status} ${body}, theirs ${theirStatus} ${theirBody}`,
            ];
      });
      expect(different).toEqual([]);
    },
    TEST_MS_MAX,
  );
});
