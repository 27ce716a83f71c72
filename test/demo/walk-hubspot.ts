import { authorizeCrm, editLead, importButton, openConnection, openConnectionTab, openLead, syncNow } from '../e2e/drive-crm.ts';
import { readReceipt } from '../e2e/drive-import.ts';
import type { Demo } from './open-demo.ts';
import { type Invented, inventPeople, SHARES } from './people.ts';
import { must, type TakeStep } from './record-steps.ts';

/** HubSpot: consent, import, edits on both sides, a conflict and its undo. */
export async function walkHubspot({ browser, accounts: { hubspot, contactIds } }: Demo, take: TakeStep): Promise<void> {
  const page = await browser.openPage('workspace.html#/connections');
  const people = inventPeople().slice(...SHARES.hubspot);
  // Beyond those who are in the sheet and the file too: these are linked by the import alone.
  const [hereAt, thereAt] = [40, 42];
  const [here, there] = [people[hereAt], people[thereAt]];
  const [contactHere, contactThere] = [contactIds[hereAt], contactIds[thereAt]];
  if (!here || !there || !contactHere || !contactThere) throw new Error('nobody is in HubSpot');
  const inHubspot = (id: string, property: string) => hubspot.people.contact(id)?.get(property);

  await take('Authorize: HubSpot asks for consent, and the plan of the import opens by itself', page, async () => {
    await authorizeCrm(browser.context, page, 'HubSpot');
    return { said: await importButton(page).innerText() };
  });
  await take('Import: contacts with deals and activities; who opted out stays out', page, async () => {
    await importButton(page).click();
    return { receipt: await readReceipt(page) };
  });
  await take(`Edit both sides: a company here, a job title in HubSpot; one sync brings both over`, page, async () => {
    await openLead(page, here.email, fullName(here));
    await editLead(page, 'Company', 'Fernhill Group');
    hubspot.people.editContact(contactThere, { jobtitle: 'Managing director' });
    await openConnection(page, 'HubSpot');
    const said = await syncNow(page);
    must(inHubspot(contactHere, 'company') === 'Fernhill Group', 'HubSpot does not have the company that was edited here');
    return { said };
  });
  await take('What was edited in HubSpot is here', page, async () => {
    await openLead(page, there.email, fullName(there));
    await page.getByText('Managing director').first().waitFor();
    return undefined;
  });
  await take('The same field on both sides: a conflict, with both values', page, async () => {
    await openLead(page, here.email, fullName(here));
    await editLead(page, 'Job title', 'Head of buying');
    hubspot.people.editContact(contactHere, { jobtitle: 'Chief of purchasing' });
    await openConnection(page, 'HubSpot');
    const said = await syncNow(page);
    await openConnectionTab(page, 'HubSpot', /^Conflicts/);
    const card = page.locator('.conflict').first();
    for (const value of ['Head of buying', 'Chief of purchasing']) await card.getByText(value).first().waitFor();
    return { said };
  });
  await take('Undo: the other value goes both ways with the next sync', page, async () => {
    const kept = inHubspot(contactHere, 'jobtitle');
    await page.getByRole('list', { name: 'Conflicts' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/decided/).waitFor();
    await openConnectionTab(page, 'HubSpot', 'Health');
    const said = await syncNow(page);
    const now = inHubspot(contactHere, 'jobtitle');
    must(now !== kept && (now === 'Head of buying' || now === 'Chief of purchasing'), `HubSpot still has ${kept}`);
    return { said };
  });
  await page.close();
}

export function fullName({ firstName, lastName }: Invented): string {
  return `${firstName} ${lastName}`;
}
