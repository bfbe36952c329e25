// Every plugin that LoadPlugin can name.

import { apache } from './apache.ts';
import { contextswitch } from './contextswitch.ts';
import { cpu } from './cpu.ts';
import { df } from './df.ts';
import { disk } from './disk.ts';
import { entropy } from './entropy.ts';
import { exec } from './exec.ts';
import { networkInterface } from './interface.ts';
import { irq } from './irq.ts';
import { load } from './load.ts';
import { memory } from './memory.ts';
import { nginx } from './nginx.ts';
import { notifyEvent } from './notify-event.ts';
import { ping } from './ping.ts';
import { processes } from './processes.ts';
import { swap } from './swap.ts';
import { tail } from './tail.ts';
import { tcpconns } from './tcpconns.ts';
import { uptime } from './uptime.ts';
import { users } from './users.ts';

export const PLUGINS = {
  apache,
  contextswitch,
  cpu,
  df,
  disk,
  entropy,
  exec,
  interface: networkInterface,
  irq,
  load,
  memory,
  nginx,
  notify_event: notifyEvent,
  ping,
  processes,
  swap,
  tail,
  tcpconns,
  uptime,
  users,
};

export type PluginName = keyof typeof PLUGINS;

/** The options of each plugin. A plugin that is absent is not loaded. */
export type PluginOptions = {
  readonly [Name in PluginName]?: (typeof PLUGINS)[Name]['defaults'];
};
