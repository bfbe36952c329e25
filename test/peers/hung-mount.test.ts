// A file system whose server is there and never answers, as a file server that was switched off: made of the kernel's FUSE.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually, run, start } from '../node/program.ts';
import { describeBeside, folderForEach, PYTHON, python, startPeer, type Peer } from './peer.ts';
import { startSink } from './sink.ts';

/** It mounts, and reads no question. When it ends, the kernel answers in its place that nobody is there. */
const SILENT_SERVER = `
import ctypes, os, sys, time
fuse = os.open('/dev/fuse', os.O_RDWR)
libc = ctypes.CDLL(None, use_errno=True)
options = f'fd={fuse},rootmode=40000,user_id=0,group_id=0'.encode()
if libc.mount(b'silent', sys.argv[1].encode(), b'fuse', 0, options) != 0:
    sys.exit(os.strerror(ctypes.get_errno()))
print('mounted', flush=True)
time.sleep(float(sys.argv[2]))
`;
const SERVER_S_MAX = 60;

const mayMount: Peer = {
  whyMissing: () => null,
  whyImpossible: () =>
    userInfo().uid === 0 && canMount() ? null : 'Only root with the right to mount can make one.',
};

const folder = folderForEach();

describeBeside([python, mayMount], 'beside a mount that hangs', () => {
  it('df goes on with the others, says so once, and SIGTERM still ends the collector', async () => {
    const mount = join(folder(), 'silent');
    mkdirSync(mount);
    const server = await startPeer(
      PYTHON,
      ['-c', SILENT_SERVER, mount, String(SERVER_S_MAX)],
      (printed) => printed.includes('mounted'),
    );
    try {
      const sink = await startSink();
      const file = join(folder(), 'collectd.conf');
      writeFileSync(file, confOf(sink.port));
      const collector = await start(['collector', '-C', file]);
      await eventually(() => collector.err().includes('does not answer') || null);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const endedAtMs = performance.now();
      const { code, err } = await collector.stop();
      expect(performance.now() - endedAtMs).toBeLessThan(5000);
      // The signal itself ended it: null here, and for a supervisor an orderly stop.
      expect(code).toBeNull();
      expect(err.split(mount).length - 1).toBe(1);
      const lines = Buffer.concat(sink.received()).toString();
      sink.end();
      for (const name of ['ward.load.load.shortterm', 'ward.df-root.df_complex-used'])
        expect([name, lines.split(name).length > 4]).toEqual([name, true]);
      expect(lines).not.toContain('silent');
      const once = await run(['collector', '-T', '-C', file]);
      expect(once.out).toContain('df-root/df_complex-free');
    } finally {
      await server.stop();
      spawnSync('umount', ['-l', mount]);
    }
  });
});

function canMount(): boolean {
  return spawnSync('unshare', ['-m', 'true']).status === 0;
}

function confOf(port: number): string {
  return `Hostname "ward"
Interval 0.3
LoadPlugin df
LoadPlugin load
<Plugin write_graphite>
  <Node "sink">
    Host "127.0.0.1"
    Port "${port}"
  </Node>
</Plugin>
`;
}
