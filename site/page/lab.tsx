// The script of a lab page.

import { render } from 'preact';
import { LabView } from '../lab/lab.tsx';
import { makePagePython } from '../lesson/python.ts';
import { makePageStack } from '../lab/page-stack.ts';
import { makeMachineSource } from '../lab/source.ts';
import type { LabEntry } from './course-data.ts';
import { servedByStack, siteRoot } from './place.ts';

const place = document.getElementById('lab');
const text = document.getElementById('lab-model')?.textContent ?? '';
if (place === null) throw new Error('The page has no place for the lab.');
const lab = JSON.parse(text) as LabEntry;

render(
  <LabView
    lab={lab}
    python={makePagePython(siteRoot)}
    machine={servedByStack ? makeMachineSource(siteRoot) : null}
    startPage={(collectdConf) =>
      makePageStack({
        warmUpMinutes: 0,
        rate: 1,
        collectdConf,
        hostnames: ['web1'],
      })
    }
  />,
  place,
);
