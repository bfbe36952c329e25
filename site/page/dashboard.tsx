// The script of a dashboard page.

import { render } from 'preact';
import { parseDashboard } from '../../src/core/dashboard/model.ts';
import { DashboardView } from '../dashboard/dashboard.tsx';
import { makeState } from '../dashboard/state.ts';
import { makeMachineSource, type Source } from '../lab/source.ts';
import { servedByStack, siteRoot } from './place.ts';

const place = document.getElementById('dashboard');
const text = document.getElementById('dashboard-model')?.textContent ?? '';
const model = parseDashboard(text);
if (place === null || !model.ok) throw new Error(model.ok ? 'The page has no place.' : model.why);

const words = document.getElementById('dashboard-place');
if (words)
  words.textContent = servedByStack
    ? 'This machine, live'
    : 'A simulated machine, in this page. For your own: npx stacklab up';

void source().then((from) => render(<DashboardView state={makeState(model.value, from)} />, place));

async function source(): Promise<Source> {
  if (servedByStack) return makeMachineSource(siteRoot);
  const { makePageStack } = await import('../lab/page-stack.ts');
  return makePageStack({ warmUpMinutes: 60, rate: 1, startMs: Date.now() });
}
