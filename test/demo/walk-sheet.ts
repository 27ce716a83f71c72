import type { Page } from 'playwright-core';
import { clickImport, clickWhenReady, closeReceipt, readReceipt } from '../e2e/drive-import.ts';
import { nextSheet, putSheet, SHEET_ADDRESS, SHEET_TITLE, tradeFairCsv } from './invented-accounts.ts';
import type { Demo } from './open-demo.ts';
import { inventPeople } from './people.ts';
import { must, type TakeStep } from './record-steps.ts';

/** The sheet in front: popup and side panel know it, and nothing is read before somebody asks. */
export async function walkPanel({ browser, accounts: { google } }: Demo, take: TakeStep): Promise<void> {
  const tab = await browser.context.newPage();
  await tab.goto(SHEET_ADDRESS);
  await take('Click the toolbar button over a sheet: the popup offers it first', tab, async () => {
    const shownOn = await browser.clickAction(tab);
    const heading = shownOn.getByRole('main').getByRole('heading', { name: SHEET_TITLE });
    await heading.waitFor();
    return { shownOn, said: await heading.innerText() };
  });
  await take('Import this sheet: the side panel opens beside it, and nothing is read yet', tab, async () => {
    const popup = await browser.clickAction(tab);
    await popup.getByRole('button', { name: 'Import this sheet' }).click();
    const panel = await browser.findPanel();
    await panel.getByRole('button', { name: 'Sign in with Google' }).waitFor();
    must(google.sheets.requests.length === 0, 'the sheet was read before anybody asked');
    return { shownOn: panel, said: await panel.getByRole('heading', { name: 'Import from this sheet' }).innerText() };
  });
  await tab.close();
}

/** A Google Sheet by sign-in; and a week later only what changed in it. */
export async function walkSheet({ browser, accounts: { google } }: Demo, take: TakeStep): Promise<void> {
  const page = await browser.openPage('importer.html');
  await take('Sign in with Google, say yes on its consent page, and the sheet is read', page, async () => {
    await page.getByRole('button', { name: /^Google Sheets/ }).click();
    await page.getByLabel('Link or ID of the sheet').fill(SHEET_ADDRESS);
    const opened = browser.context.waitForEvent('page');
    await page.getByRole('button', { name: 'Connect & Import' }).click();
    await (await opened).locator('#allows').click();
    const heading = page.getByRole('heading', { name: /^132 rows/ });
    await heading.waitFor();
    return { said: await heading.innerText() };
  });
  await take('Import it: each row is counted once', page, async () => {
    await checkAndImport(page);
    return { receipt: await readReceipt(page) };
  });
  await take('A week later two people are new, one has another employer, and one is gone from the sheet', page, async () => {
    putSheet(google, nextSheet(inventPeople()));
    await page.getByRole('button', { name: 'Import another file' }).click();
    await page.getByRole('button', { name: new RegExp(`^${SHEET_TITLE}, `) }).click();
    const heading = page.getByRole('heading', { name: /^Since .+: 2 new, 1 changed, 1 removed$/ });
    await heading.waitFor();
    return { said: await heading.innerText() };
  });
  await take('The second import brings only these', page, async () => {
    await page.getByRole('button', { name: /^Preview \d+ rows?$/ }).click();
    await clickImport(page);
    return { receipt: await readReceipt(page) };
  });
  await closeReceipt(page);
}

/** A file dropped on the page, with people among its rows who came from the sheet already. */
export async function walkCsv({ browser }: Demo, take: TakeStep): Promise<void> {
  const page = await browser.openPage('importer.html');
  await take('Drop a CSV file on the page: its columns are matched', page, async () => {
    await page.locator('input[type=file]').first().waitFor({ state: 'attached' });
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'Trade fair.csv', { type: 'text/csv' }));
      return transfer;
    }, tradeFairCsv(inventPeople()));
    await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
    const heading = page.getByRole('heading', { name: /^70 rows/ });
    await heading.waitFor();
    return { said: await heading.innerText() };
  });
  await take('Import it: who is there already is not made twice', page, async () => {
    await checkAndImport(page);
    return { receipt: await readReceipt(page) };
  });
  await page.close();
}

/** From what is read to the click on Import. */
async function checkAndImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Map columns' }).click();
  await page.getByRole('button', { name: /^Check [\d,]+ rows?$/ }).click();
  await clickWhenReady(page, 'Preview');
  await clickImport(page);
}
