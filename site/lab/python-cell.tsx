// Python in a lab: what a program sends to StatsD or Carbon reaches the stack of the lab, wherever that runs.

import { useMemo } from 'preact/hooks';
import { makeCell } from '../lesson/cell-state.ts';
import { CellView } from '../lesson/cell-view.tsx';
import type { PagePython } from '../lesson/python.ts';
import { progress, recordItem } from '../page/progress.ts';
import type { Source } from './source.ts';

const PROGRAM = `import socket

statsd = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
statsd.sendto(b"clinic.visits:1|c", ("127.0.0.1", 8125))`;

interface PythonCellProps {
  /** Progress id under which the reader's program is kept. */
  readonly id: string;
  readonly python: PagePython;
  readonly source: Source;
}

export function PythonCell({ id, python, source }: PythonCellProps) {
  const cell = useMemo(() => {
    const made = makeCell(
      {
        file: 'send.py',
        code: PROGRAM,
        watch: null,
        onPacket: (packet) => source.send(packet.to, packet.bytes),
      },
      python,
    );
    made.code.value = progress().items[id]?.code ?? PROGRAM;
    return made;
  }, [source]);
  return (
    <CellView id="send" cell={cell} python={python} keep={(code) => recordItem(id, { code })} />
  );
}
