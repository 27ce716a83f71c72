import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findBarriers, findTooWide } from '../support/find-barriers.ts';

const NARROW = { width: 320, height: 700 };

/**
 * Fails with every barrier (WCAG 2.2 A and AA) on the page as it is: in the light as wide as it is, and in the dark as narrow
 * as a panel gets, unless it is never so narrow. All screens in all states are audited by the scripts that take pictures.
 */
export async function expectNoBarriers(page: Page, narrow = NARROW): Promise<void> {
  const wide = page.viewportSize();
  const inLight = await findBarriers(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(narrow);
  const inDark = [...(await findBarriers(page)), ...(await findTooWide(page))];
  await page.emulateMedia({ colorScheme: 'light' });
  if (wide) await page.setViewportSize(wide);
  expect({ inLight, inDark }).toEqual({ inLight: [], inDark: [] });
}
