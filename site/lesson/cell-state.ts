// One program on a page: its text, its run, its trace. The same whether a lesson, an exercise or a lab shows it.
//
//   idle -> loading -> running -> done | error | stopped -> running ...
//   an exercise's check ends in passed | failed

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { RunOptions } from '../../src/python/client.ts';
import type { RunResult } from '../../src/python/results.ts';
import type { OutputPiece, Packet } from '../../src/python/messages.ts';
import type { Trace } from '../../src/python/trace.ts';
import type { Watch } from '../../src/python/views.ts';
import { canAskLive, type PagePython } from './python.ts';

export type CellPhase =
  'idle' | 'loading' | 'running' | 'done' | 'error' | 'stopped' | 'passed' | 'failed';

export interface CellFile {
  /** The name that its author gave it: what is kept of it is kept by this. */
  readonly original: string;
  readonly name: Signal<string>;
  readonly text: Signal<string>;
}

export interface Cell {
  readonly file: string;
  readonly original: string;
  readonly code: Signal<string>;
  /** Further files beside it. */
  readonly files: readonly CellFile[];
  /** Whether the reader may give those other names. */
  readonly isRenamable: boolean;
  /** The command line; null for a program that is only run. */
  readonly command: Signal<string> | null;
  /** Whether the reader changed anything. */
  readonly isChanged: ReadonlySignal<boolean>;
  readonly phase: Signal<CellPhase>;
  readonly output: Signal<readonly OutputPiece[]>;
  readonly result: Signal<RunResult | null>;
  readonly trace: Signal<Trace | null>;
  /** The step that is shown, from 0. */
  readonly step: Signal<number>;
  /** The program that the result and the trace belong to. */
  readonly ranCode: Signal<string>;
  /** Locked while a prediction about it is open. */
  readonly isLocked: Signal<boolean>;
  readonly isBusy: ReadonlySignal<boolean>;
  /** While the program waits in input(): hands it a line, or null for the end of the input. */
  readonly answer: Signal<((line: string | null) => void) | null>;
  /** What input() gets in a browser that cannot wait: written before the run. */
  readonly linesBefore: Signal<string>;
  /** Whether that has to be asked. */
  readonly asksBefore: ReadonlySignal<boolean>;
  run(): Promise<RunResult | null>;
  stop(): void;
  reset(): void;
}

export interface CellOptions {
  readonly file: string;
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly isRenamable?: boolean;
  readonly packages?: readonly string[];
  readonly command?: string | null;
  /** What a run is watched for; null where there is no picture. */
  readonly watch: Watch | null;
  readonly onPacket?: (packet: Packet) => void;
}

export function makeCell(options: CellOptions, python: PagePython): Cell {
  const phase = signal<CellPhase>('idle');
  const originals = Object.entries(options.files ?? {});
  const command = options.command ?? null;
  const cell: Cell = {
    file: options.file,
    original: options.code,
    code: signal(options.code),
    files: originals.map(([name, text]) => ({
      original: name,
      name: signal(name),
      text: signal(text),
    })),
    isRenamable: options.isRenamable ?? false,
    command: command === null ? null : signal(command),
    isChanged: computed(
      () =>
        cell.code.value !== options.code ||
        originals.some(([name, text], at) => {
          const file = cell.files[at];
          return file?.text.value !== text || file.name.value !== name;
        }) ||
        (cell.command !== null && cell.command.value !== command),
    ),
    phase,
    output: signal<readonly OutputPiece[]>([]),
    result: signal<RunResult | null>(null),
    trace: signal<Trace | null>(null),
    step: signal(0),
    ranCode: signal(options.code),
    isLocked: signal(false),
    answer: signal<Cell['answer']['value']>(null),
    linesBefore: signal(''),
    asksBefore: computed(() => readsInput(cell.code.value) && !canAskLive()),
    isBusy: computed(() => phase.value === 'loading' || phase.value === 'running'),
    run,
    stop,
    reset() {
      cell.code.value = options.code;
      originals.forEach(([name, text], at) => {
        const file = cell.files[at];
        if (file === undefined) return;
        file.name.value = name;
        file.text.value = text;
      });
      if (cell.command !== null) cell.command.value = command ?? '';
      cell.output.value = [];
      cell.result.value = null;
      cell.trace.value = null;
      cell.ranCode.value = options.code;
      phase.value = 'idle';
    },
  };
  return cell;

  async function run(): Promise<RunResult | null> {
    if (cell.isBusy.peek() || cell.isLocked.peek()) return null;
    phase.value = 'loading';
    cell.output.value = [];
    cell.result.value = null;
    const code = cell.code.peek();
    cell.ranCode.value = code;
    try {
      const ready = await python.get();
      const result = await ready.run(code, {
        file: cell.file,
        files: filesOf(cell),
        packages: options.packages ?? [],
        command: cell.command?.peek() ?? null,
        watch: options.watch,
        onStart: () => (phase.value = 'running'),
        onOutput: (pieces) => (cell.output.value = [...cell.output.peek(), ...pieces]),
        ...(options.onPacket && { onPacket: options.onPacket }),
        ...inputFor(code),
      });
      finish(result);
      return result;
    } catch {
      phase.value = 'idle';
      return null;
    }
  }

  /** Only a program that reads gets a keyboard: where memory cannot be shared, it runs on a stack of its own. */
  function inputFor(code: string): Pick<RunOptions, 'input' | 'onAsk'> {
    if (!readsInput(code)) return {};
    if (!canAskLive()) return { input: cell.linesBefore.peek().split('\n') };
    return {
      onAsk(answer) {
        cell.answer.value = (line) => {
          cell.answer.value = null;
          answer(line);
        };
      },
    };
  }

  function finish(result: RunResult): void {
    cell.answer.value = null;
    cell.result.value = result;
    cell.output.value = result.output;
    cell.trace.value = result.trace;
    cell.step.value = 0;
    const { how } = result.ending;
    phase.value = how === 'finished' ? 'done' : how === 'error' ? 'error' : 'stopped';
  }

  function stop(): void {
    void python.get().then((ready) => ready.stop());
  }
}

/** The further files as they are now. */
export function filesOf({ files }: Cell): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ name, text }) => [name.peek(), text.peek()]));
}

function readsInput(code: string): boolean {
  return /\binput\s*\(|\bstdin\b/.test(code);
}
