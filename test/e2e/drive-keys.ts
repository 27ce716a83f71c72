import type { Page } from 'playwright-core';

/** Goes through a page as somebody does who has no mouse. */

const MOST_STEPS = 60;

/** The name of what has the focus, as it is read out; null where nothing has it. */
export function focusedName(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const label = at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels?.[0]?.textContent : null;
    return (at.getAttribute('aria-label') ?? label ?? at.textContent ?? '').trim();
  });
}

/** Presses Tab until what is named so has the focus. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: (string | null)[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab');
    const at = await focusedName(page);
    if (at !== null && (typeof name === 'string' ? at === name : name.test(at))) return;
    passed.push(at);
  }
  throw new Error(`Tab does not come to ${name}, only to ${[...new Set(passed)].join(' | ')}`);
}

/** Goes to a button or link by Tab, and presses it. */
export async function pressByKeys(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}
