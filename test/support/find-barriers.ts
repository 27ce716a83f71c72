import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** The success criteria of WCAG 2.0 to 2.2 at A and AA, and what axe-core holds good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What depends on the theme; the other rules need no second look in the dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Runs axe-core in the page as it is drawn now. Each barrier as one line: the rule, the element, and what is wrong with it. */
export async function findBarriers(page: Page, look: 'all' | 'colours' = 'all'): Promise<readonly string[]> {
  await standStill(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(readFileSync(AXE, 'utf8'));
  const options: RunOptions = {
    runOnly: look === 'all' ? { type: 'tag', values: TAGS } : { type: 'rule', values: COLOUR_RULES },
    resultTypes: ['violations'],
    ...(look === 'all' ? { rules: { 'target-size': { enabled: true } } } : {}),
  };
  const results = await page.evaluate(
    // axe puts itself there when its script runs.
    (given) => (globalThis as unknown as { axe: { run(given: RunOptions): Promise<AxeResults> } }).axe.run(given),
    options,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${(failureSummary ?? '').split('\n').slice(1).join('; ').trim()}`,
    ),
  );
}

/** Colours that are still on their way to another theme are nobody's to read. What turns for ever is not waited for. */
async function standStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
}

/** What reaches over the right edge of the page, so that one would have to scroll sideways. Regions that scroll by themselves are left out. */
export function findTooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const scrolls = (part: Element) => part.closest('.scroll, .tabs, .leads-grid, .check-grid, .cut, .sr') !== null;
    const over = [...document.querySelectorAll('main.work *')].filter(
      (part) => part.getBoundingClientRect().right > clientWidth + 1 && !scrolls(part),
    );
    return [
      ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : []),
      ...over.slice(0, 3).map((part) => `${part.tagName.toLowerCase()}.${part.className} reaches over the edge`),
    ];
  });
}
