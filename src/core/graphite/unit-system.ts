// Large numbers with a letter: 1200000 is 1.20M.

const SYSTEMS: Readonly<Record<string, readonly (readonly [letter: string, size: number])[]>> = {
  si: [
    ['P', 1e15],
    ['T', 1e12],
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ],
  binary: [
    ['Pi', 1024 ** 5],
    ['Ti', 1024 ** 4],
    ['Gi', 1024 ** 3],
    ['Mi', 1024 ** 2],
    ['Ki', 1024],
  ],
  sec: [
    ['Y', 31_536_000],
    ['M', 2_592_000],
    ['D', 86_400],
    ['H', 3600],
    ['m', 60],
  ],
  msec: [
    ['Y', 31_536_000_000],
    ['M', 2_592_000_000],
    ['D', 86_400_000],
    ['H', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ],
  none: [],
};

export function isUnitSystem(name: string | undefined): boolean {
  return name !== undefined && Object.hasOwn(SYSTEMS, name);
}

/** Two places after the point, and the letter of the largest unit that fits; "None" for a gap. */
export function withUnit(value: number, system: string): string {
  if (Number.isNaN(value)) return 'None';
  const { scaled, letter } = inUnit(value, system);
  return `${scaled.toFixed(2)}${letter}`;
}

/** 1200000 is 1.2 and M. */
export function inUnit(value: number, system: string): { scaled: number; letter: string } {
  const unit = SYSTEMS[system]?.find(([, size]) => Math.abs(value) >= size);
  return unit ? { scaled: value / unit[1], letter: unit[0] } : { scaled: value, letter: '' };
}
