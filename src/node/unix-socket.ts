// A socket with a path in place of a port: for programs of one machine.

import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { bad, good } from '../core/base/result.ts';
import type { ListenUnix } from '../core/statsd/servers.ts';
import { attach } from './net.ts';

export const listenUnix: ListenUnix = ({ path, mode }, accept, opened) => {
  let isSettled = false;
  const server = createServer((socket) => attach(socket, accept));
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (isSettled) return;
    if (error.code === 'EADDRINUSE') listenWhereNobodyIs(server, path, fail);
    else fail(error.message);
  });
  server.on('listening', () => {
    isSettled = true;
    if (mode !== null) chmodSync(path, mode);
    opened(good({ host: path, port: 0 }));
  });
  function fail(why: string): void {
    isSettled = true;
    opened(bad(`Listening on ${path} failed: ${why}.`));
  }
  server.listen(path);
  return { close: () => server.close() };
};

/** A process that was killed leaves its socket behind; one that answers is left alone. */
function listenWhereNobodyIs(server: Server, path: string, fail: (why: string) => void): void {
  const probe = connect(path);
  probe.on('connect', () => {
    probe.destroy();
    fail('it is in use');
  });
  probe.on('error', (error: NodeJS.ErrnoException) => {
    // A file that is no socket is nothing of ours.
    if (error.code !== 'ECONNREFUSED') {
      fail(error.message);
      return;
    }
    rmSync(path, { force: true });
    server.listen(path);
  });
}
