// What the lines of a growing file tell: tail-<instance>/<type>-<instance>, by patterns.

import { bad, good, type Result } from '../../base/result.ts';
import type { Follower } from '../../host/outside.ts';
import type { ConfItem } from '../conf.ts';
import { readOptions } from '../options.ts';
import type { Asker, AskingHost, AskingPlugin } from '../plugin.ts';
import type { ValueList } from '../value-list.ts';
import { gather } from './gather.ts';
import { makeMatch, readMatch, type MatchOptions } from './tail-match.ts';

interface FileOptions {
  readonly plugin: string;
  readonly instance: string;
  /** Seconds; 0 for that of the plugin. */
  readonly interval: number;
  readonly matches: Readonly<Record<number, MatchOptions>>;
}

export interface TailOptions {
  readonly files: Readonly<Record<string, FileOptions>>;
}

const FILE_DEFAULTS: FileOptions = { plugin: 'tail', instance: '', interval: 0, matches: {} };

export const tail: AskingPlugin<TailOptions> = {
  name: 'tail',
  defaults: { files: {} },
  special: { file: readFile },
  start: (options, host) => makeAsker(options, host),
};

function readFile(options: TailOptions, item: ConfItem): Result<TailOptions> {
  const path = String(item.args[0] ?? '');
  const read = readOptions(item.children ?? [], FILE_DEFAULTS, 'block <File>', {
    match(file, block) {
      const match = readMatch(block);
      if (!match.ok) return match;
      const next = Object.keys(file.matches).length;
      return good({ ...file, matches: { ...file.matches, [next]: match.value } });
    },
  });
  if (!read.ok) return read;
  if (path === '' || Object.keys(read.value.matches).length === 0)
    return bad(`Line ${item.line}: <File> wants a path and at least one <Match>.`);
  return good({ files: { ...options.files, [path]: read.value } });
}

function makeAsker(options: TailOptions, host: AskingHost): Asker {
  const files = Object.entries(options.files).map(([path, file]) => makeFile(path, file, host));
  const complained = new Set<string>();
  return {
    read(done) {
      const due = files.filter((file) => file.isDue());
      if (files.length === 0) return done(bad('its block has no <File>'));
      if (due.length === 0) return done(good([]));
      const took = gather(due.length, done, (why) => {
        if (!complained.has(why)) host.log.say('warning', `The plugin tail: ${why}.`);
        complained.add(why);
      });
      for (const file of due) took(file.read());
    },
    stop() {
      for (const file of files) file.follower.close();
    },
  };
}

interface TailedFile {
  readonly follower: Follower;
  isDue(): boolean;
  read(): Result<readonly ValueList[]>;
}

function makeFile(path: string, options: FileOptions, host: AskingHost): TailedFile {
  const follower = host.outside.follow(path);
  const matches = Object.values(options.matches).flatMap((match) => {
    const sources = host.types.get(match.type);
    if (sources?.length === 1) return [makeMatch(match, sources, host.clock)];
    host.log.say('warning', 'A <Match> of tail has no type with one value, and is left out.', {
      path,
      type: match.type,
    });
    return [];
  });
  const intervalMs = options.interval * 1000;
  let lastTurn = -1;
  return {
    follower,
    isDue() {
      if (intervalMs === 0) return true;
      const turn = Math.floor(host.clock.now() / intervalMs);
      if (turn === lastTurn) return false;
      lastTurn = turn;
      return true;
    },
    read() {
      const lines = follower.lines();
      if (!lines.ok) return lines;
      for (const line of lines.value) for (const match of matches) match.see(line);
      const identifier = { plugin: options.plugin, pluginInstance: options.instance };
      return good(matches.flatMap((match) => match.take(identifier)));
    },
  };
}
