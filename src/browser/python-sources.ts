// The text of our Python files, built into the page.

import boot from '../python/boot.py?raw';
import grader from '../python/grader.py?raw';
import rules from '../python/rules.py?raw';
import runner from '../python/runner.py?raw';
import show from '../python/show.py?raw';
import sockets from '../python/sockets.py?raw';
import stream from '../python/stream.py?raw';
import tracer from '../python/tracer.py?raw';
import type { PythonFile } from '../python/files.ts';

export const pythonSources: Readonly<Record<PythonFile, string>> = {
  'boot.py': boot,
  'show.py': show,
  'stream.py': stream,
  'sockets.py': sockets,
  'tracer.py': tracer,
  'runner.py': runner,
  'rules.py': rules,
  'grader.py': grader,
};
