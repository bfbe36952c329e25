// Long values in a picture: their beginning and their end.

const CHARACTERS_MAX = 40;
const END = 8;

export function valueText(text: string): string {
  if (text.length <= CHARACTERS_MAX) return text;
  return `${text.slice(0, CHARACTERS_MAX - END - 1)}…${text.slice(-END)}`;
}
