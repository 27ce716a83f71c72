import type { Page } from 'playwright-core';
import { ERRORS } from '../support/google/google-errors.ts';
import type { RunningGoogle } from '../support/google/start-google.ts';
import type { Shoot } from './take-pictures.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const HEADER = ['First name', 'Last name', 'Email', 'Phone', 'Company'];
const SIZES = [
  [320, 700],
  [360, 700],
  [600, 800],
  [1280, 860],
] as const;

/** A Google Sheet on its way: the form, the token, the tabs, the reading, and what goes wrong. */
export async function shootSheets(page: Page, google: RunningGoogle, shoot: Shoot): Promise<void> {
  const rows = [
    HEADER,
    ...Array.from({ length: 40 }, (_, at) => [`Maya${at}`, 'Lindqvist', `maya${at}@example.com`, `+1415555${1000 + at}`, 'Acme']),
  ];
  rows.push(['Owen', 'Gallagher', '#N/A', '+14155559999', 'Acme']);
  google.sheets.spreadsheets.set(ID, {
    id: ID,
    title: 'Spring roadshow 2026',
    tabs: [
      { gid: 0, title: 'Attendees', rows, hiddenRows: [4, 5], filteredRows: [8] },
      { gid: 5, title: 'Old', hidden: true, rows },
      { gid: 7, title: 'Chart 1', sheetType: 'OBJECT', rows: [] },
    ],
  });
  const connect = async () => {
    await page.getByRole('button', { name: /^Google Sheets/ }).click();
    await page.getByLabel('Link or ID of the sheet').fill(`https://docs.google.com/spreadsheets/d/${ID}/edit#gid=0`);
    await page.getByRole('button', { name: 'Connect & Import' }).click();
  };
  const back = () => page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: /^Google Sheets/ }).click();
  await shoot(page, 'sheet-form', SIZES);
  await page.getByRole('button', { name: 'Use an access token instead' }).click();
  await shoot(page, 'sheet-token', SIZES);
  await back();
  google.auth.person = 'denies';
  await connect();
  await page.getByRole('alert').waitFor();
  await shoot(page, 'sheet-denied', SIZES);
  google.auth.person = 'allows';
  google.sheets.before = () => ERRORS.noAccess;
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('alert').getByText('can’t open this sheet').waitFor();
  await shoot(page, 'sheet-no-access', SIZES);
  google.sheets.before = (url) => (url.pathname.includes('values') ? ERRORS.quota : null);
  await page.getByRole('button', { name: 'Use another account' }).click();
  await page.getByRole('heading', { name: 'Choose what to read' }).waitFor();
  await shoot(page, 'sheet-tabs', SIZES);
  await page.getByRole('button', { name: 'Read this tab' }).click();
  await page.getByText(/asks us to wait/).waitFor();
  await shoot(page, 'sheet-reading', SIZES);
  google.sheets.before = () => null;
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Read this tab' }).click();
  await page.getByRole('heading', { name: /^41 rows/ }).waitFor();
  await shoot(page, 'sheet-read', SIZES);
  await page.getByRole('button', { name: 'Discard this draft' }).click();
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await page.getByRole('button', { name: 'Choose file' }).waitFor();
}
