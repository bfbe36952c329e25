// When each plugin reads: on whole multiples of its interval, less often after it failed, never twice at once.
//
//   due plugins -> read -> values, all of one moment together -> dispatch
//                     `--> a sentence why not -> the interval doubles, up to MaxReadInterval

import { bad, good, type Result } from '../base/result.ts';
import type { Cancel, Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import type { HostReading } from '../host/sensors.ts';
import type { ValueList } from './value-list.ts';

export type Answer = Result<readonly ValueList[]>;

/** A plugin with its options, ready to read. */
export interface Task {
  readonly name: string;
  readonly intervalS: number;
  /** `reading` gives the one reading that all plugins of this moment share. */
  read(reading: () => HostReading, done: (answer: Answer) => void): void;
}

export interface LoopStats {
  readonly readings: number;
  /** Readings left out because the one before had no answer yet. */
  readonly skipped: number;
  readonly failed: number;
}

export interface PluginLoop {
  start(): void;
  stats(): LoopStats;
  stop(): void;
}

export interface LoopOptions {
  readonly maxReadIntervalS: number;
  /** Intervals after which an answer is too late. */
  readonly timeout: number;
}

interface Planned {
  readonly task: Task;
  /** Longer than the task's own after failures. */
  intervalMs: number;
  dueMs: number;
  /** Since when an answer is awaited; null when none is. */
  askedMs: number | null;
  isLate: boolean;
}

export function makePluginLoop(
  host: { clock: Clock; log: Log; read: () => HostReading },
  tasks: readonly Task[],
  options: LoopOptions,
  dispatch: (lists: readonly ValueList[], timeMs: number, task: Task | null) => void,
): PluginLoop {
  const { clock, log } = host;
  const planned = tasks.map((task): Planned => ({
    task,
    intervalMs: task.intervalS * 1000,
    dueMs: 0,
    askedMs: null,
    isLate: false,
  }));
  const counts = { readings: 0, skipped: 0, failed: 0 };
  let cancel: Cancel = () => {};
  let isStopped = false;

  function turn(): void {
    const nowMs = clock.now();
    const reading = sharedReading(host.read);
    const together: { task: Task; lists: readonly ValueList[] }[] = [];
    let isTurn = true;
    for (const one of planned) {
      // Further away than its interval it lies only where somebody has set the clock back.
      if (one.dueMs > nowMs && one.dueMs - nowMs <= one.intervalMs) continue;
      if (one.askedMs === null)
        ask(one, nowMs, reading, (lists) => {
          if (isTurn) together.push({ task: one.task, lists });
          else dispatch(lists, nowMs, one.task);
        });
      else waitOn(one, nowMs);
      one.dueMs = dueAfter(nowMs, one.intervalMs);
    }
    isTurn = false;
    hand(together, nowMs);
    plan();
  }

  /** What has the same interval goes out at once. */
  function hand(
    together: readonly { task: Task; lists: readonly ValueList[] }[],
    timeMs: number,
  ): void {
    for (const intervalS of new Set(together.map(({ task }) => task.intervalS))) {
      const same = together.filter(({ task }) => task.intervalS === intervalS);
      dispatch(
        same.flatMap(({ lists }) => lists),
        timeMs,
        same[0]?.task ?? null,
      );
    }
  }

  function ask(
    one: Planned,
    nowMs: number,
    reading: () => HostReading,
    took: (lists: readonly ValueList[]) => void,
  ): void {
    one.askedMs = nowMs;
    one.isLate = false;
    counts.readings++;
    one.task.read(reading, (answer) => {
      one.askedMs = null;
      // Who was too late has been told so; its values belong to a moment long past.
      if (isStopped || one.isLate) return;
      if (!answer.ok) return fail(one, answer.why);
      recover(one);
      took(answer.value);
    });
  }

  /** Who answers again is read at its own pace again. */
  function recover(one: Planned): void {
    const ownMs = one.task.intervalS * 1000;
    if (one.intervalMs === ownMs) return;
    one.intervalMs = ownMs;
    one.dueMs = dueAfter(clock.now(), ownMs);
    plan();
  }

  function waitOn(one: Planned, nowMs: number): void {
    counts.skipped++;
    const waitedS = (nowMs - (one.askedMs ?? nowMs)) / 1000;
    if (one.isLate || waitedS < options.timeout * one.task.intervalS) return;
    one.isLate = true;
    fail(one, `it has not answered for ${waitedS} s`);
  }

  function fail(one: Planned, why: string): void {
    counts.failed++;
    one.intervalMs = Math.min(
      2 * one.intervalMs,
      Math.max(options.maxReadIntervalS, one.task.intervalS) * 1000,
    );
    const againMs = dueAfter(clock.now(), one.intervalMs);
    one.dueMs = againMs;
    log.say('warning', `The plugin ${one.task.name} gave nothing: ${why}.`, {
      againInS: Math.ceil((againMs - clock.now()) / 1000),
    });
  }

  function plan(): void {
    cancel();
    if (isStopped || planned.length === 0) return;
    cancel = clock.at(Math.min(...planned.map((one) => one.dueMs)), turn);
  }

  return {
    start: turn,
    stats: () => counts,
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

/**
 * The next whole multiple of an interval. Carbon hears of whole seconds, and two readings of one second would be one: so what
 * was read in the second before a multiple is not read again at it.
 */
function dueAfter(nowMs: number, intervalMs: number): number {
  const dueMs = (Math.floor(nowMs / intervalMs) + 1) * intervalMs;
  const isSameSecond = Math.round(dueMs / 1000) === Math.round(nowMs / 1000);
  return isSameSecond && intervalMs >= 1000 ? dueMs + intervalMs : dueMs;
}

/** Reads when the first plugin asks, and once only. */
function sharedReading(read: () => HostReading): () => HostReading {
  let reading: HostReading | null = null;
  return () => (reading ??= read());
}

/** The answer of a plugin that names what a reading has. */
export function told(lists: readonly ValueList[] | null, tells: string): Answer {
  return lists === null ? bad(`this system does not tell ${tells}`) : good(lists);
}
