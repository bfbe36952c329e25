// A show: where each step leads, which keys make one, what the clock says, how large a program stands.

import { describe, expect, it } from 'vitest';
import {
  clockWords,
  NOTHING_USED,
  paceOf,
  turnedTo,
  usedInAll,
  usedOn,
} from '../../site/slides/clock.ts';
import { commandOf } from '../../site/slides/keys.ts';
import { counted } from '../../site/slides/memory.ts';
import { back, forward, nextReveal, placeOfHash } from '../../site/slides/place.ts';
import { roomOf, titleSize } from '../../site/slides/room.ts';
import type { Slide } from '../../site/slides/slides.ts';

const slide = (reveals: Slide['reveals']): Slide => ({
  id: '',
  titleHtml: '',
  aside: '',
  subject: { kind: 'title', leadHtml: '' },
  reveals,
  notesHtml: '',
});
const SLIDES = [slide([]), slide(['options', 'run']), slide([])];

describe('a step', () => {
  it('forward reveals all of a slide before it goes to the next', () => {
    const seen = [{ slide: 0, reveal: 0 }];
    for (let at = forward(SLIDES, { slide: 0, reveal: 0 }); at !== null; at = forward(SLIDES, at))
      seen.push(at);
    expect(seen.map(({ slide: number, reveal }) => `${number}.${reveal}`)).toEqual([
      '0.0',
      '1.0',
      '1.1',
      '1.2',
      '2.0',
    ]);
  });

  it('back goes the same way, to a slide as one left it', () => {
    expect(back(SLIDES, { slide: 2, reveal: 0 })).toEqual({ slide: 1, reveal: 2 });
    expect(back(SLIDES, { slide: 1, reveal: 2 })).toEqual({ slide: 1, reveal: 1 });
    expect(back(SLIDES, { slide: 0, reveal: 0 })).toBeNull();
  });

  it('is named by what it reveals', () => {
    expect(nextReveal(SLIDES, { slide: 1, reveal: 1 })).toBe('run');
    expect(nextReveal(SLIDES, { slide: 1, reveal: 2 })).toBeNull();
  });
});

describe('the address of a slide', () => {
  it.each([
    ['', 0],
    ['#2', 1],
    ['#99', 2],
    ['#0', 0],
    ['#end', 2],
    ['#nonsense', 0],
  ])('%s is slide %i of three', (hash, expected) => {
    expect(placeOfHash(hash, 3)).toEqual({ slide: expected, reveal: 0 });
  });
});

describe('a key', () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    defaultPrevented: false,
    ...more,
  });
  /** A focus on an element of that kind. */
  const on = (tag: string) => ({
    closest: (selectors: string) => (selectors.split(', ').includes(tag) ? {} : null),
  });

  it.each([
    ['ArrowRight', 'forward'],
    ['PageDown', 'forward'],
    [' ', 'forward'],
    ['ArrowLeft', 'back'],
    ['PageUp', 'back'],
    ['Home', 'first'],
    ['End', 'last'],
    ['b', 'blank'],
    ['N', 'notes'],
    ['Escape', 'leave'],
    ['x', null],
  ])('"%s" means %s', (key, command) => {
    expect(commandOf(press(key), null)).toBe(command);
  });

  it.each(['input', 'textarea', 'select', '.code-monaco'])('means nothing in %s', (tag) => {
    expect(commandOf(press('ArrowRight'), on(tag) as unknown as Element)).toBeNull();
    expect(commandOf(press('Escape'), on(tag) as unknown as Element)).toBeNull();
  });

  it('leaves Space to a button, shortcuts to the browser, and what was used to its user', () => {
    expect(commandOf(press(' '), on('button') as unknown as Element)).toBeNull();
    expect(commandOf(press('ArrowRight'), on('button') as unknown as Element)).toBe('forward');
    expect(commandOf(press('ArrowLeft', { altKey: true }), null)).toBeNull();
    expect(commandOf(press('ArrowRight', { defaultPrevented: true }), null)).toBeNull();
  });
});

describe('the clock', () => {
  const MINUTE = 60_000;

  it('counts for each page, over all visits, and stands still between pages', () => {
    let clock = turnedTo(NOTHING_USED, 'a', 0);
    clock = turnedTo(clock, null, 2 * MINUTE);
    clock = turnedTo(clock, 'b', 3 * MINUTE);
    clock = turnedTo(clock, 'a', 4 * MINUTE);
    expect(usedOn(clock, 'a', 5 * MINUTE)).toBe(3 * MINUTE);
    expect(usedOn(clock, 'b', 5 * MINUTE)).toBe(MINUTE);
    expect(usedInAll(clock, 5 * MINUTE)).toBe(4 * MINUTE);
  });

  it('is read as minutes and seconds', () => {
    expect(clockWords(390_999)).toBe('6:30');
  });

  it('is late after the most minutes of all pages so far, and says nothing where none are planned', () => {
    const planned = [
      { min: 3, max: 5 },
      { min: 2, max: 4 },
    ];
    expect(paceOf(planned, 9 * MINUTE)).toEqual({ isLate: false, words: 'on time' });
    expect(paceOf(planned, 9 * MINUTE + 1)?.words).toBe('less than 1 min over');
    expect(paceOf(planned, 11.5 * MINUTE)).toEqual({ isLate: true, words: '2 min over' });
    expect(paceOf([...planned, null], 0)).toBeNull();
  });
});

describe('hands', () => {
  it('are counted for each option, and are never less than none', () => {
    expect(counted([], 2, 1)).toEqual([0, 0, 1]);
    expect(counted([3, 1], 0, -1)).toEqual([2, 1]);
    expect(counted([0], 0, -1)).toEqual([0]);
  });
});

describe('the size of a program', () => {
  const TITLE = 'What does line 11 print?';
  const lines = (count: number, columns: number): string =>
    Array.from({ length: count }, () => 'x'.repeat(columns)).join('\n');

  it('is the usual one for eleven lines beside their options', () => {
    expect(roomOf(TITLE, lines(11, 25), 'options')).toEqual({ codeSize: 2.2, isBeside: true });
  });

  it('is smaller for a longer and for a wider program, and under a longer question', () => {
    const usual = roomOf(TITLE, lines(14, 25), 'options').codeSize;
    expect(usual).toBeLessThan(2.2);
    expect(roomOf(TITLE, lines(20, 25), 'options').codeSize).toBeLessThan(usual);
    expect(roomOf(TITLE, lines(14, 60), 'options').codeSize).toBeLessThan(usual);
    expect(roomOf(TITLE.repeat(3), lines(14, 25), 'options').codeSize).toBeLessThan(usual);
  });

  it('is readable however much there is', () => {
    expect(roomOf(TITLE, lines(60, 72), 'picture').codeSize).toBe(1.2);
  });

  it('leaves what it prints below where its lines are long', () => {
    expect(roomOf(TITLE, lines(4, 60), 'program').isBeside).toBe(false);
    expect(roomOf(TITLE, lines(4, 20), 'program').isBeside).toBe(true);
  });

  it('leaves a long question smaller than a short one', () => {
    const sizes = [TITLE, TITLE.repeat(3), TITLE.repeat(6)].map(titleSize);
    expect(sizes).toEqual([3.6, 2.7, 2.2]);
  });
});
