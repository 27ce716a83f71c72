import type { BrowserContext, Page } from 'playwright-core';

/** Walks the pages of a CRM's connection as a person does, in the workspace. */

export type CrmName = 'HubSpot' | 'Salesforce';

/** Goes to another page of the workspace, given behind its `#`. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.goto(page.url().replace(/#.*|$/, `#${place}`));
}

/** From the list of connections over the CRM's consent to the plan of an import. */
export async function authorizeCrm(context: BrowserContext, page: Page, crm: CrmName): Promise<void> {
  const opened = context.waitForEvent('page');
  await page.getByRole('region', { name: crm }).getByRole('button', { name: 'Authorize & Import' }).click();
  const consent = await opened;
  await consent.locator('#allows, #allow').click();
  await page.bringToFront();
  await importButton(page).waitFor();
}

/** The button of the plan, which says how many it would bring. */
export function importButton(page: Page) {
  return page.getByRole('button', { name: /^Import [\d,]+ \w+$/ });
}

export async function openConnection(page: Page, crm: CrmName): Promise<void> {
  await goTo(page, '/connections');
  await page.getByRole('main').getByRole('link', { name: crm, exact: true }).click();
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
}

export async function openConnectionTab(page: Page, crm: CrmName, name: string | RegExp): Promise<void> {
  await page.getByRole('navigation', { name: crm }).getByRole('link', { name }).click();
}

/** Keeps in step from the Health tab; what the screen says of the run. */
export async function syncNow(page: Page): Promise<string> {
  await page.reload(); // what the screen said of the last run is gone
  const told = page.getByRole('status').filter({ hasText: /^(?:In step: |Both sides were in step|The run stopped)/ });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await told.waitFor();
  return told.innerText();
}

/** Opens the lead found by what it is searched with. */
export async function openLead(page: Page, search: string, name: string): Promise<void> {
  await goTo(page, `/leads?search=${encodeURIComponent(search)}`);
  await page.locator('.leads-row .name').getByText(name).first().click();
  await page.getByRole('heading', { name }).waitFor();
}

/** Changes a field on the page of a lead. */
export async function editLead(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${field}: `) }).click();
  await page.getByRole('textbox', { name: field }).fill(value);
  await page.keyboard.press('Enter');
  await page.getByText(value).first().waitFor();
}

/** Chooses a list, view or campaign as people do: types a part of its name and takes what is found. */
export async function chooseScope(page: Page, field: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).fill(name);
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
}
