// The real web servers whose pages of status a collector reads: each one process of its own, in one folder.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { APACHE, freePort, isListening, NGINX, startPeer, type RunningPeer } from './peer.ts';

export interface WebServer extends RunningPeer {
  /** Of the page of status. */
  readonly url: string;
}

/** Apache counts requests and bytes only with ExtendedStatus. */
export async function startApache(folder: string, isExtended: boolean): Promise<WebServer> {
  const port = await freePort();
  const home = makeHome(folder, 'apache');
  const conf = join(home, 'apache.conf');
  const modules = ['mpm_event', 'authz_core', 'status'];
  writeFileSync(
    conf,
    `ServerRoot "${home}"
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile "${home}/pid"
DefaultRuntimeDir "${home}"
ErrorLog "${home}/error.log"
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`).join('')}
DocumentRoot "${home}"
ExtendedStatus ${isExtended ? 'On' : 'Off'}
<Location "/server-status">
  SetHandler server-status
</Location>
`,
  );
  // With -X it makes no child, which would be left when it is killed.
  const peer = await startPeer(APACHE, ['-X', '-f', conf], () => isListening(port));
  return { ...peer, url: `http://127.0.0.1:${port}/server-status?auto` };
}

export async function startNginx(folder: string): Promise<WebServer> {
  const port = await freePort();
  const home = makeHome(folder, 'nginx');
  const conf = join(home, 'nginx.conf');
  const rooms = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    conf,
    `daemon off;
master_process off;
pid ${home}/pid;
error_log stderr;
events {}
http {
  access_log off;
${rooms.map((name) => `  ${name}_temp_path ${home}/${name};\n`).join('')}
  server {
    listen 127.0.0.1:${port};
    location = /status { stub_status; }
  }
}
`,
  );
  const args = ['-p', home, '-c', conf, '-e', 'stderr'];
  const peer = await startPeer(NGINX, args, () => isListening(port));
  return { ...peer, url: `http://127.0.0.1:${port}/status` };
}

function makeHome(folder: string, name: string): string {
  const home = join(folder, name);
  mkdirSync(home);
  return home;
}
