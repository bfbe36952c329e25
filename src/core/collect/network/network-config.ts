// <Plugin network>: where values go to, and where those of others come from.

import { bad, good, type Result } from '../../base/result.ts';
import { encodeUtf8 } from '../../base/text.ts';
import type { DatagramPlace, DatagramTarget } from '../../host/datagrams.ts';
import type { ConfItem } from '../conf.ts';
import { readOptions, show, texts } from '../options.ts';
import { USERNAME_BYTES_MAX, type Credentials, type SecurityLevel } from './security.ts';

export interface NetworkConfig {
  readonly servers: readonly NetworkServer[];
  readonly listens: readonly NetworkListen[];
  /** Bytes that a packet may have, either way. */
  readonly maxPacketSize: number;
  /** Routers that a packet may pass; 0 for what the system says. */
  readonly timeToLive: number;
  /** Whether what came over the network goes out again. */
  readonly forward: boolean;
  readonly reportStats: boolean;
  /** Null: that of all plugins. */
  readonly intervalS: number | null;
  /** Seconds after which a packet goes out though it is not full; 0 never. */
  readonly flushIntervalS: number;
}

export interface NetworkServer extends Omit<DatagramTarget, 'timeToLive'>, Credentials {
  readonly level: SecurityLevel;
}

export interface NetworkListen extends DatagramPlace {
  readonly level: SecurityLevel;
  /** "" for none. */
  readonly authFile: string;
}

const DEFAULT_PORT = '25826';
const PORT_MAX = 65_535;
export const PACKET_SIZE_MIN = 1024;
export const PACKET_SIZE_MAX = 65_535;
const TIME_TO_LIVE_MAX = 255;
/** Of each kind. */
export const PLACES_MAX = 64;

const LEVELS: readonly SecurityLevel[] = ['none', 'sign', 'encrypt'];

/** 1452 bytes fit into one Ethernet frame with IPv6. */
export const NETWORK_DEFAULTS: NetworkConfig = {
  servers: [],
  listens: [],
  maxPacketSize: 1452,
  timeToLive: 0,
  forward: false,
  reportStats: false,
  intervalS: null,
  flushIntervalS: 0,
};
const LISTEN_DEFAULTS = { securityLevel: 'None', authFile: '', interface: '' };
const SERVER_DEFAULTS = {
  securityLevel: 'None',
  username: '',
  password: '',
  interface: '',
  bindAddress: '',
  resolveInterval: 0,
};

/** A second block adds to the first. */
export function readNetwork(block: ConfItem, before: NetworkConfig): Result<NetworkConfig> {
  const servers = [...before.servers];
  const listens = [...before.listens];
  const { maxPacketSize, timeToLive, forward, reportStats } = before;
  const into =
    <Options, Place>(list: Place[], read: (item: ConfItem) => Result<Place>) =>
    (options: Options, item: ConfItem): Result<Options> => {
      const place = read(item);
      if (!place.ok) return place;
      list.push(place.value);
      return list.length > PLACES_MAX
        ? bad(`Line ${item.line}: there are more than ${PLACES_MAX} ${item.key}.`)
        : good(options);
    };
  const plain = { maxPacketSize, timeToLive, forward, reportStats };
  const read = readOptions(block.children ?? [], plain, 'plugin network', {
    server: into(servers, readServer),
    listen: into(listens, readListen),
  });
  if (!read.ok) return read;
  const options = read.value;
  if (!isWithin(options.maxPacketSize, PACKET_SIZE_MIN, PACKET_SIZE_MAX))
    return bad(
      `Line ${block.line}: MaxPacketSize wants ${PACKET_SIZE_MIN} to ${PACKET_SIZE_MAX} bytes, received ${options.maxPacketSize}.`,
    );
  if (!isWithin(options.timeToLive, 0, TIME_TO_LIVE_MAX))
    return bad(
      `Line ${block.line}: TimeToLive wants 1 to ${TIME_TO_LIVE_MAX} routers, received ${options.timeToLive}.`,
    );
  return good({ ...before, ...options, servers, listens });
}

/** <LoadPlugin network>: how often it tells of itself, and when it sends what is not full. */
export function readNetworkLoad(load: ConfItem, before: NetworkConfig): Result<NetworkConfig> {
  let network = before;
  for (const { key, args, line } of load.children ?? []) {
    const name = key.toLowerCase();
    if (name !== 'interval' && name !== 'flushinterval') continue;
    const [seconds] = args;
    if (typeof seconds !== 'number' || seconds <= 0)
      return bad(
        `Line ${line}: ${key} wants seconds above 0, received ${JSON.stringify(seconds)}.`,
      );
    network = { ...network, [name === 'interval' ? 'intervalS' : 'flushIntervalS']: seconds };
  }
  return good(network);
}

function readServer(item: ConfItem): Result<NetworkServer> {
  const place = readPlace(item, 1);
  if (!place.ok) return place;
  const read = readOptions(item.children ?? [], SERVER_DEFAULTS, 'block <Server>');
  if (!read.ok) return read;
  const { securityLevel, ...options } = read.value;
  const level = readLevel(item, securityLevel);
  if (!level.ok) return level;
  const { username, password } = options;
  if (level.value !== 'none' && (username === '' || password === ''))
    return bad(`Line ${item.line}: ${securityLevel} wants a Username and a Password.`);
  if (encodeUtf8(username).length > USERNAME_BYTES_MAX)
    return bad(
      `Line ${item.line}: a Username has at most ${USERNAME_BYTES_MAX} bytes, received "${username}".`,
    );
  return good({ ...place.value, ...options, level: level.value });
}

function readListen(item: ConfItem): Result<NetworkListen> {
  const place = readPlace(item, 0);
  if (!place.ok) return place;
  const read = readOptions(item.children ?? [], LISTEN_DEFAULTS, 'block <Listen>');
  if (!read.ok) return read;
  const { securityLevel, ...options } = read.value;
  const level = readLevel(item, securityLevel);
  if (!level.ok) return level;
  if (level.value !== 'none' && options.authFile === '')
    return bad(`Line ${item.line}: ${securityLevel} wants an AuthFile with users and passwords.`);
  return good({ ...place.value, ...options, level: level.value });
}

function readPlace(item: ConfItem, portMin: number): Result<{ host: string; port: number }> {
  const words = texts(item, 1, 2);
  if (!words.ok) return words;
  const [host = '', portText = DEFAULT_PORT] = words.value;
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : -1;
  return host !== '' && isWithin(port, portMin, PORT_MAX)
    ? good({ host, port })
    : bad(
        `Line ${item.line}: ${item.key} wants a host and perhaps a port from ${portMin} to ${PORT_MAX}, received ${show(item)}.`,
      );
}

function readLevel(item: ConfItem, text: string): Result<SecurityLevel> {
  const level = LEVELS.find((one) => one === text.toLowerCase());
  return level === undefined
    ? bad(`Line ${item.line}: SecurityLevel is None, Sign or Encrypt, received "${text}".`)
    : good(level);
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
