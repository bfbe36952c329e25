// Our Carbon without its journal, as no command starts it: what the journal costs is the difference.
//
//   node carbon-unkept.js CONFIG-FOLDER DATA-FOLDER

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCarbon } from '../../src/core/carbon/carbon.ts';
import { CARBON_DEFAULTS } from '../../src/core/carbon/config.ts';
import { SCHEMAS_FILE } from '../../src/core/carbon/schemas.ts';
import { makeNodeClock } from '../../src/node/clock.ts';
import { daemonLog } from '../../src/node/commands/daemon.ts';
import { readStorageRules } from '../../src/node/conf.ts';
import { makeNodeDisk } from '../../src/node/disk.ts';
import { makeNodeNet } from '../../src/node/net.ts';
import { makePlainLines } from '../../src/node/plain-lines.ts';
import { valueOf } from './whisper-job.ts';

/** As the command `carbon` has it. */
const WRITE_INTERVAL_MS = 100;

const [conf = '', data = ''] = process.argv.slice(2);
const schemas = readFileSync(join(conf, SCHEMAS_FILE), 'utf8');
const anyPort = { host: '127.0.0.1', port: 0 };
const carbon = makeCarbon(
  {
    clock: makeNodeClock(),
    net: makeNodeNet(),
    files: makeNodeDisk(data),
    state: null,
    log: daemonLog(),
    plainLines: makePlainLines,
  },
  {
    ...CARBON_DEFAULTS,
    writeIntervalMs: WRITE_INTERVAL_MS,
    cacheSizeMax: Infinity,
    ownMetricsIntervalS: 0,
    ...valueOf(readStorageRules(schemas, null)).config,
    line: anyPort,
    pickle: anyPort,
  },
);
carbon.start((opened) => {
  const { line, pickle } = valueOf(opened);
  console.log(`ready  line 127.0.0.1:${line?.port}  pickle 127.0.0.1:${pickle?.port}`);
});
