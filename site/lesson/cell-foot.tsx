// The foot of a cell: what it printed, and in one line how the run ended.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { explain } from '../../src/python/explain.ts';
import type { OutputPiece, PythonError } from '../../src/python/messages.ts';
import { Icon } from '../page/icon.tsx';
import { AskLine, LinesBefore } from './ask-line.tsx';
import type { Cell } from './cell-state.ts';
import { loadingWords, type PagePython } from './python.ts';

export function CellFoot({ cell, python }: { cell: Cell; python: PagePython }) {
  const { phase, output, result } = cell;
  const error = result.value?.ending.error ?? null;
  return (
    <div class="cell-foot" data-state={phase.value}>
      {phase.value === 'loading' && <LoadBar python={python} />}
      {phase.value === 'running' && <div class="run-bar" aria-hidden="true" />}
      {output.value.length > 0 && <Output pieces={output.value} />}
      {cell.answer.value !== null && <AskLine answer={cell.answer.value} />}
      {cell.asksBefore.value && !cell.isBusy.value && (
        <LinesBefore cell={cell} lines={cell.linesBefore} />
      )}
      {error !== null && <ErrorBox error={error} code={cell.ranCode.value} program={cell.file} />}
      <p role="status" class="cell-says">
        <Says cell={cell} python={python} />
      </p>
    </div>
  );
}

function Says({ cell, python }: { cell: Cell; python: PagePython }) {
  const { phase, result } = cell;
  const ending = result.value?.ending;
  if (phase.value === 'loading') return <>{loadingWords(python.state.value)}</>;
  if (phase.value === 'running') return <Running />;
  if (ending === undefined) return <>Not run yet.</>;
  if (ending.how === 'error') return null;
  if (ending.exitCode !== null)
    return (
      <>
        <strong>{`Exit code ${ending.exitCode}.`}</strong>
        {` ${ending.words}`}
      </>
    );
  if (ending.how === 'finished')
    return (
      <>{`${ending.words}${result.value?.text === '' ? ' The program printed nothing.' : ''}`}</>
    );
  return (
    <>
      <Icon name="circlePause" />
      <strong>{ending.words}</strong>
    </>
  );
}

const COUNT_EVERY_MS = 100;

function Running() {
  const tenths = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => (tenths.value += 1), COUNT_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  // A screen reader hears the state once, not ten times a second.
  return (
    <>
      <span class="visually-hidden">Running</span>
      <span
        aria-hidden="true"
        class="numbers"
      >{`Running for ${(tenths.value / 10).toFixed(1)} s`}</span>
    </>
  );
}

function LoadBar({ python }: { python: PagePython }) {
  const state = python.state.value;
  const part = state && state.totalBytes > 0 ? state.loadedBytes / state.totalBytes : 0;
  return (
    <div class="load-bar" aria-hidden="true">
      <span style={{ width: `${Math.round(part * 100)}%` }} />
    </div>
  );
}

function Output({ pieces }: { pieces: readonly OutputPiece[] }) {
  return (
    <>
      <p class="about">What it printed</p>
      {/* It may scroll: then the keyboard has to reach it. */}
      <pre class="output" tabIndex={0} aria-label="Output">
        {pieces.map((piece) =>
          piece.from === 'err' ? <span class="from-err">{piece.text}</span> : piece.text,
        )}
      </pre>
    </>
  );
}

interface ErrorBoxProps {
  readonly error: PythonError;
  readonly code: string;
  /** Its name. */
  readonly program: string;
}

function ErrorBox({ error, code, program }: ErrorBoxProps) {
  const words = explain(error, code);
  return (
    <div class="error-box">
      <p class="error-title">
        <Icon name="octagonAlert" />
        <strong>{placeWords(error, program)}</strong>
      </p>
      <pre class="error-text">{lastLines(error)}</pre>
      {words !== null && <p>{inCode(words)}</p>}
      {error.frames.length > 1 && (
        <details>
          <summary>Python's whole text</summary>
          <pre class="error-text">{error.traceback}</pre>
        </details>
      )}
    </div>
  );
}

/** Where it was raised: in the program, or in another file of the cell. */
function placeWords({ line, frames }: PythonError, program: string): string {
  const last = frames.at(-1);
  if (last !== undefined && last.file !== program)
    return `Python stopped at line ${last.line} of ${last.file}`;
  return line === null ? 'Python stopped' : `Python stopped at line ${line}`;
}

function lastLines({ type, message }: PythonError): string {
  if (message === '') return type;
  return message.startsWith(`${type}:`) ? message : `${type}: ${message}`;
}

/** Text in backquotes as code. */
export function inCode(text: string) {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
