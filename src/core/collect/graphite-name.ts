// The Graphite path of a value, as collectd's write_graphite plugin makes it.
//
//   Prefix  host     Postfix . plugin-instance . type-instance . data source
//   collectd.web1_example    . df-root         . df_complex-free

import { identifierOf, type ValueList } from './value-list.ts';

/** Options of <Plugin write_graphite><Node>, with collectd's names and defaults. */
export interface NameOptions {
  readonly prefix: string;
  readonly postfix: string;
  readonly escapeCharacter: string;
  readonly separateInstances: boolean;
  readonly alwaysAppendDS: boolean;
  readonly preserveSeparator: boolean;
  readonly dropDuplicateFields: boolean;
  readonly reverseHost: boolean;
  /** Tags of Graphite 1.1 instead of a path. */
  readonly useTags: boolean;
}

export const NAME_DEFAULTS: NameOptions = {
  prefix: '',
  postfix: '',
  escapeCharacter: '_',
  separateInstances: false,
  alwaysAppendDS: false,
  preserveSeparator: false,
  dropDuplicateFields: false,
  reverseHost: false,
  useTags: false,
};

/** The path for each value of a list, in the order of its data sources. */
export type Namer = (list: ValueList, host: string) => readonly string[];

/** After so many names all are made anew. */
const NAMES_KEPT_MAX = 200_000;

/** Makes each name once: every reading of a host asks for the same ones. */
export function makeNamer(options: NameOptions): Namer {
  const known = new Map<string, readonly string[]>();
  return (list, host) => {
    const key = `${host}/${identifierOf(list)}`;
    let names = known.get(key);
    if (names === undefined) {
      names = options.useTags
        ? taggedNames(host, list, options)
        : graphiteNames(host, list, options);
      // Who sends over the network may make up names.
      if (known.size >= NAMES_KEPT_MAX) known.clear();
      known.set(key, names);
    }
    return names;
  };
}

function graphiteNames(host: string, list: ValueList, options: NameOptions): readonly string[] {
  const escape = options.escapeCharacter;
  // Inside one part a dot would split the tree; collectd replaces it unless told to keep it.
  const partPattern = options.preserveSeparator ? /[\s\x00-\x1f\x7f]/g : /[.\s\x00-\x1f\x7f]/g;
  const part = (text: string): string => text.replace(partPattern, escape);
  const joined = (name: string, instance: string): string => {
    if (instance === '') return part(name);
    return `${part(name)}${options.separateInstances ? '.' : '-'}${part(instance)}`;
  };

  const hostPart = part(options.reverseHost ? host.split('.').reverse().join('.') : host);
  const pluginPart = joined(list.plugin, list.pluginInstance);
  const hidesType =
    options.dropDuplicateFields && list.plugin === list.type && list.typeInstance !== '';
  const typePart = hidesType ? part(list.typeInstance) : joined(list.type, list.typeInstance);

  const { sources } = list;
  return sources.map((source) => {
    const parts = [`${options.prefix}${hostPart}${options.postfix}`, pluginPart];
    const appendsSource = sources.length > 1 || options.alwaysAppendDS;
    const repeats = options.dropDuplicateFields && appendsSource && pluginPart === typePart;
    if (!repeats) parts.push(typePart);
    if (appendsSource) parts.push(source.name);
    return parts.join('.').replace(FORBIDDEN, escape);
  });
}

/** plugin.type.source;host=...;plugin=...: parts keep their dots. */
function taggedNames(host: string, list: ValueList, options: NameOptions): readonly string[] {
  const drops = options.dropDuplicateFields;
  const type = drops && list.type === list.plugin ? '' : list.type;
  const instance = drops && list.typeInstance === list.pluginInstance ? '' : list.typeInstance;
  const { sources } = list;
  return sources.map(({ name }) => {
    const source = sources.length > 1 || options.alwaysAppendDS ? name : '';
    const path = [list.plugin, type, source].filter((part) => part !== '').join('.');
    const tags: readonly (readonly [string, string])[] = [
      ['host', options.reverseHost ? host.split('.').reverse().join('.') : host],
      ['plugin', list.plugin],
      ['plugin_instance', list.pluginInstance],
      ['type', type],
      ['type_instance', instance],
      ['ds_name', source],
    ];
    const told = tags
      .filter(([, value]) => value !== '')
      .map(([tag, value]) => `;${tag}=${value}`)
      .join('');
    return `${options.prefix}${path}${options.postfix}${told}`.replace(
      FORBIDDEN,
      options.escapeCharacter,
    );
  });
}

// gr_copy_escape_part's list: each of these in the whole key becomes the escape character.
const FORBIDDEN = /[ \t"\\:!,/()\n\r]/g;
