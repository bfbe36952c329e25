// A value as a person reads it: 6.9 GiB, 71.4 %, 350 ms.

export interface UnitScale {
  /** Largest first; a value is shown in the first one it reaches. */
  readonly steps: readonly { readonly size: number; readonly suffix: string }[];
}

const KIB = 1024;
const BINARY: UnitScale = {
  steps: [
    { size: KIB * KIB * KIB * KIB, suffix: ' TiB' },
    { size: KIB * KIB * KIB, suffix: ' GiB' },
    { size: KIB * KIB, suffix: ' MiB' },
    { size: KIB, suffix: ' KiB' },
    { size: 0, suffix: ' B' },
  ],
};
const SHORT: UnitScale = {
  steps: [
    { size: 1e9, suffix: ' G' },
    { size: 1e6, suffix: ' M' },
    { size: 1e4, suffix: ' k' },
    { size: 0, suffix: '' },
  ],
};
// The k of "short" begins at 10 000, so that 1200 stays 1200; its size is a thousand all the same.
const SHORT_SIZES: Readonly<Record<string, number>> = { ' k': 1000 };

/** `unit` is Grafana's id; one that is not here is shown as a bare number with its name. */
export function formatValue(value: number, unit: string, decimals: number | null = null): string {
  if (Number.isNaN(value)) return 'no value';
  if (unit === 'percent') return `${fixed(value, decimals ?? 1)} %`;
  if (unit === 'percentunit') return `${fixed(value * 100, decimals ?? 1)} %`;
  if (unit === 'bytes') return scaled(value, BINARY, decimals);
  if (unit === 'ms') return milliseconds(value, decimals);
  if (unit === 's') return milliseconds(value * 1000, decimals);
  if (unit === 'none' || unit === 'short') return scaled(value, SHORT, decimals);
  return `${trimmed(value, decimals)} ${unit}`;
}

function scaled(value: number, scale: UnitScale, decimals: number | null): string {
  const size = Math.abs(value);
  const step = scale.steps.find((each) => size >= each.size) ?? { size: 0, suffix: '' };
  const divisor = (SHORT_SIZES[step.suffix] ?? step.size) || 1;
  return `${trimmed(value / divisor, decimals)}${step.suffix}`;
}

function milliseconds(value: number, decimals: number | null): string {
  const size = Math.abs(value);
  if (size >= 60_000) return `${trimmed(value / 60_000, decimals)} min`;
  if (size >= 1000) return `${trimmed(value / 1000, decimals)} s`;
  return `${trimmed(value, decimals)} ms`;
}

function fixed(value: number, decimals: number): string {
  return value.toFixed(decimals);
}

/** With no number of decimals given: three significant digits, none after the point from 100 on. */
function trimmed(value: number, decimals: number | null): string {
  if (decimals !== null) return value.toFixed(decimals);
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : 2).replace(/\.?0+$/, '') || '0';
}
