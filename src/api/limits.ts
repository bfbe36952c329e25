// How much one request may ask for. A dashboard stays far below; a mistake or a hostile page does not.

/** Targets of one request. */
export const TARGETS_MAX = 200;

/** Bytes of the body of a request to the Graphite API. */
export const BODY_BYTES_MAX = 1_000_000;

/** Points that one request may read from the store. */
export const POINTS_MAX = 20_000_000;

/** Milliseconds that one target may take: what comes after it in the request still gets its turn. */
export const TARGET_MS_MAX = 20_000;

/** Milliseconds that all targets of a request may take together. */
export const REQUEST_MS_MAX = 60_000;

/** Sentences that one answer says about its targets. */
export const SAID_MAX = 20;

/** Series that one pattern may match in a request for data. */
export const SERIES_PER_PATTERN_MAX = 10_000;

/** Paths that one request tells of or forgets. */
export const TAG_PATHS_MAX = 10_000;

/** Patterns of one request to /metrics/expand. */
export const QUERIES_MAX = 200;

/** Names in the list of all metrics. */
export const INDEX_PATHS_MAX = 1_000_000;
