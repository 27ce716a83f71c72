import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findBarriers, findTooWide } from '../support/find-barriers.ts';

/** Widths and least heights at which a page is looked at. */
export const SIZES = [
  [1280, 860],
  [600, 800],
  [320, 700],
] as const;
const MOST_HIGH = 3_000;

type Sizes = readonly (readonly [width: number, height: number])[];
/** Looks at the page in light and dark at each size, as high as what is on it. */
export type Shoot = (page: Page, name: string, sizes?: Sizes) => Promise<void>;

/**
 * Takes a picture at each look. With `--audit` behind the script's name it looks for barriers instead (WCAG 2.2 A and AA),
 * says each by screen and rule, and lets the script fail. Both say where a page would scroll sideways.
 */
export function takePictures(folder: string, usual: Sizes = SIZES): Shoot {
  const audits = process.argv.includes('--audit');
  if (!audits) mkdirSync(folder, { recursive: true });
  return async (page, name, sizes = usual) => {
    await page.mouse.move(0, 0);
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      // The work scrolls inside the page: grown so far, all of it is seen.
      const missing = await page.evaluate(() => {
        const work = document.querySelector('main.work');
        return work ? work.scrollHeight - work.clientHeight : 0;
      });
      await page.setViewportSize({ width, height: Math.min(MOST_HIGH, height + Math.max(0, missing)) });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        if (audits) complain(`${name} at ${width}, ${colorScheme}`, await findBarriers(page, colorScheme === 'light' ? 'all' : 'colours'));
        else await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), animations: 'disabled' });
      }
      complain(`${name} at ${width}`, await findTooWide(page));
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 860 });
  };
}

function complain(where: string, complaints: readonly string[]): void {
  for (const complaint of complaints) console.log(`${where}: ${complaint}`);
  if (complaints.length > 0) process.exitCode = 1;
}
