// The reference of the functions of Graphite's targets: a list of all, and a page for each with a picture of before and after.

import { re2Regex } from '../../src/api/re2-regex.ts';
import { signatureOf, optionsOf } from '../../src/core/graphite/describe.ts';
import { RENDER_FUNCTIONS } from '../../src/core/graphite/functions/registry.ts';
import type { Param, ParamType, RenderFunction } from '../../src/core/graphite/render-function.ts';
import { valueText } from '../../src/core/graphite/value.ts';
import { exampleSvg, runExample } from './example-graph.ts';
import { ListSearch } from './glossary-list.tsx';
import { ResultTable } from './result-table.tsx';

/** One function with all the names it has; the first is its own. */
export interface Entry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly definition: RenderFunction;
}

/** In the order of their names. */
export const FUNCTIONS: readonly Entry[] = entries();

function entries(): readonly Entry[] {
  const names = new Map<RenderFunction, string[]>();
  for (const [name, definition] of Object.entries(RENDER_FUNCTIONS))
    names.set(definition, [...(names.get(definition) ?? []), name]);
  return [...names]
    .map(([definition, all]) => {
      // The example calls a function by the name that is usual.
      const name = all.find((each) => definition.example.includes(`${each}(`)) ?? all[0] ?? '';
      return { name, aliases: all.filter((each) => each !== name), definition };
    })
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

export function functionPath(name: string): string {
  return `reference/functions/${name}/`;
}

const GROUPS = [...new Set(FUNCTIONS.map(({ definition }) => definition.group))].sort();

export function FunctionList() {
  return (
    <div class="glossary-page function-list">
      <h1>Functions of Graphite</h1>
      <p>
        A target is a name of series, like <code>clinic.*.visits</code>, or a function of one. Here
        is every function, with a picture of what it does.
      </p>
      <Terms />
      <ListSearch
        label="Find a function"
        count={FUNCTIONS.length}
        one="function"
        many="functions"
        none="No function holds"
      />
      {GROUPS.map((group) => (
        <section class="function-group">
          <h2>{group}</h2>
          <dl>
            {FUNCTIONS.filter(({ definition }) => definition.group === group).map(
              ({ name, aliases, definition }) => (
                <div
                  class="term"
                  data-words={[name, ...aliases, definition.description].join(' ').toLowerCase()}
                >
                  <dt>
                    <a href={`./${name}/`}>{name}</a>
                    {aliases.length > 0 && (
                      <span class="aliases">{` also ${aliases.join(', ')}`}</span>
                    )}
                  </dt>
                  <dd>{firstSentence(definition.description)}</dd>
                </div>
              ),
            )}
          </dl>
        </section>
      ))}
    </div>
  );
}

/** What the descriptions take as known. */
const TERMS: readonly (readonly [term: string, means: string])[] = [
  ['series', 'values of one name at equal steps of time: clinic.web1.visits, one value a minute'],
  ['node', 'a part of the name between two dots; clinic is node 0, web1 is node 1'],
  ['point', 'one step of a series, with a value or with a gap'],
  ['gap', 'a moment without a value: nothing came, or nothing could be computed'],
  ['aggregation', 'one number made of several: average, sum, min, max, last, count and others'],
  ['tag', 'a word with a value behind the name: host=web1 in disk.used;host=web1'],
  ['target', 'what a graph asks for: a name, a pattern of names, or a function of them'],
];

function Terms() {
  return (
    <details class="terms">
      <summary>Words that are used here</summary>
      <dl>
        {TERMS.map(([term, means]) => (
          <div>
            <dt>{term}</dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function firstSentence(text: string): string {
  return /^.*?[.!](?= [A-Z]|$)/s.exec(text)?.[0] ?? text;
}

export function FunctionPage({ name, aliases, definition }: Entry) {
  const { description, example, group, params, traps = [] } = definition;
  const run = runExample(example, re2Regex);
  if (!run.ok) throw new Error(`The example of ${name}: ${run.why}`);
  const { before, after } = run.value;
  const near = FUNCTIONS.filter((each) => each.definition.group === group && each.name !== name);
  return (
    <div class="function-page">
      <p class="kind">
        <a href="../">Functions of Graphite</a>
        {` · ${group}`}
      </p>
      <h1>{name}</h1>
      <p class="signature">
        <code>{signatureOf(name, definition)}</code>
      </p>
      <p>{description}</p>
      {aliases.length > 0 && <p class="about">{`It is also called ${aliases.join(', ')}.`}</p>}
      <form id="try" class="metric-form">
        <label>
          A target to try
          <input
            id="target"
            name="target"
            autocomplete="off"
            spellcheck={false}
            value={example}
            data-example={example}
          />
        </label>
        <button type="submit" class="button primary" id="run" disabled>
          Run
        </button>
        <button type="button" class="button" id="back" hidden>
          Back to the example
        </button>
      </form>
      <p id="said" role="status" />
      <div class="before-after">
        <figure id="before" hidden={before.length === 0}>
          <figcaption>Before</figcaption>
          <div
            class="picture"
            dangerouslySetInnerHTML={{ __html: exampleSvg(before, 'before-') }}
          />
        </figure>
        <figure id="after">
          <figcaption>After</figcaption>
          <div class="picture" dangerouslySetInnerHTML={{ __html: exampleSvg(after, 'after-') }} />
        </figure>
      </div>
      <div id="result">
        <ResultTable series={after} />
      </div>
      {traps.length > 0 && (
        <section>
          <h2>Good to know</h2>
          <ul>
            {traps.map((trap) => (
              <li>{trap}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>Parameters</h2>
        <Parameters params={params} />
      </section>
      <section>
        <h2>{`Others of the group ${group}`}</h2>
        <ul class="near">
          {near.map((each) => (
            <li>
              <a href={`../${each.name}/`}>{each.name}</a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Parameters({ params }: { readonly params: readonly Param[] }) {
  if (params.length === 0) return <p>There are none.</p>;
  return (
    <table class="params">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">What it is</th>
          <th scope="col">Left out</th>
        </tr>
      </thead>
      <tbody>
        {params.map((param) => (
          <tr>
            <th scope="row">
              <code>{param.name}</code>
            </th>
            <td>
              {TYPE_WORDS[param.type]}
              {param.isMultiple && ', any number of them'}
              <Choices param={param} />
            </td>
            <td>{leftOut(param)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Choices({ param }: { readonly param: Param }) {
  const all = optionsOf(param) ?? param.suggestions ?? [];
  if (all.length === 0) return null;
  return <span class="about">{`: ${all.join(', ')}`}</span>;
}

function leftOut({ isRequired, default: usual }: Param): string {
  if (isRequired) return 'must be given';
  if (!usual || usual.kind === 'none') return 'none';
  return usual.kind === 'text' ? `"${usual.text}"` : valueText(usual);
}

const TYPE_WORDS: Readonly<Record<ParamType, string>> = {
  aggFunc: 'the name of an aggregation',
  aggOrSeriesFunc: 'the name of an aggregation or of a function',
  any: 'anything',
  boolean: 'true or false',
  date: 'a time, like "-1h" or "12:30"',
  float: 'a number',
  integer: 'a whole number',
  interval: 'a length of time, like "10min"',
  intOrInf: 'a whole number or inf',
  intOrInterval: 'a number of points, or a length of time like "10min"',
  node: 'the place of a node in the name, from 0',
  nodeOrTag: 'the place of a node in the name, from 0, or the name of a tag',
  series: 'a series',
  seriesList: 'series',
  seriesLists: 'series',
  string: 'a text',
  tag: 'the name of a tag',
};
