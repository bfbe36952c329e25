// How large a program stands on a slide, and where there is room for what it prints. All in per cent of the slide's width.

/** What stands with the program: its options, its picture, a task, or only what it prints. */
export type With = 'options' | 'picture' | 'task' | 'program';

export interface Room {
  readonly codeSize: number;
  /** Whether something stands at the right of the program; otherwise it stands below. */
  readonly isBeside: boolean;
}

/** What the back row reads, and what is still read in front of it. */
const CODE_SIZE = 2.2;
const CODE_SIZE_MIN = 1.2;
/** A character of the code is 0.6 of its size wide, a line 1.5 of it high. */
const CHARACTER = 0.6;
const LINE = 1.5;
/** Its numbers and its padding. */
const GUTTER = 6.2;

/** Of a 16:9 slide without its foot and its margins: title and program. */
const HIGH = 43.5;
const WIDE = 90;
/** Less the row with Run under it. */
const HIGH_ABOVE_RUN = 36;
const WIDE_BESIDE = 50;
/** Less that row, the table of names and the step controls. */
const HIGH_WITH_PICTURE = 26;
const WIDE_WITH_PICTURE = 38;
/** Less the task above it, that row, and the one with Check. */
const HIGH_UNDER_TASK = 23.5;
/** A program with longer lines keeps what it prints below. */
const COLUMNS_BESIDE_MAX = 40;

/** Letters up to which a title has the first size, the second one, and the last. */
const TITLE_SIZES = [
  [45, 3.6],
  [90, 2.7],
  [Infinity, 2.2],
] as const;
const TITLE_WIDE = 72;
const TITLE_CHARACTER = 0.5;
const TITLE_LINE = 1.15;

/** A long question stands smaller, so that what it is about has room below. */
export function titleSize(title: string): number {
  return TITLE_SIZES.find(([letters]) => title.length <= letters)?.[1] ?? 0;
}

function titleHeight(title: string): number {
  const size = titleSize(title);
  const lines = Math.ceil((title.length * size * TITLE_CHARACTER) / TITLE_WIDE);
  return lines * size * TITLE_LINE;
}

export function roomOf(title: string, code: string, shown: With): Room {
  const lines = code.split('\n');
  const columns = Math.max(...lines.map((line) => line.length));
  const fit = (wide: number, high: number): number => {
    const room = high - titleHeight(title);
    return Math.max(
      CODE_SIZE_MIN,
      Math.min(CODE_SIZE, room / (lines.length * LINE), (wide - GUTTER) / (columns * CHARACTER)),
    );
  };
  if (shown === 'picture')
    return { codeSize: fit(WIDE_WITH_PICTURE, HIGH_WITH_PICTURE), isBeside: false };
  if (shown === 'task') return { codeSize: fit(WIDE, HIGH_UNDER_TASK), isBeside: false };
  if (shown === 'options' || columns <= COLUMNS_BESIDE_MAX)
    return { codeSize: fit(WIDE_BESIDE, HIGH), isBeside: true };
  return { codeSize: fit(WIDE, HIGH_ABOVE_RUN), isBeside: false };
}
