// The Python files that every worker gets, in the order in which they are loaded. The build puts their texts
// into one file beside Pyodide's, which the browser fetches; Node reads them from disk: both from this one list.

export const pythonFiles = [
  'boot.py',
  'show.py',
  'stream.py',
  'sockets.py',
  'stopping.py',
  'place.py',
  'micropip.py',
  'waiting.py',
  'caches.py',
  'tracer.py',
  'statements.py',
  'scopes.py',
  'value_stack.py',
  'expression_tree.py',
  'instructions.py',
  'expressions.py',
  'layers.py',
  'imports.py',
  'search.py',
  'replay.py',
  'extras.py',
  'closed.py',
  'json_depth.py',
  'runner.py',
  'rules.py',
  'grader.py',
  'problems.py',
] as const;

export type PythonFile = (typeof pythonFiles)[number];

/** The text of each. */
export type PythonSources = Readonly<Record<PythonFile, string>>;

/** All of them as one JSON text {name: text}. */
export const sourcesFile = 'stacklab.json';

/** Packages that a lesson may use, beside Pyodide's files in `wheels/`: see wheels/README.md. */
export const wheels: Readonly<Record<string, string>> = {
  click: 'click-8.1.3-py3-none-any.whl',
};

/** Pyodide's own files: name and bytes on disk in the pinned version, so that a progress bar knows the whole. */
export const pyodideFiles: readonly { readonly name: string; readonly bytes: number }[] = [
  { name: 'pyodide.mjs', bytes: 17_931 },
  { name: 'pyodide.asm.mjs', bytes: 1_250_344 },
  { name: 'pyodide.asm.wasm', bytes: 9_598_218 },
  { name: 'python_stdlib.zip', bytes: 2_545_637 },
  { name: 'pyodide-lock.json', bytes: 119_077 },
];
