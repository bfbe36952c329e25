// The whole stack on one host: the one place that knows all stages.
//
//   sensors -> collector --lines over TCP--.
//                                           v
//   UDP packets -> StatsD --lines over TCP-> Carbon -> cache -> Whisper files -> (API) -> series
//
// The stages meet on the network even inside one process, so that any of them can be the real program.

import { good, type Result } from './base/result.ts';
import { aggregationFor, type Aggregations } from './carbon/aggregation.ts';
import { makeCarbon, type Carbon, type CarbonHost } from './carbon/carbon.ts';
import type { CarbonConfig } from './carbon/config.ts';
import { mergeCached } from './carbon/merge.ts';
import { schemaFor, type Schemas } from './carbon/schemas.ts';
import { makeCollector, type Collector, type CollectorHost } from './collect/collector.ts';
import type { CollectorConfig } from './collect/config.ts';
import type { Host } from './host/host.ts';
import type { Address } from './host/net.ts';
import type { StatsdConfig } from './statsd/config.ts';
import { makeStatsd, type Statsd, type StatsdHost } from './statsd/statsd.ts';
import type { Question } from './trace/explain-file.ts';
import type { Step } from './trace/step.ts';
import { whatIsLost, whereIs } from './trace/where.ts';
import { whySlot } from './trace/why-slot.ts';
import { parseMethod } from './whisper/aggregate.ts';
import type { Slots } from './whisper/fetch.ts';
import { openWhisper } from './whisper/open.ts';
import { makeTree, type Reach, type Tree } from './whisper/tree.ts';

export interface StackConfig {
  readonly hostname: string;
  readonly collector: CollectorConfig;
  readonly statsd: StatsdConfig;
  readonly carbon: CarbonConfig;
}

export interface Stack {
  readonly carbon: Carbon;
  readonly statsd: Statsd;
  readonly collector: Collector;
  readonly tree: Tree;
  /** Opens all ports; `opened` is called once, with where they are or the first failure. */
  start(opened: (result: Result<StackAddresses>) => void): void;
  /** Rules for files that do not exist yet, read again from their files. */
  configure(schemas: Schemas, aggregations: Aggregations): void;
  /** Values in (from, until] as files and cache have them together at `now`; null where there are none. Fails when the file cannot be read. */
  read(metric: string, from: number, until: number, now: number): Result<Slots | null>;
  /** From when until when a metric may have data, at `now`; null where there is none. */
  reach(metric: string, now: number): Reach | null;
  /** Why the moment `time` of a metric has the value that `read` gives it. Seconds since 1970. */
  why(metric: string, question: Question, time: number): readonly Step[];
  /** What became of the points of a metric; null asks what was lost of all. Fails when no metric can have the name. */
  where(name: string | null): Result<readonly Step[]>;
  /** Stops the stages in the order of the data, so that each can hand over what it holds. */
  stop(done: (unwritten: number) => void): void;
}

export interface StackAddresses {
  readonly statsd: Address | null;
  readonly line: Address | null;
  readonly pickle: Address | null;
}

/** After StatsD's last flush is on the wire, Carbon listens this much longer, to read it. */
const LAST_LINES_MS = 50;

export function makeStack(
  host: Host &
    Pick<CarbonHost, 'plainLines' | 'crc32' | 'tags'> &
    Pick<StatsdHost, 'kernelDrops' | 'manager'> &
    Pick<CollectorHost, 'network' | 'types' | 'spoolOf'>,
  config: StackConfig,
): Stack {
  const carbon = makeCarbon(host, config.carbon);
  const statsd = makeStatsd(host, config.statsd);
  const collector = makeCollector(host, config.hostname, config.collector);
  const tree = makeTree(host.files);
  let { schemas, aggregations } = config.carbon;

  return {
    carbon,
    statsd,
    collector,
    tree,
    start(opened) {
      carbon.start((carbonOpened) => {
        if (!carbonOpened.ok) return opened(carbonOpened);
        statsd.start((statsdOpened) => {
          if (!statsdOpened.ok) return opened(statsdOpened);
          collector.start((collectorOpened) => {
            if (!collectorOpened.ok) return opened(collectorOpened);
            const { line, pickle } = carbonOpened.value;
            opened(good({ statsd: statsdOpened.value[0] ?? null, line, pickle }));
          });
        });
      });
    },
    configure(newSchemas, newAggregations) {
      schemas = newSchemas;
      aggregations = newAggregations;
      carbon.configure(schemas, aggregations);
    },
    read(metric, from, until, now) {
      const slots = tree.read(metric, from, until, now);
      if (!slots.ok) {
        host.log.say('warning', slots.why, { metric });
        return slots;
      }
      const cached = carbon.query(metric);
      if (slots.value === null || cached.length === 0) return slots;
      const { archives } = schemaFor(schemas, metric);
      const { method } = aggregationFor(aggregations, metric);
      return good(
        mergeCached(
          slots.value,
          cached,
          archives[0]?.secondsPerPoint ?? 1,
          parseMethod(method ?? '') ?? 'average',
        ),
      );
    },
    reach(metric, now) {
      const reach = tree.reach(metric, now);
      // What waits in the cache is not in the file yet.
      return reach && carbon.query(metric).length > 0 ? { ...reach, endS: now } : reach;
    },
    why(metric, question, time) {
      const known = carbon.known(metric);
      return tree.look(metric, (file) =>
        whySlot(file, question, time, known.ok ? known.value : null),
      );
    },
    where(name) {
      const nowS = Math.floor(host.clock.now() / 1000);
      if (name === null) return good(whatIsLost(carbon.losses(), nowS));
      const known = carbon.known(name);
      if (!known.ok) return known;
      const opened = openWhisper(host.files, known.value.path);
      const file = opened.ok ? opened.value : opened.why;
      const steps = whereIs(known.value, file, nowS);
      if (opened.ok) opened.value?.file.close();
      return good(steps);
    },
    stop(done) {
      collector.stop(() =>
        statsd.stop(() => {
          const { clock } = host;
          clock.at(clock.now() + LAST_LINES_MS, () => carbon.stop(done));
        }),
      );
    },
  };
}
