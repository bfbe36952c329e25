// The names of the line that runs next, beside the environment diagram: where Python finds each, and why.

import { namesAt, namesMax, type Verdict } from '../../src/python/name-verdicts.ts';
import type { Trace } from '../../src/python/trace.ts';
import { VERDICT_WORDS } from './step-words.ts';

/** Lines with more names scroll in the box of the table. */
const ROWS_MAX = 5;

export function NameTable({ trace, index }: { trace: Trace; index: number }) {
  if (trace.scopes === undefined) return null;
  const line = namesAt(trace, index);
  const title = line === null ? 'Names in the line' : `Names in line ${line.line}`;
  const rows = Math.min(ROWS_MAX, Math.max(1, namesMax(trace)));
  return (
    <section class="name-table" aria-label={title}>
      <header class="picture-head">
        <h3>{title}</h3>
      </header>
      <div
        class="name-rows"
        style={{ '--rows': rows }}
        role="group"
        aria-label={title}
        tabIndex={0}
      >
        {line === null || line.names.length === 0 ? (
          <p class="about">
            {line === null ? 'No line runs at this step.' : 'This line reads and binds no names.'}
          </p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">name</th>
                <th scope="col">found</th>
                <th scope="col">why</th>
              </tr>
            </thead>
            <tbody>
              {line.names.map(({ name, verdict, why }, at) => (
                <tr key={at}>
                  <th scope="row" class="mono">
                    {name}
                  </th>
                  <td class="found">
                    <Letter verdict={verdict} />
                  </td>
                  <td>{why}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

function Letter({ verdict }: { verdict: Verdict }) {
  const isLetter = verdict.length === 1;
  return (
    <>
      {isLetter && <b class={`verdict is-${verdict}`}>{verdict}</b>}{' '}
      <span class={isLetter ? '' : `verdict is-${verdict}`}>{VERDICT_WORDS[verdict]}</span>
    </>
  );
}
