import type { Page } from 'playwright-core';

/** Walks the wizard as a person does: by the names of its buttons. */

/** Pairs the browser on the options page with a code the server printed. */
export async function pairBrowser(options: Page, address: string, code: string): Promise<void> {
  await options.getByLabel('1. Start the server').fill(address);
  await options.getByLabel('2. Enter the code, or paste an invitation or a key').fill(code);
  await options.getByRole('button', { name: 'Pair' }).click();
  await options.getByText('Connected', { exact: false }).first().waitFor();
}

/** Chooses a file on the first screen and goes on to the preview. `listName` is the new list to make. */
export async function goToPreview(page: Page, file: string, listName: string): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(file);
  const map = page.getByRole('button', { name: 'Map columns' });
  await map.waitFor();
  await nameNewList(page, listName);
  await map.click();
  await page.getByRole('button', { name: /^Check [\d,]+ rows?$/ }).click();
  await clickWhenReady(page, 'Preview');
  await page.getByRole('button', { name: /^Import [\d,]+ leads?$/ }).waitFor();
}

async function nameNewList(page: Page, name: string): Promise<void> {
  const field = page.getByLabel('List', { exact: true });
  await field.fill(name);
  await field.blur();
}

/** Clicks Import and gives the number on the button. */
export async function clickImport(page: Page): Promise<number> {
  const button = page.getByRole('button', { name: /^Import [\d,]+ leads?$/ });
  const number = Number((await button.innerText()).replace(/\D/g, ''));
  await clickWhenReady(page, /^Import [\d,]+ leads?$/);
  return number;
}

export async function clickWhenReady(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name, exact: typeof name === 'string' });
  await button.waitFor();
  await page.waitForFunction(
    (element) => element?.getAttribute('aria-busy') !== 'true' && element?.getAttribute('aria-disabled') !== 'true',
    await button.elementHandle(),
    {
      timeout: 60_000,
    },
  );
  await button.click();
}

/** The receipt as the screen shows it: rows by their words, and the sum. */
export type ShownReceipt = { readonly rows: ReadonlyMap<string, number>; readonly total: number; readonly headline: string };

/** Waits for the receipt and reads it off the screen. */
export async function readReceipt(page: Page, timeout = 120_000): Promise<ShownReceipt> {
  await page.getByText('each counted once').waitFor({ timeout });
  const lines = await page
    .locator('.buckets li')
    .evaluateAll((items) =>
      items.map(
        (item) => [item.querySelector('.n')?.nextElementSibling?.textContent ?? '', item.querySelector('.n')?.textContent ?? ''] as const,
      ),
    );
  const rows = lines.map(([words, number]) => [words, Number(number.replace(/\D/g, ''))] as const);
  const total = Number((await page.locator('.sum .num').innerText()).replace(/\D/g, ''));
  return { rows: new Map(rows), total, headline: await page.locator('h1').innerText() };
}

/** Leaves a receipt for the next import, and the page once that can be chosen. */
export async function closeReceipt(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import another file' }).click();
  await page.locator('input[type=file]').first().waitFor({ state: 'attached' });
  await page.close();
}
