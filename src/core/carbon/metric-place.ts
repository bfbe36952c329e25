// The file of a metric, moved when it has its name from before.
//
//   TAG_HASH_FILENAMES = False   _tagged/eff/aae/some_DOT_metric;tag=1.wsp
//   then True                    the same file becomes _tagged/eff/aae/effaae5b....wsp

import type { Result } from '../base/result.ts';
import type { Files } from '../host/files.ts';
import { metricPath, type PathRules } from '../whisper/metric-path.ts';

export function metricPlace(files: Files, metric: string, rules: PathRules): Result<string> {
  const path = metricPath(metric, rules);
  if (!path.ok || !rules.hashesTags || !metric.includes(';')) return path;
  const byName = metricPath(metric, { ...rules, hashesTags: false });
  if (!byName.ok || files.exists(path.value)) return path;
  if (!files.exists(byName.value)) return path;
  // Where the disk refuses, the file goes on under its old name.
  return files.rename(byName.value, path.value).ok ? path : byName;
}
