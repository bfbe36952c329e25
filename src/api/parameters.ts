// The parameters of a request: those of the address and those of a form in its body, in this order.

import { bad, good, type Result } from '../core/base/result.ts';

export interface Parameters {
  /** The last value given, or null. */
  one(name: string): string | null;
  /** Every value of `name`; when there is none, of "name[]". */
  all(name: string): readonly string[];
  entries(): readonly (readonly [name: string, value: string])[];
}

export function makeParameters(
  entries: readonly (readonly [name: string, value: string])[],
): Parameters {
  const valuesOf = (name: string): readonly string[] =>
    entries.filter(([key]) => key === name).map(([, value]) => value);
  return {
    one: (name) => valuesOf(name).at(-1) ?? null,
    all(name) {
      const plain = valuesOf(name);
      return plain.length > 0 ? plain : valuesOf(`${name}[]`);
    },
    entries: () => entries,
  };
}

/** Reads them from `request`, whose body may have `bodyBytesMax` bytes. */
export async function readParameters(
  request: Request,
  bodyBytesMax: number,
): Promise<Result<Parameters>> {
  const query = [...new URL(request.url).searchParams];
  if (request.method !== 'POST') return good(makeParameters(query));
  const body = await readBody(request, bodyBytesMax);
  if (!body.ok) return body;
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    // Some clients post a form without saying so, or without encoding it: both read the same way.
    const form = new URLSearchParams(new TextDecoder().decode(body.value));
    return good(makeParameters([...query, ...form]));
  }
  try {
    const form = await new Response(body.value, { headers: { 'content-type': type } }).formData();
    const pairs = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    return good(makeParameters([...query, ...pairs]));
  } catch {
    return bad('The body says it is multipart/form-data, and cannot be read as that.');
  }
}

/** The whole body, or why not: reading stops at `bytesMax`. */
export async function readBody(
  request: Request,
  bytesMax: number,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const tooLong = bad(`The body is longer than ${bytesMax} bytes.`);
  if (Number(request.headers.get('content-length') ?? '0') > bytesMax) return tooLong;
  if (!request.body) return good(new Uint8Array());
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  for (;;) {
    const next = await reader.read();
    if (next.done) break;
    length += next.value.length;
    if (length > bytesMax) {
      await reader.cancel();
      return tooLong;
    }
    chunks.push(next.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return good(body);
}
