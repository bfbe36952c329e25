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
};

export function isUnitSystem(name: string | undefined): boolean {
  return name !== undefined && Object.hasOwn(SYSTEMS, name);
}

/** Two places after the point, and the letter of the largest unit that fits; "None" for a gap. */
export function withUnit(value: number, system: string): string {
  if (Number.isNaN(value)) return 'None';
  const [size, letter] = unitOf(value, system);
  return `${(value / size).toFixed(2)}${letter}`;
}

/** The largest unit that fits: its size and its letter; 1 and "" for small numbers. */
export function unitOf(value: number, system: string): readonly [size: number, letter: string] {
  const unit = SYSTEMS[system]?.find(([, size]) => Math.abs(value) >= size);
  return unit ? [unit[1], unit[0]] : [1, ''];
}
