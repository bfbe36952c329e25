// Our Whisper at the jobs of whisper-job.ts: a JSON line each, answered as whisper_peer.py does.

import { createInterface } from 'node:readline';
import { doJob, type Job } from './whisper-job.ts';

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [beganMs, worked] = [performance.now(), process.cpuUsage()];
  doJob(JSON.parse(line) as Job);
  const { user, system } = process.cpuUsage(worked);
  console.log(JSON.stringify([(performance.now() - beganMs) / 1000, (user + system) / 1_000_000]));
}
