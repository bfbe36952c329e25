// A folder of Whisper files, seen as the tree of metric names that Graphite shows.
//
//   servers/              servers            branch
//     web1/               servers.web1       branch
//       load.wsp          servers.web1.load  leaf

import { bad, good, type Result } from '../base/result.ts';
import type { Entry, Files } from '../host/files.ts';
import { fetchSlots, type Slots } from './fetch.ts';
import { parseGlob, type Glob } from './glob.ts';
import { metricPaths, WHISPER_SUFFIX } from './metric-path.ts';
import { openWhisper, type Whisper } from './open.ts';

export interface Tree {
  /** Nodes that match, sorted by path, each once. "**" stands for any number of parts. */
  find(pattern: string): readonly Node[];
  /** Null when there is no such metric, or nothing of the window is kept. Times in seconds. */
  read(metric: string, from: number, until: number, now: number): Result<Slots | null>;
  /** What `look` says of the file of a metric: null when there is none, a text when it cannot be read. */
  look<T>(metric: string, look: (file: Whisper | string | null) => T): T;
  /** From when until when a metric may have data, at `now`; null when there is no such metric, or no reading it. */
  reach(metric: string, now: number): Reach | null;
  exists(metric: string): boolean;
}

/** Seconds since 1970. */
export interface Reach {
  readonly startS: number;
  readonly endS: number;
}

export interface Node {
  readonly path: string;
  readonly isLeaf: boolean;
  /** The last part of the path. */
  readonly name: string;
}

export const ANY_DEPTH = '**';
/** Deeper folders are not looked into. */
export const DEPTH_MAX = 64;
/** Folders that one search lists at most: a search from the web must end. */
export const FOLDERS_LISTED_MAX = 100_000;

export function makeTree(files: Files): Tree {
  return {
    find: (pattern) => find(files, pattern),
    read(metric, from, until, now) {
      const opened = openMetric(files, metric);
      if (!opened.ok) return opened;
      const whisper = opened.value;
      if (!whisper) return good(null);
      const fetched = fetchSlots(whisper, from, until, now);
      whisper.file.close();
      return fetched.ok ? fetched : bad(`${metric}: ${fetched.why}`);
    },
    look(metric, look) {
      const opened = openMetric(files, metric);
      if (!opened.ok) return look(opened.why);
      const seen = look(opened.value);
      opened.value?.file.close();
      return seen;
    },
    reach(metric, now) {
      const opened = openMetric(files, metric);
      if (!opened.ok || !opened.value) return null;
      const { header, file } = opened.value;
      const startS = now - header.maxRetentionS;
      const endS = Math.max(file.changedS() ?? now, startS);
      file.close();
      return { startS, endS };
    },
    exists: (metric) => metricPaths(metric).some((path) => files.exists(path)),
  };
}

/** The first file of a metric that is there. */
function openMetric(files: Files, metric: string): Result<Whisper | null> {
  for (const path of metricPaths(metric)) {
    const opened = openWhisper(files, path);
    if (!opened.ok || opened.value) return opened;
  }
  return good(null);
}

interface Search {
  readonly files: Files;
  readonly branches: Map<string, Node>;
  readonly leaves: Map<string, Node>;
  foldersListed: number;
}

/** A folder that a search has come to. */
interface Place {
  /** "servers/web1"; "" is the root. */
  readonly folder: string;
  /** "servers.web1." */
  readonly prefix: string;
  readonly depth: number;
}

const ROOT: Place = { folder: '', prefix: '', depth: 0 };

function below({ folder, prefix, depth }: Place, name: string): Place {
  return {
    folder: folder === '' ? name : `${folder}/${name}`,
    prefix: `${prefix}${name}.`,
    depth: depth + 1,
  };
}

function find(files: Files, pattern: string): readonly Node[] {
  // A name with tags is in a place of its own, and is no pattern.
  if (pattern.includes(';'))
    return metricPaths(pattern).some((path) => files.exists(path))
      ? [{ path: pattern, isLeaf: true, name: pattern.slice(pattern.lastIndexOf('.') + 1) }]
      : [];
  const parts = pattern.split('.');
  // A "**" at the end means every node at every depth below.
  if (parts.at(-1) === ANY_DEPTH) parts.push('*');
  if (parts.length > DEPTH_MAX || parts.includes('')) return [];
  const search: Search = { files, branches: new Map(), leaves: new Map(), foldersListed: 0 };
  const globs = parts.map((part) => (part === ANY_DEPTH ? ANY_DEPTH : parseGlob(part)));
  descend(search, ROOT, globs);
  return [...search.leaves.values(), ...search.branches.values()].sort(byPath);
}

type Part = Glob | typeof ANY_DEPTH;

function descend(search: Search, place: Place, parts: readonly Part[]): void {
  const [part, ...rest] = parts;
  if (part === undefined || place.depth >= DEPTH_MAX) return;
  if (part === ANY_DEPTH) {
    descend(search, place, rest);
    for (const name of list(search, place).branches) descend(search, below(place, name), parts);
    return;
  }
  if (rest.length > 0) {
    const names = part.exact ?? list(search, place).branches.filter((name) => part.matches(name));
    for (const name of names) if (isVisible(name)) descend(search, below(place, name), rest);
    return;
  }
  if (part.exact) for (const name of part.exact) lookUp(search, place, name);
  else {
    const { branches, leaves } = list(search, place);
    for (const name of leaves) if (part.matches(name)) keep(search, place, name, true);
    for (const name of branches) if (part.matches(name)) keep(search, place, name, false);
  }
}

function lookUp(search: Search, place: Place, name: string): void {
  if (!isVisible(name)) return;
  const found = below(place, name);
  if (search.files.exists(found.folder + WHISPER_SUFFIX)) keep(search, place, name, true);
  const { branches, leaves } = list(search, found);
  if (branches.length + leaves.length > 0) keep(search, place, name, false);
}

function keep(search: Search, { prefix }: Place, name: string, isLeaf: boolean): void {
  const path = prefix + name;
  (isLeaf ? search.leaves : search.branches).set(path, { path, isLeaf, name });
}

// Names with a dot inside cannot be asked for: a dot is the end of a part.
function list(search: Search, { folder }: Place): Names {
  if (search.foldersListed++ >= FOLDERS_LISTED_MAX) return { branches: [], leaves: [] };
  const entries = search.files.list(folder);
  const known = namesOf.get(entries);
  if (known) return known;
  const names = sortOut(entries);
  namesOf.set(entries, names);
  return names;
}

interface Names {
  readonly branches: readonly string[];
  readonly leaves: readonly string[];
}

/** Files may give the same list as long as a folder is the same. */
const namesOf = new WeakMap<readonly Entry[], Names>();

function sortOut(entries: readonly Entry[]): Names {
  const branches: string[] = [];
  const leaves: string[] = [];
  for (const { name, isFolder } of entries) {
    if (isFolder) {
      if (isVisible(name)) branches.push(name);
    } else if (name.endsWith(WHISPER_SUFFIX)) {
      const leaf = name.slice(0, -WHISPER_SUFFIX.length);
      if (isVisible(leaf)) leaves.push(leaf);
    }
  }
  return { branches, leaves };
}

// Also keeps a pattern from leaving the folder: "..", "/" and the like are no names of metrics.
function isVisible(name: string): boolean {
  return name !== '' && !/[./\\\0]/.test(name);
}

function byPath(a: Node, b: Node): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.isLeaf === b.isLeaf ? 0 : a.isLeaf ? -1 : 1;
}
