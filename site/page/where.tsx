// The page "Where did my point go?": asks the stack that serves it about a metric, and shows each step on the way. Without
// a metric it shows what is lost of all, and who sends what cannot be read.

import { render, type ComponentChildren } from 'preact';
import { placeText, type Step, type Verdict } from '../../src/core/trace/step.ts';
import { Icon, type IconName } from './icon.tsx';
import { servedByStack, siteRoot } from './place.ts';
import { lineFor, totalsWords, wordsOf } from './where-words.ts';

const field = document.getElementById('metric');
const place = document.getElementById('steps');
const said = document.getElementById('steps-say');

if (field instanceof HTMLInputElement && place !== null && said !== null) {
  field.value = new URLSearchParams(location.search).get('metric') ?? '';
  const metric = field.value.trim();
  if (!servedByStack)
    said.textContent =
      'Only a stack on this machine knows: start one with npx stacklab up, and open this page there.';
  else if (metric === '') field.focus();
  if (servedByStack) void ask(metric, place, said);
}

async function ask(metric: string, place: HTMLElement, said: HTMLElement): Promise<void> {
  said.textContent = 'Asking …';
  try {
    const query = metric === '' ? '' : `?metric=${encodeURIComponent(metric)}`;
    const answer = await fetch(`${siteRoot}stacklab/where${query}`);
    const { steps, error } = (await answer.json()) as { steps?: readonly Step[]; error?: string };
    if (steps === undefined) {
      said.textContent = error ?? 'The stack gave no answer.';
      return;
    }
    if (metric === '') {
      said.textContent = totalsWords(steps);
      render(<Totals steps={steps} />, place);
      return;
    }
    const { summary, next, showsLine } = wordsOf(steps);
    const line = showsLine ? lineFor(metric, Math.floor(Date.now() / 1000), await port()) : null;
    said.textContent = summary;
    render(
      <>
        {next !== null && <p class="next">{next}</p>}
        {line !== null && <pre class="send">{line}</pre>}
        <Steps steps={steps} isWay />
        <p>
          <a href="./">What is lost of all metrics</a>
        </p>
      </>,
      place,
    );
  } catch {
    said.textContent = 'The stack does not answer. Is it still running?';
  }
}

/** Where this stack takes lines; null when it does not say. */
async function port(): Promise<number | null> {
  const answer = await fetch(`${siteRoot}stacklab/status`);
  const { places } = (await answer.json()) as { places?: { carbon?: { port: number } } };
  return places?.carbon?.port ?? null;
}

const SIGNS: Readonly<Record<Verdict, readonly [icon: IconName, word: string]>> = {
  yes: ['check', 'yes'],
  partly: ['circlePause', 'in part'],
  no: ['x', 'no'],
};

function Totals({ steps }: { steps: readonly Step[] }) {
  const unread = steps.filter(({ stage }) => stage === 'unread');
  return (
    <>
      <Part title="What came and what was lost, since the start">
        <Steps steps={steps.filter(({ stage }) => stage !== 'unread')} isWay={false} />
      </Part>
      <Part title="Who sent what could not be read, the newest first">
        {unread.length > 0 ? (
          <Steps steps={unread} isWay={false} />
        ) : (
          <p>Nobody since the start.</p>
        )}
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A way leads from each step to the next. */
function Steps({ steps, isWay }: { steps: readonly Step[]; isWay: boolean }) {
  return (
    <ol class={isWay ? 'way is-joined' : 'way'}>
      {steps.map(({ stage, verdict, reason, place }) => {
        const [icon, word] = SIGNS[verdict];
        return (
          <li data-stage={stage} data-verdict={verdict}>
            <span class="sign">
              <Icon name={icon} />
              <span class="visually-hidden">{word}</span>
            </span>
            <b>{stage}</b>
            <span class="reason">{sentence(reason)}</span>
            {place !== null && <code class="place">{placeText(place)}</code>}
          </li>
        );
      })}
    </ol>
  );
}

/** The name of the factor begins small wherever it stands. */
function sentence(reason: string): string {
  if (reason.startsWith('xFilesFactor')) return `${reason}.`;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
