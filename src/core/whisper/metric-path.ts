// Which file holds a metric.
//
//   servers.web1.load        -> servers/web1/load.wsp
//   disk.used;host=web1      -> _tagged/<3 digits>/<3 digits>/<hash>.wsp     by SHA-256 of the name
//                            or _tagged/<3 digits>/<3 digits>/disk_DOT_used;host=web1.wsp
//
// Carbon takes whatever the name says, and makes files without a name: "a..b" is a/b.wsp there, "" is .wsp. We refuse
// a name that has an empty part, or characters that no file may have, unless we are told to do as Carbon does.

import { bad, good, type Result } from '../base/result.ts';
import { sha256Hex } from '../base/sha256.ts';
import { encodeUtf8 } from '../base/text.ts';
import { checkPath, PATH_PART_MAX } from '../host/files.ts';

export const WHISPER_SUFFIX = '.wsp';
export const TAGGED_FOLDER = '_tagged';
/** Room is left for the suffix. */
export const METRIC_PART_MAX_BYTES = PATH_PART_MAX - WHISPER_SUFFIX.length;
export const METRIC_NAME_MAX_BYTES = 2048;

/** Nearly all names are so plain, and short enough for one part, that they can break no rule. */
const PLAIN = /^[\w-]+(?:\.[\w-]+)*$/;

/** How names become paths; the rest is the same for everybody. */
export interface PathRules {
  /** Whether the file of a tagged metric is named by its hash, or by the name itself with "_DOT_" for each dot. */
  readonly hashesTags: boolean;
  /** Whether empty parts are left out, as Carbon does, instead of refused. */
  readonly skipsEmptyParts: boolean;
}

export const PATH_RULES: PathRules = { hashesTags: true, skipsEmptyParts: false };

/** The path below the data folder; `why` shows the name. A tagged name must be in canonical order. */
export function metricPath(metric: string, rules = PATH_RULES): Result<string> {
  const why = whyNoFile(metric, rules);
  if (why !== null) return bad(why);
  if (metric.includes(';')) return good(taggedPath(metric, rules.hashesTags));
  const path = metric.replaceAll('.', '/') + WHISPER_SUFFIX;
  return good(rules.skipsEmptyParts ? withoutEmptyParts(path) : path);
}

/** Where readers look, in this order: they are not told which rules the file was made by. */
export function metricPaths(metric: string): readonly string[] {
  const byHash = metricPath(metric);
  const byName = metricPath(metric, { ...PATH_RULES, hashesTags: false });
  const paths = [byHash, byName].flatMap((path) => (path.ok ? [path.value] : []));
  return [...new Set(paths)];
}

function taggedPath(metric: string, isHashed: boolean): string {
  const hash = sha256Hex(encodeUtf8(metric));
  const name = isHashed ? hash : metric.replaceAll('.', '_DOT_');
  return [TAGGED_FOLDER, hash.slice(0, 3), hash.slice(3, 6), name + WHISPER_SUFFIX].join('/');
}

function withoutEmptyParts(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '')
    .join('/');
}

/** Why no file can hold the metric; null when one can. */
export function whyNoFile(metric: string, rules = PATH_RULES): string | null {
  const isPlain = metric.length <= METRIC_PART_MAX_BYTES && PLAIN.test(metric);
  const isTagged = metric.includes(';');
  if (isPlain || (isTagged && rules.hashesTags)) return null;
  const whole = metric.replaceAll('.', isTagged ? '_DOT_' : '/');
  const path = rules.skipsEmptyParts ? withoutEmptyParts(whole) : whole;
  // Carbon's own name for it: a file that is called ".wsp".
  if (path === '' && rules.skipsEmptyParts) return null;
  const sizeBytes = encodeUtf8(path).length;
  if (sizeBytes > METRIC_NAME_MAX_BYTES)
    return `The metric name "${shown(metric)}" is longer than ${METRIC_NAME_MAX_BYTES} bytes.`;
  for (const part of path.split('/')) {
    if (part === '')
      return `The metric name "${shown(metric)}" has an empty part, so no file can have it.`;
    if (sizeBytes > METRIC_PART_MAX_BYTES && encodeUtf8(part).length > METRIC_PART_MAX_BYTES)
      return `The metric name "${shown(metric)}" has a part of more than ${METRIC_PART_MAX_BYTES} bytes.`;
  }
  const checked = checkPath(path);
  return checked.ok ? null : checked.why;
}

const SHOWN_MAX = 400;

function shown(metric: string): string {
  return metric.length > SHOWN_MAX ? `${metric.slice(0, SHOWN_MAX)}...` : metric;
}
