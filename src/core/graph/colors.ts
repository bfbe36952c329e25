// Colours by their names, as Graphite calls them, or as RRGGBB or RRGGBBAA.

const NAMES: Readonly<Record<string, string>> = {
  black: '#000000',
  white: '#ffffff',
  blue: '#6464ff',
  green: '#00c800',
  red: '#c80032',
  yellow: '#ffff00',
  orange: '#ffa500',
  purple: '#c864ff',
  brown: '#966432',
  cyan: '#00ffff',
  aqua: '#009696',
  gray: '#afafaf',
  grey: '#afafaf',
  magenta: '#ff00ff',
  pink: '#ff6464',
  gold: '#c8c800',
  rose: '#c896c8',
  darkblue: '#0000ff',
  darkgreen: '#00ff00',
  darkred: '#ff0000',
  darkgray: '#6f6f6f',
  darkgrey: '#6f6f6f',
};

/** Lines that are told apart on white, also by those who see fewer colours. */
export const PALETTE: readonly string[] = [
  '#0069c1',
  '#d58043',
  '#52a29a',
  '#9f285c',
  '#936900',
  '#4e178f',
  '#562300',
  '#73797d',
];

/** As SVG takes it; null for what is no colour. */
export function svgColor(text: string): string | null {
  const name = text.trim().toLowerCase();
  if (Object.hasOwn(NAMES, name)) return NAMES[name] ?? null;
  const [, digits] = /^#?((?:[0-9a-f]{3}){1,2}|[0-9a-f]{8})$/.exec(name) ?? [];
  return digits === undefined ? null : `#${digits}`;
}
