import { describe, expect, it } from 'vitest';
import { good } from '../../../src/core/base/result.ts';
import { readCollectorConfig } from '../../../src/core/collect/config.ts';
import {
  INCLUDE_DEPTH_MAX,
  INCLUDED_MAX,
  type ConfFiles,
} from '../../../src/core/collect/include.ts';

/** A tree of files: a text is a file, all else a folder. */
function filesOf(tree: Readonly<Record<string, string>>): ConfFiles {
  return {
    environment: { HOME: '/root', PLACE: 'etc' },
    read(path) {
      const text = tree[path];
      return text === undefined ? null : good(text);
    },
    list(path) {
      const head = path === '/' ? '/' : `${path}/`;
      const names = Object.keys(tree)
        .filter((name) => name.startsWith(head))
        .map((name) => name.slice(head.length).split('/')[0] ?? '');
      return names.length > 0 ? [...new Set(names)].sort() : null;
    },
  };
}

const TREE = {
  '/etc/c/b.conf': 'LoadPlugin load\n',
  '/etc/c/a.conf': 'LoadPlugin cpu\n',
  '/etc/c/.hidden.conf': 'LoadPlugin users\n',
  '/etc/c/note.txt': 'LoadPlugin entropy\n',
  '/etc/c/more/z.conf': 'LoadPlugin uptime\n',
  '/root/own': 'LoadPlugin irq\n',
};

function read(text: string, tree: Readonly<Record<string, string>> = TREE) {
  const config = readCollectorConfig(text, filesOf(tree));
  if (!config.ok) throw new Error(config.why);
  return { plugins: Object.keys(config.value.config.plugins), warnings: config.value.warnings };
}

function whyNot(text: string, tree: Readonly<Record<string, string>> = TREE): string {
  const config = readCollectorConfig(text, filesOf(tree));
  return config.ok ? 'it can be read' : config.why;
}

describe('Include', () => {
  it.each([
    ['Include "/etc/c/a.conf"', ['cpu']],
    ['Include "/etc/c"', ['cpu', 'load', 'uptime', 'entropy']],
    ['include "/etc/c/"', ['cpu', 'load', 'uptime', 'entropy']],
    ['<Include "/etc/c">\nFilter "*.conf"\n</Include>', ['cpu', 'load', 'uptime']],
    ['<Include "/etc/c">\nFilter "[!a].con?"\n</Include>', ['load', 'uptime']],
    ['Include "/etc/*/*.conf"', ['cpu', 'load']],
    ['Include "/etc/c/b.conf /etc/c/a.conf"', ['load', 'cpu']],
    ['Include "~/own"', ['irq']],
    ['Include "/$PLACE/c/[ab].conf"', ['cpu', 'load']],
    ['LoadPlugin df\nInclude "/etc/c/a.conf"\nLoadPlugin irq', ['df', 'cpu', 'irq']],
  ])('puts in its place what %j names, in the order of the names', (text, plugins) => {
    expect(read(`${text}\n`)).toEqual({ plugins, warnings: [] });
  });

  it('says what it does not find, and goes on', () => {
    expect(read('Include "/etc/none*"\nLoadPlugin df\n')).toEqual({
      plugins: ['df'],
      warnings: ['Line 1: Include finds no file or folder "/etc/none*".'],
    });
  });

  it('names the file in each sentence about it', () => {
    const tree = {
      '/wrong': 'LoadPlugin df\n<Plugin df>\n  Devices "a"\n</Plugin>\n',
      '/half': '\n<Plugin df>\n',
      '/absent': '\nLoadPlugin battery\n',
    };
    expect(whyNot('Include "/wrong"\n', tree)).toContain(
      'Line 3 of /wrong: the plugin df has no option "Devices".',
    );
    expect(whyNot('Include "/half"\n', tree)).toBe('Line 2 of /half: <Plugin> has no </Plugin>.');
    expect(read('Include "/absent"\n', tree).warnings).toEqual([
      'Line 2 of /absent: the plugin "battery" does not exist here; it is left out.',
    ]);
  });

  it('goes as deep as collectd, and says where it stops', () => {
    const deep = (files: number) =>
      Object.fromEntries(
        Array.from({ length: files }, (_, at) => [
          `/${at}`,
          at < files - 1 ? `Include "/${at + 1}"\n` : 'LoadPlugin df\n',
        ]),
      );
    expect(read('Include "/0"\n', deep(INCLUDE_DEPTH_MAX - 1)).plugins).toEqual(['df']);
    expect(whyNot('Include "/0"\n', deep(INCLUDE_DEPTH_MAX))).toBe(
      'Line 1 of /6: "/7" would be more than 8 files inside each other.',
    );
    const many = Object.fromEntries(
      Array.from({ length: INCLUDED_MAX }, (_, at) => [`/many/${at}`, 'Interval 5\n']),
    );
    expect(whyNot('Include "/many"\n', many)).toBe(
      'Line 1: more than 1000 files and folders are included.',
    );
  });

  it.each([
    ['Include 5', 'Line 1: Include wants one path in quotes, received 5.'],
    ['Include "/etc/c" "*.conf"', 'A pattern of names is Filter in a block <Include>.'],
    ['<Include "/etc/c">\nFoo 1\n</Include>', 'Line 2: <Include> has only Filter "*.conf"'],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(whyNot(`${text}\n`)).toContain(sentence);
  });
});
