// What is wrong with the file of one metric, by the configuration and by what the file itself shows.
//
//   unreadable  its header or a part of it cannot be read
//   archives    storage-schemas.conf says others: a changed schema is for new files only
//   rollup      storage-aggregation.conf says another method or xFilesFactor
//   rare        points come so rarely that the xFilesFactor is never reached: coarse slots stay empty
//   crowded     several points fall into one slot, and only the last stays
//
// A file does not tell how often its sender sends: a slot holds its own start and one value, however many came. So
// "crowded" can only be said with the interval of the sender. "Rare" shows by itself: the fine archive has points where
// the coarse one has none. A file that nobody writes to any more is not wrong.

import { formatG } from '../base/number.ts';
import { checkArchives } from '../whisper/archives.ts';
import { METHOD_DEFAULT, X_FILES_FACTOR_DEFAULT } from '../whisper/create.ts';
import type { ArchiveShape } from '../whisper/format.ts';
import { TAGGED_FOLDER, WHISPER_SUFFIX } from '../whisper/metric-path.ts';
import type { Whisper } from '../whisper/open.ts';
import { showRetention } from '../whisper/retention.ts';
import { countRollup } from '../whisper/rollup-counts.ts';
import { AGGREGATION_FILE, aggregationFor, type Aggregations } from './aggregation.ts';
import { schemaFor, SCHEMAS_FILE, type Schemas } from './schemas.ts';

export const KINDS = ['unreadable', 'archives', 'rollup', 'rare', 'crowded'] as const;
export type Kind = (typeof KINDS)[number];

export interface Finding {
  readonly kind: Kind;
  /** What it is, without the name of the file. */
  readonly what: string;
  /** Arguments of `stacklab whisper` that change it, the path as "PATH"; null when there is no such command. */
  readonly remedy: readonly string[] | null;
}

export interface Rules {
  readonly schemas: Schemas;
  readonly aggregations: Aggregations;
  /** How often the sender sends; null when nobody said. */
  readonly intervalS: number | null;
  readonly now: number;
}

export const PATH = 'PATH';
/** So many slots with points and without a coarse value are no accident of the start or of a restart. */
export const RARE_SLOTS_MIN = 3;

/** The metric of a file below the data folder; null for a tagged one, whose path is a hash. */
export function metricOf(path: string): string | null {
  if (path.startsWith(`${TAGGED_FOLDER}/`)) return null;
  return path.slice(0, -WHISPER_SUFFIX.length).replaceAll('/', '.');
}

/** Without a metric, only what the file itself shows. */
export function diagnose(
  whisper: Whisper,
  metric: string | null,
  rules: Rules,
): readonly Finding[] {
  const configured = metric === null ? [] : configuredFindings(whisper, metric, rules);
  return [...configured, ...rareFindings(whisper, rules), ...crowdedFindings(whisper, rules)];
}

function configuredFindings({ header }: Whisper, metric: string, rules: Rules): readonly Finding[] {
  const findings: Finding[] = [];
  const schema = schemaFor(rules.schemas, metric);
  const has = showArchives(header.archives);
  const wants = showArchives(schema.archives);
  if (has !== wants)
    findings.push({
      kind: 'archives',
      what: `has ${has}, and [${schema.name}] of ${SCHEMAS_FILE} says ${wants}`,
      remedy: ['resize', '--aggregate', PATH, ...schema.archives.map(showRetention)],
    });
  const aggregation = aggregationFor(rules.aggregations, metric);
  const method = aggregation.method ?? METHOD_DEFAULT;
  const factor = aggregation.xFilesFactor ?? X_FILES_FACTOR_DEFAULT;
  // The header keeps a float32.
  if (header.method !== method || header.xFilesFactor !== Math.fround(factor))
    findings.push({
      kind: 'rollup',
      what: `has ${header.method} with xFilesFactor ${formatG(header.xFilesFactor)}, and [${aggregation.name}] of ${AGGREGATION_FILE} says ${method} with ${formatG(factor)}`,
      remedy: ['set-aggregation-method', PATH, method, formatG(factor)],
    });
  return findings;
}

function showArchives(shapes: readonly ArchiveShape[]): string {
  return shapes.map(showRetention).join(',');
}

function rareFindings(whisper: Whisper, { intervalS, now }: Rules): readonly Finding[] {
  const { archives, xFilesFactor } = whisper.header;
  for (const [i, coarser] of archives.entries()) {
    const finer = archives[i - 1];
    if (finer === undefined) continue;
    const counts = countRollup(whisper, finer, coarser, now);
    if (!counts.ok)
      return [{ kind: 'unreadable', what: `cannot be read as it is: ${counts.why}`, remedy: null }];
    const { tooFew, written, needed, fineSlots, knownMost } = counts.value;
    if (written === 0 && tooFew >= RARE_SLOTS_MIN)
      return [
        {
          kind: 'rare',
          what: `has points in ${tooFew} slots of ${coarser.secondsPerPoint} s and stored none of these: at most ${knownMost} of ${fineSlots} slots of ${finer.secondsPerPoint} s are known, and xFilesFactor ${formatG(xFilesFactor)} needs ${needed}`,
          remedy: factorRemedy(knownMost / fineSlots),
        },
      ];
    const part = i === 1 && intervalS !== null ? finer.secondsPerPoint / intervalS : 1;
    if (part < xFilesFactor)
      return [
        {
          kind: 'rare',
          what: `gets a point every ${intervalS} s into slots of ${finer.secondsPerPoint} s, so ${formatG(part, 2)} of them are known, and xFilesFactor is ${formatG(xFilesFactor)}`,
          remedy: factorRemedy(part),
        },
      ];
  }
  return [];
}

/** A factor of two decimals that so large a known part reaches, also as the float32 of the header. */
function factorRemedy(part: number): readonly string[] {
  const hundredths = Math.floor(part * 100);
  const factor = Math.fround(hundredths / 100) <= part ? hundredths : hundredths - 1;
  return ['set-xfilesfactor', PATH, formatG(Math.max(0, factor) / 100)];
}

function crowdedFindings({ header }: Whisper, { intervalS }: Rules): readonly Finding[] {
  const [finest, ...coarser] = header.archives;
  if (finest === undefined || intervalS === null || intervalS >= finest.secondsPerPoint) return [];
  const each = formatG(finest.secondsPerPoint / intervalS, 3);
  const points = Math.ceil(finest.retentionS / intervalS);
  const shapes = checkArchives([{ secondsPerPoint: intervalS, points }, ...coarser]);
  return [
    {
      kind: 'crowded',
      what: `has slots of ${finest.secondsPerPoint} s, so of a point every ${intervalS} s only one in ${each} stays`,
      remedy: shapes.ok
        ? ['resize', '--aggregate', PATH, ...shapes.value.map(showRetention)]
        : null,
    },
  ];
}
