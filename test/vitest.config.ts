import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A browser, and Python at its start, wait more than they work. */
const SIDE_BY_SIDE = { maxWorkers: 2, sequence: { groupOrder: 0 } };
/** What measures a machine, or a real program on fixed ports, after all others. */
const ALONE = { fileParallelism: false, sequence: { groupOrder: 1 } };

/**
 * Six suites: what core computes, what hosts do, what Python does, what a reader sees in Chromium, what is the
 * same in every engine, what the real programs do.
 */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'core',
          ...SIDE_BY_SIDE,
          include: [
            'test/core/**/*.test.ts',
            'test/world/**/*.test.ts',
            'test/python/**/*.test.ts',
            'test/figure/**/*.test.ts',
            'test/lesson/**/*.test.ts',
            'test/slides/**/*.test.ts',
            'test/*.test.ts',
          ],
        },
      },
      {
        root,
        test: {
          name: 'node',
          ...SIDE_BY_SIDE,
          include: [
            'test/contract/**/*.test.ts',
            'test/node/**/*.test.ts',
            'test/api/**/*.test.ts',
            'test/canary/**/*.test.ts',
          ],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          name: 'course',
          ...SIDE_BY_SIDE,
          include: ['test/course/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          name: 'site',
          include: ['test/site/**/*.test.ts'],
          ...SIDE_BY_SIDE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          ...ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'peers',
          include: ['test/peers/**/*.test.ts'],
          ...ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
