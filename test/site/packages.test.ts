// Exercises with several files, and packages that are installed, as a reader meets them.

import { expect, it } from 'vitest';
import { PYTHON_MS_MAX, SCREENS, usePages, viewOf } from './pages.ts';
import { seriousFindings } from './reader.ts';

const open = usePages();

it.each(SCREENS)(
  'a file gets another name, is graded by it, and keeps it, %s',
  async (_, options) => {
    const { page, wrongs } = await open('lessons/every-kind/files/', options);
    const place = page.locator('[data-exercise="own-statistics"]');
    const check = place.getByRole('button', { name: 'Check my answer' });
    await check.click();
    await place.locator('[data-state="failed"]').first().waitFor({ timeout: PYTHON_MS_MAX });
    const failed = place.locator('.failed-call');
    expect(await failed.innerText()).toMatch(
      /AttributeError: .*median.*[\s\S]*line 4 of pulses.py/,
    );
    await place.getByRole('tab', { name: 'statistics.py' }).click();
    const name = place.getByLabel('Name of this file');
    await name.fill('spreads.txt');
    expect(await place.locator('.file-name').innerText()).toContain('ends in .py');
    await name.fill('pulses.py');
    expect(await place.locator('.file-name').innerText()).toContain('Another file is called');
    await name.fill('spreads.py');
    expect(await place.getByRole('tab', { name: 'spreads.py' }).count()).toBe(1);
    await place.getByRole('tab', { name: 'pulses.py' }).click();
    const editor = place.getByLabel('Program pulses.py');
    const solved =
      'import statistics, spreads\ndescribe = lambda p: f"{statistics.median(p)}, {spreads.spread(p)} apart"';
    await editor.fill(solved);
    await check.click();
    await place.getByText('2 of 2 checks passed').waitFor({ timeout: PYTHON_MS_MAX });
    await page.reload();
    await place.getByRole('tab', { name: 'spreads.py' }).waitFor();
    await place.getByRole('button', { name: 'Reset' }).click();
    expect(await place.getByRole('tab', { name: 'statistics.py' }).count()).toBe(1);
    await page.reload();
    await place.getByRole('tab', { name: 'statistics.py' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  },
);

it.each(SCREENS)(
  'a package is installed with what it needs, a changed one is refused, %s',
  async (_, options) => {
    const { page, wrongs } = await open('lessons/every-kind/packages/', options);
    const view = viewOf(page, 'install-report');
    await view.getByRole('button', { name: /^Run/ }).click();
    const output = view.getByLabel('Output');
    await output.waitFor({ timeout: PYTHON_MS_MAX });
    await expect
      .poll(() => output.innerText())
      .toMatch(/^Ada: 68\.0 kg, 37\.5 C[\s\S]*clinic-report \| 1\.0\s+clinic-units {2}\| 1\.1/);
    await view.getByRole('slider').focus();
    await page.keyboard.press('End');
    await view.getByRole('button', { name: 'Read as text' }).click();
    expect(await view.innerText()).toContain('installed packages');
    const broken = page.locator('[data-cell="install-broken"]');
    await broken.getByRole('button', { name: /^Run/ }).click();
    await broken.getByText(/is refused: it is not the file that the index lists/).waitFor();
    await broken.getByRole('textbox').fill('import micropip\nawait micropip.install("numpy")\n');
    await broken.getByRole('button', { name: /^Run/ }).click();
    await broken
      .getByText(/no package named 'numpy' in this index; there are click,/)
      .first()
      .waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  },
);
