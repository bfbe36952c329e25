// Every plugin that LoadPlugin can name.

import { cpu } from './cpu.ts';
import { df } from './df.ts';
import { networkInterface } from './interface.ts';
import { load } from './load.ts';
import { memory } from './memory.ts';
import { processes } from './processes.ts';
import { swap } from './swap.ts';

export const PLUGINS = { cpu, memory, df, interface: networkInterface, load, processes, swap };

export type PluginName = keyof typeof PLUGINS;

/** The options of each plugin. A plugin that is absent is not loaded. */
export type PluginOptions = {
  readonly [Name in PluginName]?: (typeof PLUGINS)[Name]['defaults'];
};
