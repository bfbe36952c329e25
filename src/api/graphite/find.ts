// /metrics/find, /metrics/expand, /metrics/index.json: which names there are.

import { bad, good, type Result } from '../../core/base/result.ts';
import { pythonNumber } from '../../core/base/number.ts';
import { parseAtTime } from '../../core/time/attime.ts';
import { invalidParameters, jsonAnswer, plainAnswer } from '../answers.ts';
import {
  MSGPACK_TYPE,
  nodesMsgpack,
  nodesPickle,
  PICKLE_TYPE,
  type ReachingNode,
} from './binary-formats.ts';
import { INDEX_PATHS_MAX, QUERIES_MAX } from '../limits.ts';
import type { Parameters } from '../parameters.ts';
import { pythonJson, pythonJsonText, type JsonValue } from '../python-json.ts';
import type { FoundNode, Reach, Store } from '../store.ts';
import { offsetAtZone } from '../zones.ts';

const NO_CACHE = { pragma: 'no-cache', 'cache-control': 'no-cache' };

/** Forms that a list of nodes can have. */
const FORMATS = ['treejson', 'completer', 'nodelist', 'json', 'pickle', 'msgpack'];

export async function answerFind(
  parameters: Parameters,
  store: Store,
  clockS: number,
): Promise<Response> {
  const request = readFindRequest(parameters, clockS);
  if (!request.ok) return invalidParameters(request.why);
  const { format, query, wildcards, leavesOnly, position } = request.value;
  if (!FORMATS.includes(format)) return plainAnswer(400, `Invalid value for 'format' parameter`);

  const pattern = format === 'completer' ? completerPattern(query, parameters) : query;
  const all = (await store.find(pattern)).filter((node) => node.isLeaf || !leavesOnly);
  const { nodes, reaching } = await withData(all, request.value, store);
  if (format === 'pickle') return bytesAnswer(nodesPickle(reaching), PICKLE_TYPE);
  if (format === 'msgpack') return bytesAnswer(nodesMsgpack(reaching), MSGPACK_TYPE);
  const found = byName(nodes);
  const json = {
    treejson: () => treeJson(found, query, wildcards),
    completer: () => completerJson(found, wildcards),
    nodelist: () => nodeListJson(nodes, position),
    json: () => plainJson(reaching),
  }[format];
  return jsonAnswer(pythonJson(json?.() ?? null), parameters, NO_CACHE);
}

interface FindRequest {
  readonly query: string;
  readonly format: string;
  readonly wildcards: boolean;
  readonly leavesOnly: boolean;
  readonly position: number;
  readonly nowS: number;
  /** Null: no limit. */
  readonly fromS: number | null;
  readonly untilS: number | null;
}

function bytesAnswer(bytes: Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(bytes, { headers: { ...NO_CACHE, 'content-type': type } });
}

/** Leaves that may have data between `from` and `until`; of each from when until when, where the format shows it. */
async function withData(
  nodes: readonly FoundNode[],
  { format, fromS, untilS, nowS }: FindRequest,
  store: Store,
): Promise<{ readonly nodes: readonly FoundNode[]; readonly reaching: readonly ReachingNode[] }> {
  const isShown = ['json', 'pickle', 'msgpack'].includes(format);
  if (!isShown && fromS === null && untilS === null) return { nodes, reaching: [] };
  const leaves = nodes.filter((node) => node.isLeaf);
  const reaches = await store.reach(
    leaves.map((node) => node.path),
    nowS,
  );
  const reachOf = new Map(leaves.map((node, i) => [node.path, reaches[i] ?? null]));
  const reaching = nodes
    .map((node) => ({ ...node, reach: node.isLeaf ? (reachOf.get(node.path) ?? null) : null }))
    .filter(
      ({ reach }) =>
        reach === null ||
        ((fromS === null || reach.endS >= fromS) && (untilS === null || reach.startS <= untilS)),
    );
  return { nodes: reaching, reaching };
}

function readFindRequest(parameters: Parameters, clockS: number): Result<FindRequest> {
  const query = parameters.one('query');
  if (query === null) return bad(`Missing required parameter 'query'`);
  if (query === '') return bad(`Required parameter 'query' is empty`);
  const offsetAt = offsetAtZone(parameters.one('tz'));
  // -1 is how clients say that there is no limit.
  function timeOf(name: string, nowS: number): Result<number | null> {
    const text = parameters.one(name);
    if (text === null || text === '-1') return good(null);
    const time = parseAtTime(text, nowS, offsetAt);
    return time.ok ? time : bad(`Invalid value '${text}' for param ${name}: ${time.why}`);
  }
  const now = timeOf('now', clockS);
  if (!now.ok) return now;
  const nowS = now.value ?? clockS;
  const from = timeOf('from', nowS);
  if (!from.ok) return from;
  const until = timeOf('until', nowS);
  if (!until.ok) return until;
  const wildcards = readInteger(parameters, 'wildcards', 0);
  if (!wildcards.ok) return wildcards;
  const leavesOnly = readInteger(parameters, 'leavesOnly', 0);
  if (!leavesOnly.ok) return leavesOnly;
  const position = readInteger(parameters, 'position', -1);
  if (!position.ok) return position;
  return good({
    query,
    format: parameters.one('format') ?? 'treejson',
    wildcards: wildcards.value !== 0,
    leavesOnly: leavesOnly.value !== 0,
    position: position.value,
    nowS,
    fromS: from.value,
    untilS: until.value,
  });
}

function readInteger(parameters: Parameters, name: string, otherwise: number): Result<number> {
  const text = parameters.one(name);
  if (text === null) return good(otherwise);
  if (/^\s*[+-]?\d{1,15}\s*$/.test(text)) return good(Number(text));
  return bad(
    `Invalid int value '${text}' for param ${name}: invalid literal for int() with base 10: '${text}'`,
  );
}

/** Sorted by name, those of one name by path, as they come: of ten thousand nodes a hundred names are sorted. */
function byName(nodes: readonly FoundNode[]): readonly FoundNode[] {
  const byTheirName = new Map<string, FoundNode[]>();
  for (const node of nodes) {
    const same = byTheirName.get(node.name);
    if (same) same.push(node);
    else byTheirName.set(node.name, [node]);
  }
  return [...byTheirName.keys()].sort().flatMap((name) => byTheirName.get(name) ?? []);
}

// A tree shows each name once. Its id is the pattern down to the parent, so that opening a node found
// below "web.*" searches below all of them. Where a name is a branch and a leaf, the branch is shown.
function treeJson(found: readonly FoundNode[], query: string, wildcards: boolean): JsonValue {
  const base = query.slice(0, query.lastIndexOf('.') + 1);
  const branches = new Set(found.filter((node) => !node.isLeaf).map((node) => node.name));
  const leaves = new Set(found.filter((node) => !branches.has(node.name)).map((node) => node.name));
  const node = (text: string, isBranch: boolean): JsonValue => {
    const branch = isBranch ? 1 : 0;
    return { text, id: base + text, allowChildren: branch, expandable: branch, leaf: 1 - branch };
  };
  return [
    ...(wildcards && found.length > 1 ? [node('*', branches.size > 0)] : []),
    ...[...branches].map((name) => node(decoded(name), true)),
    ...[...leaves].map((name) => node(decoded(name), false)),
  ];
}

// Some senders put names with %2F and the like on disk.
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

// What was typed so far becomes a pattern: "web.cp" finds all that begin so.
function completerPattern(query: string, parameters: Parameters): string {
  let pattern = query.replaceAll('..', '*.');
  if (!pattern.endsWith('*')) pattern += '*';
  const withVariants = parameters.one('automatic_variants');
  if (withVariants === null || withVariants === '0') return pattern;
  return pattern
    .split('.')
    .map((part) => (part.includes(',') && !part.includes('{') ? `{${part}}` : part))
    .join('.');
}

function completerJson(found: readonly FoundNode[], wildcards: boolean): JsonValue {
  // Text at once: there may be very many, and a person waits for them while typing.
  let metrics = '';
  let name = '';
  let nameJson = '';
  for (const node of found) {
    if (node.name !== name) nameJson = pythonJsonText((name = node.name));
    const path = pythonJsonText(node.isLeaf ? node.path : `${node.path}.`);
    const between = metrics === '' ? '' : ', ';
    metrics += `${between}{"path": ${path}, "name": ${nameJson}, "is_leaf": "${node.isLeaf ? 1 : 0}"}`;
  }
  if (wildcards && found.length > 1) metrics += ', {"name": "*"}';
  return { metrics: { raw: `[${metrics}]` } };
}

function nodeListJson(nodes: readonly FoundNode[], position: number): JsonValue {
  const parts = nodes.map((node) => node.path.split('.').at(position) ?? '');
  return { nodes: [...new Set(parts)].filter((part) => part !== '').sort() };
}

function plainJson(nodes: readonly ReachingNode[]): JsonValue {
  return [...nodes]
    .sort((left, right) => (left.path < right.path ? -1 : 1))
    .map(({ path, isLeaf, reach }) => ({
      path,
      is_leaf: isLeaf,
      ...(isLeaf ? { intervals: reach ? [intervalJson(reach)] : [] } : {}),
    }));
}

function intervalJson({ startS, endS }: Reach): JsonValue {
  return { start: { raw: pythonNumber(startS, false) }, end: { raw: pythonNumber(endS, false) } };
}

export async function answerExpand(parameters: Parameters, store: Store): Promise<Response> {
  const queries = parameters.all('query').filter((query) => query !== '');
  if (queries.length > QUERIES_MAX)
    return invalidParameters(
      `The request has ${queries.length} queries; ${QUERIES_MAX} are allowed`,
    );
  const leavesOnly = readInteger(parameters, 'leavesOnly', 0);
  if (!leavesOnly.ok) return invalidParameters(leavesOnly.why);
  const byQuery = readInteger(parameters, 'groupByExpr', 0);
  if (!byQuery.ok) return invalidParameters(byQuery.why);

  const groups = new Map<string, readonly string[]>();
  for (const query of queries) {
    const nodes = await store.find(query);
    const paths = nodes.filter((node) => node.isLeaf || leavesOnly.value === 0);
    groups.set(query, [...new Set(paths.map((node) => node.path))].sort());
  }
  const results: JsonValue =
    byQuery.value === 0 ? [...new Set([...groups.values()].flat())].sort() : groups;
  return jsonAnswer(pythonJson({ results }), parameters, NO_CACHE);
}

export async function answerIndex(parameters: Parameters, store: Store): Promise<Response> {
  const nodes = await store.find('**');
  const paths = [...new Set(nodes.filter((node) => node.isLeaf).map((node) => node.path))].sort();
  if (paths.length > INDEX_PATHS_MAX)
    return invalidParameters(
      `There are ${paths.length} metrics; a list may have ${INDEX_PATHS_MAX}. Ask /metrics/find for a part`,
    );
  return jsonAnswer(pythonJson(paths), parameters);
}

/** What graphite-web answers, whose request for it fails always; `stacklab whisper info` shows what a file says. */
export function answerMetadata(parameters: Parameters): Response {
  const key = parameters.one('key') ?? 'None';
  const results = new Map<string, JsonValue>(
    parameters.all('metric').map((metric) => [
      metric,
      {
        error: `Unexpected error occurred in CarbonLink.get_metadata(${metric}, ${key})`,
      },
    ]),
  );
  return jsonAnswer(pythonJson(results), parameters);
}
