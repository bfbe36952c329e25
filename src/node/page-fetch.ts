// One page of a web server, as text.

import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { bad, good, type Result } from '../core/base/result.ts';
import type { PageRefused, PageRequest } from '../core/host/outside.ts';

/** A page of status is small; who sends more sends something else. */
const PAGE_BYTES_MAX = 1024 * 1024;

export function fetchPage(page: PageRequest, done: (text: Result<string>) => void): void {
  let isDone = false;
  const settle = (text: Result<string>): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    done(text);
  };
  const failed = (why: string): void => settle(bad(`${page.url}: ${why}`));
  const timer = setTimeout(() => {
    failed(`no answer within ${page.timeoutMs} ms`);
    asked?.destroy();
  }, page.timeoutMs);
  const asked = ask(page, (response) => take(page, response, settle, failed), failed);
}

function ask(
  page: PageRequest,
  answered: (response: IncomingMessage) => void,
  failed: (why: string) => void,
): { destroy(): void } | null {
  try {
    const options: RequestOptions = {
      method: page.json === undefined ? 'GET' : 'POST',
      headers: {
        'user-agent': 'stacklab',
        ...(page.json === undefined
          ? {}
          : {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(page.json),
            }),
      },
      ...(page.user === '' ? {} : { auth: `${page.user}:${page.password}` }),
      ...(page.socket === '' ? {} : { socketPath: page.socket }),
      ...(page.caCert === '' ? {} : { ca: readFileSync(page.caCert) }),
      rejectUnauthorized: page.verifyPeer,
      ...(page.verifyHost ? {} : { checkServerIdentity: () => undefined }),
    };
    const start = page.url.startsWith('https:') ? httpsRequest : httpRequest;
    return start(page.url, options, answered)
      .on('error', (error) => failed(error.message))
      .end(page.json);
  } catch (error) {
    // A URL that is none, or a file of certificates that is not there.
    failed(error instanceof Error ? error.message : String(error));
    return null;
  }
}

function take(
  page: PageRequest,
  response: IncomingMessage,
  settle: (text: Result<string>) => void,
  failed: (why: string) => void,
): void {
  const { statusCode = 0 } = response;
  if (statusCode < 200 || statusCode > 299) {
    const refused: PageRefused = {
      ...bad(`${page.url}: it answered ${statusCode}`),
      status: statusCode,
    };
    settle(refused);
    response.resume();
    return;
  }
  const parts: Buffer[] = [];
  let size = 0;
  response
    .on('data', (part: Buffer) => {
      size += part.length;
      if (size <= PAGE_BYTES_MAX) parts.push(part);
      else {
        failed(`it has more than ${PAGE_BYTES_MAX} bytes`);
        response.destroy();
      }
    })
    .on('end', () => settle(good(Buffer.concat(parts).toString('utf8'))))
    .on('error', (error) => failed(error.message));
}
