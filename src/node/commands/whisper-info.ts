// `stacklab whisper info`: what the header of a file says.

import type { Command } from 'commander';
import { pythonNumber } from '../../core/base/number.ts';
import { good } from '../../core/base/result.ts';
import type { Archive } from '../../core/whisper/format.ts';
import type { Whisper } from '../../core/whisper/open.ts';
import { print, withWhisper } from './whisper-file.ts';

export function addWhisperInfo(whisper: Command): void {
  whisper
    .command('info')
    .description('prints what the header of a file says')
    .argument('<path>', 'a Whisper file')
    .argument('[field]', 'print this field alone')
    .option('--json', 'JSON')
    .action((path: string, field: string | undefined, options: { json?: boolean }) =>
      info(path, field, options.json ?? false),
    );
}

type Pair = readonly [name: string, text: string];

function info(path: string, field: string | undefined, asJson: boolean): void {
  print(
    withWhisper(path, 'r', (whisper) => {
      const fields = fieldsOf(whisper);
      const archives = whisper.header.archives.map(archivePairs);
      if (field !== undefined) return good(oneField(fields, archives, field));
      return good(asJson ? jsonText(fields, archives) : plainText(fields, archives));
    }),
  );
}

function fieldsOf({ header, file }: Whisper): readonly Pair[] {
  return [
    ['aggregationMethod', header.method],
    ['maxRetention', String(header.maxRetentionS)],
    ['xFilesFactor', pythonNumber(header.xFilesFactor)],
    ['fileSize', String(file.sizeBytes())],
  ];
}

function archivePairs(archive: Archive): readonly Pair[] {
  return [
    ['offset', String(archive.offsetBytes)],
    ['secondsPerPoint', String(archive.secondsPerPoint)],
    ['points', String(archive.points)],
    ['retention', String(archive.retentionS)],
    ['size', String(archive.sizeBytes)],
  ];
}

function plainText(fields: readonly Pair[], archives: readonly (readonly Pair[])[]): string {
  const lines = (pairs: readonly Pair[]): string =>
    pairs.map(([name, text]) => `${name}: ${text}\n`).join('');
  const parts = archives.map((pairs, i) => `Archive ${i}\n${lines(pairs)}\n`);
  return `${lines(fields)}\n${parts.join('')}`;
}

// Written by hand, because Python shows the float 0 as 0.0 and whisper-info sets archives before fileSize.
function jsonText(fields: readonly Pair[], archives: readonly (readonly Pair[])[]): string {
  const items = archives.map((pairs) => {
    const inner = pairs.map(([name, text]) => `      "${name}": ${text}`).join(',\n');
    return `    {\n${inner}\n    }`;
  });
  const [method, retention, factor, size] = fields.map(([name, text]) =>
    name === 'aggregationMethod' ? `  "${name}": "${text}"` : `  "${name}": ${text}`,
  );
  const list = `  "archives": [\n${items.join(',\n')}\n  ]`;
  return `{\n${[method, retention, factor, list, size].join(',\n')}\n}\n`;
}

function oneField(
  fields: readonly Pair[],
  archives: readonly (readonly Pair[])[],
  field: string,
): string {
  if (field === 'archives') {
    const items = archives.map(
      (pairs) => `{${pairs.map(([name, text]) => `'${name}': ${text}`).join(', ')}}`,
    );
    return `[${items.join(', ')}]\n`;
  }
  const found = fields.find(([name]) => name === field);
  if (found) return `${found[1]}\n`;
  process.exitCode = 1;
  const names = 'aggregationMethod,maxRetention,xFilesFactor,archives,fileSize';
  return `Unknown field "${field}". Valid fields are ${names}\n`;
}
