import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Widths and least heights at which a page is looked at. */
export const SIZES = [
  [1280, 860],
  [600, 800],
  [320, 700],
] as const;
const MOST_HIGH = 3_000;

type Sizes = readonly (readonly [width: number, height: number])[];
/** Takes a picture of the page in light and dark at each size, as high as what is on it, and says where it would scroll sideways. */
export type Shoot = (page: Page, name: string, sizes?: Sizes) => Promise<void>;

export function takePictures(folder: string, usual: Sizes = SIZES): Shoot {
  mkdirSync(folder, { recursive: true });
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
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), animations: 'disabled' });
      }
      const wide = await page.evaluate(() => {
        const root = document.documentElement;
        const cut = [...document.querySelectorAll('main.work *')].filter(
          (part) => part.getBoundingClientRect().right > root.clientWidth + 1,
        );
        const scrolls = (part: Element) => part.closest('.scroll, .tabs, .leads-grid, .check-grid, .sr') !== null;
        return [
          root.scrollWidth - root.clientWidth,
          ...cut.filter((part) => !scrolls(part)).map((part) => `${part.tagName}.${part.className}`),
        ];
      });
      if (wide[0] !== 0 || wide.length > 1) console.log(`${name} at ${width}: wider than the page: ${wide.slice(0, 4).join(' ')}`);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 860 });
  };
}
