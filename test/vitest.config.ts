import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

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
          include: [
            'test/core/**/*.test.ts',
            'test/world/**/*.test.ts',
            'test/python/**/*.test.ts',
            'test/figure/**/*.test.ts',
            'test/lesson/**/*.test.ts',
            'test/*.test.ts',
          ],
        },
      },
      {
        root,
        test: {
          name: 'node',
          include: [
            'test/contract/**/*.test.ts',
            'test/node/**/*.test.ts',
            'test/api/**/*.test.ts',
            'test/canary/**/*.test.ts',
          ],
          testTimeout: 20_000,
        },
      },
      {
        root,
        test: {
          name: 'course',
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
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'peers',
          include: ['test/peers/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
