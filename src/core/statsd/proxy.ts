// The proxy in front of several StatsDs: each line goes to the one that counts its key.
//
//   packets --> lines --> ring.ts: whose is the key? --> udp to that node
//                            ^
//                            '-- nodes that answer "health: up" on their management port; asked every checkIntervalMs
//
// The real proxy sends a line over UDP to one node however it came, counts nothing, and says nothing of bad lines. So do we.

import { decodeUtf8Lossy, encodeUtf8 } from '../base/text.ts';
import type { Result } from '../base/result.ts';
import { makeQuietLog } from '../carbon/quiet-log.ts';
import type { Cancel, Clock } from '../host/clock.ts';
import type { DatagramSender } from '../host/datagrams.ts';
import type { Log } from '../host/log.ts';
import type { Address, Connection, Listener, Opened } from '../host/net.ts';
import { answerConfig, answerHealth, openCommands, UNKNOWN_COMMAND } from './command-port.ts';
import type { Health, StatsdServer } from './config.ts';
import { makeRing, type Md5, type Ring } from './ring.ts';
import { openAll, openServer, type ServerHost } from './servers.ts';

export interface ProxyConfig {
  readonly servers: readonly StatsdServer[];
  readonly management: Address;
  readonly healthStatus: Health;
  readonly nodes: readonly ProxyNode[];
  /** Time between two questions to a node, and how long an answer may take. */
  readonly checkIntervalMs: number;
  /** Keys whose node is remembered. */
  readonly cacheSize: number;
  /** The file as it was read, for the command `config`. */
  readonly file: Readonly<Record<string, unknown>>;
}

export interface ProxyNode {
  readonly host: string;
  /** Takes packets over UDP. */
  readonly port: number;
  /** Answers whether it is well. */
  readonly adminPort: number;
}

export interface ProxyHost extends ServerHost {
  readonly clock: Clock;
  readonly log: Log;
  readonly md5: Md5;
  /** A way to a node over UDP. */
  openSender(node: ProxyNode, failed: (why: string) => void): DatagramSender;
}

export interface Proxy {
  /** Opens the servers and the management port; `opened` is called once, with their addresses in this order. */
  start(opened: (result: Result<readonly Address[]>) => void): void;
  stop(): void;
}

const HELP = 'Commands: config, health, status, quit\n\n';
const HEALTH_QUESTION = encodeUtf8('health\r\n');
/** Characters of an answer that are looked at. */
const ANSWER_CHARACTERS_MAX = 1000;

interface Node {
  readonly at: ProxyNode;
  readonly id: string;
  readonly sender: DatagramSender;
  isUp: boolean;
}

export function makeProxy(host: ProxyHost, config: ProxyConfig): Proxy {
  const { clock, net } = host;
  const log = makeQuietLog(host.log, clock);
  const startedS = Math.round(clock.now() / 1000);
  const kept = { health: config.healthStatus };
  const nodes: Node[] = config.nodes.map((at) => {
    const id = `${at.host}:${at.port}`;
    const failed = (why: string): void => log.say('warning', 'A line was lost.', { to: id, why });
    return { at, id, sender: host.openSender(at, failed), isUp: true };
  });
  /** In the order in which they joined the ring, which `status` shows. */
  let inRing = nodes;
  let ring: Ring;
  let owners = new Map<string, Node | null>();
  let listeners: readonly Listener[] = [];
  let checks = new Set<Check>();
  let cancelCheck: Cancel = () => undefined;

  function setRing(next: Node[]): void {
    inRing = next;
    ring = makeRing(
      next.map(({ id }) => id),
      host.md5,
    );
    owners = new Map();
  }
  setRing(nodes);

  function receive(packet: Uint8Array): void {
    for (const line of decodeUtf8Lossy(packet).split('\n')) {
      if (line === '') continue;
      const colon = line.indexOf(':');
      const node = ownerOf(colon < 0 ? line : line.slice(0, colon));
      if (node) node.sender.send(encodeUtf8(line));
      else log.say('warning', 'No StatsD behind the proxy is up; its lines are lost.', {});
    }
  }

  function ownerOf(key: string): Node | null {
    const known = owners.get(key);
    if (known !== undefined) return known;
    const id = ring.nodeOf(key);
    const owner = inRing.find((node) => node.id === id) ?? null;
    if (owners.size >= config.cacheSize) owners = new Map();
    owners.set(key, owner);
    return owner;
  }

  // One failure is enough to leave the ring, and one good answer to join it again.
  function settle(node: Node, isUp: boolean): void {
    if (isUp === node.isUp) return;
    node.isUp = isUp;
    setRing(isUp ? [...inRing, node] : inRing.filter((other) => other !== node));
    const done = isUp
      ? 'A node is up again, and in the ring.'
      : 'A node is down, and left the ring.';
    log.say('warning', done, { node: node.id });
  }

  function checkAll(): void {
    // Who has not answered since the last question is down.
    for (const check of checks) check.giveUp();
    checks = new Set(nodes.map((node) => ask(node)));
    cancelCheck = clock.at(clock.now() + config.checkIntervalMs, checkAll);
  }

  function ask(node: Node): Check {
    let connection: Connection | null = null;
    let answer = '';
    let isDone = false;
    const finish = (isUp: boolean): void => {
      if (isDone) return;
      isDone = true;
      connection?.close();
      settle(node, isUp);
    };
    net.connect(
      { host: node.at.host, port: node.at.adminPort },
      {
        opened(open) {
          connection = open;
          if (isDone) open.close();
          else open.write(HEALTH_QUESTION);
        },
        received(bytes) {
          answer += decodeUtf8Lossy(bytes);
          if (answer.includes('\n') || answer.length > ANSWER_CHARACTERS_MAX)
            finish(answer.includes('up'));
        },
        closed: () => finish(answer.includes('up')),
      },
    );
    return {
      giveUp: () => finish(false),
      cancel() {
        isDone = true;
        connection?.close();
      },
    };
  }

  function answer(command: string, words: readonly string[]): string | null {
    switch (command) {
      case 'help':
        return HELP;
      case 'config':
        return answerConfig(config.file);
      case 'health':
        return answerHealth(kept, words[0]);
      case 'status': {
        const uptimeS = Math.round(clock.now() / 1000) - startedS;
        return `uptime: ${uptimeS}\nnodes: ${inRing.map(({ id }) => `${id} `).join('')}\n`;
      }
      case 'quit':
        return null;
      default:
        return UNKNOWN_COMMAND;
    }
  }

  return {
    start(opened) {
      checkAll();
      const openers = config.servers.map(
        (server) => (each: Opened) => openServer(host, server, false, receive, each),
      );
      openers.push((each) => openCommands(net, config.management, { strict: false, answer }, each));
      listeners = openAll(openers, opened);
    },
    stop() {
      cancelCheck();
      for (const check of checks) check.cancel();
      for (const listener of listeners) listener.close();
      for (const { sender } of nodes) sender.close();
    },
  };
}

interface Check {
  giveUp(): void;
  cancel(): void;
}
