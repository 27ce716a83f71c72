import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ExtensionBrowser } from '../support/chromium.ts';
import type { SpawnedServer } from '../support/start-server.ts';
import { goTo } from './drive-crm.ts';
import { clickImport, closeReceipt, goToPreview, readReceipt } from './drive-import.ts';
import { callServer } from './store-people.ts';
import type { Shoot } from './take-pictures.ts';

const HEAD = 'First Name,Last Name,Email,Phone';
const KNOWN = [HEAD, 'Ann,Leeds,ann.leeds@example.com,+12025550101', ''].join('\n');
/** Ann's phone under other names; an address without @; two people who are new. */
const FAIR = [
  HEAD,
  'Pia,Other,pia@example.com,+12025550101',
  'Olaf,Other,olaf@example.com,+12025550101',
  'Una,Wrong,una-at-example.com,+12025550103',
  'Fay,New,fay@example.com,+12025550105',
  'Kim,Kay,kim@example.com,+12025550106',
  '',
].join('\n');

type Given = { readonly browser: ExtensionBrowser; readonly server: SpawnedServer; readonly work: string; readonly shoot: Shoot };

/** The pages of the workspace but leads and connections: in their usual states, while something is asked, empty, and in trouble. */
export async function shootWorkspace(given: Given): Promise<void> {
  const { browser, server, shoot } = given;
  await importFiles(given);
  const page = await browser.openPage('workspace.html#/imports');
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
  const dialog = async (name: string) => {
    await page.getByRole('dialog').waitFor();
    await shoot(page, name);
    await page.keyboard.press('Escape');
  };
  await shootImports(page, shoot);

  await goTo(page, '/lists');
  await page.getByRole('list', { name: 'Lists' }).last().waitFor();
  await shoot(page, 'lists');
  await page.getByRole('button', { name: 'Delete “Customers”' }).click();
  await dialog('lists-delete');
  await press('New list');
  await page.getByRole('button', { name: 'Rename “Customers”' }).click();
  await shoot(page, 'lists-naming');

  await goTo(page, '/suppressions');
  await page.getByText('Nobody has opted out').waitFor();
  await shoot(page, 'opt-outs-none');
  await callServer(server, 'POST', '/api/suppressions', {
    entries: [
      { kind: 'domain', value: 'competitor-with-a-long-name.example.com' },
      { kind: 'email', value: 'ann.leeds@example.com' },
    ],
  });
  await goTo(page, '/lists');
  await goTo(page, '/suppressions');
  await page.getByText('ann.leeds@example.com').waitFor();
  await shoot(page, 'opt-outs');
  await page.getByRole('button', { name: /^Take ann.leeds/ }).click();
  await dialog('opt-outs-take-off');

  await goTo(page, '/templates');
  await page
    .getByText(/template/i)
    .first()
    .waitFor();
  await shoot(page, 'templates-none');
  await callServer(server, 'POST', '/api/mapping-templates', {
    name: 'Webinar tool',
    headers: ['Email', 'Name'],
    mapping: [{ column: 0, field: 'email' }],
  });
  await goTo(page, '/lists');
  await goTo(page, '/templates');
  await page.getByText('Webinar tool').waitFor();
  await shoot(page, 'templates');

  await goTo(page, '/people');
  await page.getByLabel('Email, if you like').fill('ben@example.com');
  await press('Make invitation');
  await page.getByLabel('Invitation', { exact: true }).waitFor();
  await page.getByLabel('What uses the key').fill('Website form');
  await press('Make key');
  await page.getByLabel('New key').waitFor();
  await shoot(page, 'people');
  await page
    .getByRole('list', { name: 'Keys' })
    .getByRole('button', { name: /^Revoke/ })
    .first()
    .click();
  await dialog('people-revoke');

  await goTo(page, '/audit');
  await page.getByRole('list', { name: 'What happened, newest first' }).waitFor();
  await shoot(page, 'audit');
  await goTo(page, '/settings');
  await page.getByRole('heading', { name: 'Read-only' }).waitFor();
  await shoot(page, 'settings');
  await page.getByLabel('nobody changes anything but these settings').click();
  await page.getByText('This workspace is read-only.').waitFor();
  await shoot(page, 'settings-read-only');
  await page.getByLabel('nobody changes anything but these settings').click();
  await page.getByText('The workspace takes changes again.').first().waitFor();
  await goTo(page, '/nowhere');
  await page.getByText('There is nothing at this address').waitFor();
  await shoot(page, 'no-such-page');
  await goTo(page, '/leads/nobody');
  await page.getByText('This lead is not here any more').waitFor();
  await shoot(page, 'no-such-lead');
  await goTo(page, '/leads');
  await press('Filter');
  await page.getByLabel('List', { exact: true }).selectOption('Customers');
  await shoot(page, 'leads-filter');
  await page.close();
  const options = await browser.openPage('options.html');
  await options.getByRole('button', { name: 'Unpair' }).click();
  await options.getByRole('dialog').waitFor();
  await shoot(options, 'options-unpair');
  await options.close();
}

async function importFiles({ browser, work }: Given): Promise<void> {
  for (const [name, text, list] of [
    ['known.csv', KNOWN, 'Customers'],
    ['fair.csv', FAIR, 'Fair'],
  ] as const) {
    writeFileSync(join(work, name), text);
    const page = await browser.openPage('importer.html');
    await goToPreview(page, join(work, name), list);
    await clickImport(page);
    await readReceipt(page);
    await closeReceipt(page);
  }
}

async function shootImports(page: Page, shoot: Shoot): Promise<void> {
  await page.getByRole('link', { name: 'fair.csv' }).waitFor();
  await shoot(page, 'imports');
  await page.getByRole('link', { name: 'fair.csv' }).click();
  await page.getByRole('button', { name: 'Undo this import' }).waitFor();
  await shoot(page, 'import');
  await page.getByRole('link', { name: /^Show why/ }).click();
  await page.getByText(/needs an @/).waitFor();
  await page.getByText('As in the file').first().click();
  await shoot(page, 'import-rejected');
  await page.goBack();
  await page.getByRole('link', { name: /^Decide/ }).click();
  await page.getByRole('list', { name: 'Rows to decide' }).waitFor();
  await page.getByRole('columnheader', { name: 'Ann Leeds' }).first().waitFor();
  await shoot(page, 'import-review');
  await page.getByRole('button', { name: 'Leave all out' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'import-review-all');
  await page.keyboard.press('Escape');
  await page.goBack();
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'import-undo');
  await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('heading', { name: 'Import undone.' }).waitFor();
  await shoot(page, 'import-undone');
}
