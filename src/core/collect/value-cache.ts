// The newest value of each identifier: what rates are made from, and what shows that one is missing.

import { identifierOf, type DataSource } from './value-list.ts';
import type { Dispatched } from './plugin.ts';

export interface ValueCache {
  /**
   * The value of each data source as its rate: a gauge itself, a derive as its growth a second. NaN when there is
   * nothing to compare with yet, or it lies outside its type's limits. Null when the value is not newer than the last, unless
   * that one lies in the future: then somebody has set the clock back, and it is forgotten. Others have clocks of their own.
   */
  update(value: Dispatched, nowS: number): readonly number[] | null;
  /** The last value of the same name. */
  newestOf(value: Dispatched): Dispatched | null;
  /** Names with a value. */
  size(): number;
  /** Takes out, and gives, what did not come for `timeout` of its intervals. */
  takeMissing(nowS: number, timeout: number): readonly Dispatched[];
}

export function makeValueCache(): ValueCache {
  const newest = new Map<string, { readonly value: Dispatched; readonly seenS: number }>();
  const keyOf = ({ host, list }: Dispatched): string => `${host}/${identifierOf(list)}`;

  return {
    update(value, nowS) {
      const key = keyOf(value);
      const newestOne = newest.get(key)?.value;
      const isFuture =
        !value.isReceived && newestOne !== undefined && newestOne.timeS > nowS + value.intervalS;
      const last = isFuture ? undefined : newestOne;
      if (last !== undefined && value.timeS <= last.timeS) return null;
      newest.set(key, { value, seenS: nowS });
      const passedS = last === undefined ? NaN : value.timeS - last.timeS;
      return value.list.sources.map((source, index) => {
        const now = value.list.values[index] ?? NaN;
        const rate = rateOf(source, now, last?.list.values[index] ?? NaN, passedS);
        return rate >= source.min && rate <= source.max ? rate : NaN;
      });
    },
    newestOf: (value) => newest.get(keyOf(value))?.value ?? null,
    size: () => newest.size,
    takeMissing(nowS, timeout) {
      const missing = [...newest].filter(
        ([, { value, seenS }]) => nowS - seenS > timeout * value.intervalS,
      );
      for (const [key] of missing) newest.delete(key);
      return missing.map(([, { value }]) => value);
    },
  };
}

const UINT32_SPAN = 4_294_967_296;
const UINT64_SPAN = UINT32_SPAN * UINT32_SPAN;

function rateOf(source: DataSource, now: number, before: number, passedS: number): number {
  if (source.kind === 'GAUGE') return now;
  if (source.kind === 'ABSOLUTE') return now / passedS;
  // A derive that fell means that it started again: a negative rate is outside its limits. A counter was full.
  const span = before < UINT32_SPAN ? UINT32_SPAN : UINT64_SPAN;
  const wrapped = source.kind === 'COUNTER' && now < before ? span : 0;
  return (now - before + wrapped) / passedS;
}
