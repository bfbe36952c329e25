// The page "Where did my point go?": asks the stack that serves it about a metric, and shows each step on the way.

import { render } from 'preact';
import { placeText, type Step, type Verdict } from '../../src/core/trace/step.ts';
import { Icon, type IconName } from './icon.tsx';
import { servedByStack, siteRoot } from './place.ts';

const field = document.getElementById('metric');
const place = document.getElementById('steps');
const said = document.getElementById('steps-say');

if (field instanceof HTMLInputElement && place !== null && said !== null) {
  field.value = new URLSearchParams(location.search).get('metric') ?? '';
  if (!servedByStack)
    said.textContent =
      'Only a stack on this machine knows: start one with npx stacklab up, and open this page there.';
  else if (field.value === '') field.focus();
  else void ask(field.value.trim(), place, said);
}

async function ask(metric: string, place: HTMLElement, said: HTMLElement): Promise<void> {
  said.textContent = 'Asking …';
  try {
    const answer = await fetch(`${siteRoot}stacklab/where?metric=${encodeURIComponent(metric)}`);
    const { steps, error } = (await answer.json()) as { steps?: readonly Step[]; error?: string };
    if (steps === undefined) {
      said.textContent = error ?? 'The stack gave no answer.';
      return;
    }
    said.textContent = summary(steps);
    render(<Steps steps={steps} />, place);
  } catch {
    said.textContent = 'The stack does not answer. Is it still running?';
  }
}

/** The first thing that a reader should know. */
function summary(steps: readonly Step[]): string {
  const verdictOf = (stage: string): Verdict | undefined =>
    steps.find((step) => step.stage === stage)?.verdict;
  if (verdictOf('lost') === 'no')
    return 'Some of its points are lost. The steps say how many, and why.';
  if (verdictOf('slot') === 'yes') return 'It is stored.';
  if (verdictOf('cache') === 'partly') return 'It came, and waits to be written.';
  if (verdictOf('received') === 'no') return 'Nothing of it came.';
  return 'It came, and nothing of it is stored.';
}

const SIGNS: Readonly<Record<Verdict, readonly [icon: IconName, word: string]>> = {
  yes: ['check', 'yes'],
  partly: ['circlePause', 'in part'],
  no: ['x', 'no'],
};

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol class="way">
      {steps.map(({ stage, verdict, reason, place }) => {
        const [icon, word] = SIGNS[verdict];
        return (
          <li data-verdict={verdict}>
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
