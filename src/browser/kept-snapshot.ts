// A snapshot of Python's memory that outlives the page: the next visit starts from it. It stands in Cache Storage,
// beside what a service worker keeps, and belongs to one version of Python and of our own files.

const CACHE = 'stacklab-python';

export interface KeptSnapshot {
  /** Null when there is none for this version. */
  take(): Promise<ArrayBuffer | null>;
  keep(bytes: ArrayBuffer): Promise<void>;
  /** It did not load: the next start does without it. */
  drop(): Promise<void>;
}

/** Null where nothing can be kept: in a page that did not come over a safe connection, and where storage is blocked. */
export async function keptSnapshot(
  baseUrl: string,
  version: string,
  sources: string,
): Promise<KeptSnapshot | null> {
  if (!('caches' in self)) return null;
  try {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sources));
    const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0'));
    const url = new URL(`snapshot/${version}-${hash.join('')}`, baseUrl).href;
    const cache = await caches.open(CACHE);
    return {
      take: async () => (await cache.match(url))?.arrayBuffer() ?? null,
      async keep(bytes) {
        // One version is enough: what an older one left would only take room.
        for (const old of await cache.keys()) await cache.delete(old);
        await cache.put(url, new Response(bytes));
      },
      drop: async () => void (await cache.delete(url)),
    };
  } catch {
    return null;
  }
}
