// How wide a text will be, without a browser: in JetBrains Mono every character is 0.6 em wide.

const MONO_EM = 0.6;
/** Atkinson Hyperlegible Next is proportional; this is a little more than its mean. */
const TEXT_EM = 0.48;

export const MONO_SIZE = 13;
export const NOTE_SIZE = 12.5;

export function monoWidth(text: string, size = MONO_SIZE): number {
  return text.length * size * MONO_EM;
}

export function noteWidth(text: string): number {
  return text.length * NOTE_SIZE * TEXT_EM;
}

/** The text, or as much of it as fits, with an ellipsis. At least one character stays. */
export function fitMono(text: string, width: number, size = MONO_SIZE): string {
  return fit(text, Math.floor(width / (size * MONO_EM) + 0.001));
}

export function fitNote(text: string, width: number): string {
  return fit(text, Math.floor(width / (NOTE_SIZE * TEXT_EM) + 0.001));
}

function fit(text: string, count: number): string {
  return text.length <= count ? text : `${text.slice(0, Math.max(1, count - 1))}…`;
}
