// The way of a flush to Carbon, when Carbon reads late, not at all, or not to the end.

import { expect, test } from 'vitest';
import { decodeUtf8Lossy } from '../../../src/core/base/text.ts';
import type { Disk } from '../../../src/core/host/disk.ts';
import type { Connection, Listener } from '../../../src/core/host/net.ts';
import {
  makeGraphiteSender,
  READ_WAIT_MS_MAX,
  type GraphiteSender,
} from '../../../src/core/statsd/graphite-sender.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

const CARBON = { host: '127.0.0.1', port: 2003 };

test('the next flush waits until Carbon has read this one, so that they arrive in order', () => {
  const { world, sender, carbon } = makePlace();
  sender.send('a 1 1\n');
  pass(world, 1);
  sender.send('a 2 2\n');
  sender.send('a 3 3\n');
  pass(world, 60);
  expect(carbon.texts()).toEqual(['']);
  expect(namesOn(world.files)).toHaveLength(3);
  carbon.read();
  pass(world, 1);
  carbon.read();
  pass(world, 1);
  expect(carbon.texts()).toEqual(['a 1 1\n', 'a 2 2\na 3 3\n']);
  expect(sender.counts).toMatchObject({ sent: 3, waiting: 0, lost: 0 });
  expect(namesOn(world.files)).toEqual([]);
});

test('a Carbon that ends with something unread gets it again from the next one', () => {
  const { world, sender, carbon, failures } = makePlace();
  sender.send('a 1 1\n');
  pass(world, 1);
  carbon.end();
  pass(world, 1);
  expect(failures).toEqual(['the other side closed before it had read all']);
  expect(sender.counts).toMatchObject({ sent: 0, waiting: 1 });
  const again = listen(world);
  sender.send('a 2 2\n');
  pass(world, 1);
  again.read();
  pass(world, 1);
  expect(again.texts()).toEqual(['a 1 1\na 2 2\n']);
  expect(sender.counts).toMatchObject({ sent: 2, waiting: 0 });
});

test('a Carbon that does not end its side in time gets all again, and the sentence says so', () => {
  const { world, sender, failures } = makePlace();
  sender.send('a 1 1\n');
  pass(world, READ_WAIT_MS_MAX / 1000 - 1);
  expect(failures).toEqual([]);
  pass(world, 2);
  expect(failures).toEqual([expect.stringContaining('within 300 s')]);
  expect(sender.counts).toMatchObject({ sent: 0, waiting: 1 });
  expect(namesOn(world.files)).toHaveLength(1);
});

test('ends when the disk has the last flush and Carbon as well, or when it has waited long enough', () => {
  const { world, sender, carbon } = makePlace();
  let isIdle = false;
  sender.send('a 1 1\n');
  sender.end(10_000, () => {
    isIdle = true;
  });
  expect(isIdle).toBe(false);
  pass(world, 1);
  expect(isIdle).toBe(false);
  carbon.read();
  pass(world, 1);
  expect(isIdle).toBe(true);
  const late = makePlace();
  late.sender.send('a 1 1\n');
  let ends = 0;
  late.sender.end(10_000, () => ends++);
  pass(late.world, 11);
  expect([ends, late.sender.counts.waiting]).toEqual([1, 1]);
  expect(namesOn(late.world.files)).toHaveLength(1);
  late.carbon.read();
  pass(late.world, 1);
  expect(ends).toBe(1);
});

interface SlowCarbon {
  /** What was read of each connection. */
  texts(): readonly string[];
  /** Reads all that has come. */
  read(): void;
  end(): void;
}

function makePlace(): {
  world: World;
  sender: GraphiteSender;
  carbon: SlowCarbon;
  failures: readonly string[];
} {
  const world = makeWorld({ seed: 1, startMs: 0 });
  const carbon = listen(world);
  const failures: string[] = [];
  const target = { to: CARBON, protocol: 'text', spool: world.files } as const;
  const sender = makeGraphiteSender(world.net, world.clock, target, {
    failed: (why) => failures.push(why),
    notKept: (why) => failures.push(why),
    lost: (flushes) => failures.push(`lost ${flushes}`),
  });
  return { world, sender, carbon, failures };
}

function listen(world: World): SlowCarbon {
  const texts: string[] = [];
  let connections: Connection[] = [];
  const listener: Listener = world.net.listenTcp(
    CARBON,
    (connection) => {
      const at = texts.push('') - 1;
      connection.pause(true);
      connections.push(connection);
      return {
        received: (bytes) => (texts[at] += decodeUtf8Lossy(bytes)),
        closed: () => undefined,
      };
    },
    () => undefined,
  );
  return {
    texts: () => texts,
    read() {
      for (const connection of connections) connection.pause(false);
      connections = [];
    },
    end: () => listener.close(),
  };
}

function namesOn(disk: Disk): readonly string[] {
  return disk.list('').map(({ name }) => name);
}

function pass(world: World, seconds: number): void {
  world.clock.run(world.clock.now() + seconds * 1000);
}
