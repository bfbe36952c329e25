// The text of our Python files, built into the page.

import boot from '../python/boot.py?raw';
import closed from '../python/closed.py?raw';
import grader from '../python/grader.py?raw';
import rules from '../python/rules.py?raw';
import jsonDepth from '../python/json_depth.py?raw';
import place from '../python/place.py?raw';
import runner from '../python/runner.py?raw';
import show from '../python/show.py?raw';
import sockets from '../python/sockets.py?raw';
import stopping from '../python/stopping.py?raw';
import stream from '../python/stream.py?raw';
import tracer from '../python/tracer.py?raw';
import waiting from '../python/waiting.py?raw';
import type { PythonFile } from '../python/files.ts';

export const pythonSources: Readonly<Record<PythonFile, string>> = {
  'boot.py': boot,
  'show.py': show,
  'stream.py': stream,
  'sockets.py': sockets,
  'tracer.py': tracer,
  'stopping.py': stopping,
  'place.py': place,
  'closed.py': closed,
  'json_depth.py': jsonDepth,
  'waiting.py': waiting,
  'runner.py': runner,
  'rules.py': rules,
  'grader.py': grader,
};
