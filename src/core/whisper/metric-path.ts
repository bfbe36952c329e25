// Which file holds a metric.
//
//   servers.web1.load        -> servers/web1/load.wsp
//   disk.used;host=web1      -> _tagged/<3 digits>/<3 digits>/<hash>.wsp     by SHA-256 of the name
//
// Carbon opens whatever the name says, "../" included, and makes files without a name. We refuse a name
// that has an empty or a ".." part, or characters that no file may have.

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

/** The path below the data folder; `why` shows the name. A tagged name must be in canonical order. */
export function metricPath(metric: string): Result<string> {
  const why = whyNoFile(metric);
  if (why !== null) return bad(why);
  if (!metric.includes(';')) return good(metric.replaceAll('.', '/') + WHISPER_SUFFIX);
  const hash = sha256Hex(encodeUtf8(metric));
  const folder = `${TAGGED_FOLDER}/${hash.slice(0, 3)}/${hash.slice(3, 6)}`;
  return good(`${folder}/${hash}${WHISPER_SUFFIX}`);
}

/** Why no file can hold the metric; null when one can. */
export function whyNoFile(metric: string): string | null {
  const isPlain = metric.length <= METRIC_PART_MAX_BYTES && PLAIN.test(metric);
  if (isPlain || metric.includes(';')) return null;
  const path = metric.replaceAll('.', '/');
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
