import { authorizeCrm, chooseScope, editLead, importButton, openConnection, openLead, syncNow } from '../e2e/drive-crm.ts';
import { readReceipt } from '../e2e/drive-import.ts';
import { CAMPAIGN } from './invented-accounts.ts';
import type { Demo } from './open-demo.ts';
import { inventPeople, SHARES } from './people.ts';
import { must, type TakeStep } from './record-steps.ts';
import { fullName } from './walk-hubspot.ts';

const OPPORTUNITY = 'Pumps for the new plant';

/** Salesforce: consent, a campaign's leads, a conversion in the org, edits on both sides, the timeline. */
export async function walkSalesforce({ browser, accounts: { salesforce, leadIds } }: Demo, take: TakeStep): Promise<void> {
  const page = await browser.openPage('workspace.html#/connections');
  const people = inventPeople().slice(...SHARES.salesforce);
  // Members of the campaign who are in no other source.
  const [convertedAt, hereAt, thereAt] = [25, 27, 29];
  const [converted, here, there] = [people[convertedAt], people[hereAt], people[thereAt]];
  const [convertedId, hereId, thereId] = [leadIds[convertedAt], leadIds[hereAt], leadIds[thereAt]];
  if (!converted || !here || !there || !convertedId || !hereId || !thereId) throw new Error('nobody is in Salesforce');

  await take('Authorize: Salesforce asks for consent, and the plan of the import opens by itself', page, async () => {
    await authorizeCrm(browser.context, page, 'Salesforce');
    return { said: await importButton(page).innerText() };
  });
  await take(`Import the leads of the campaign “${CAMPAIGN}” alone`, page, async () => {
    await chooseScope(page, 'Which records of Salesforce', CAMPAIGN);
    await page.getByText(new RegExp(`^40 records in .*${CAMPAIGN}`)).waitFor();
    await importButton(page).click();
    return { receipt: await readReceipt(page) };
  });
  await take('Convert one lead in the org, with an opportunity, edit another there and a third here; then sync', page, async () => {
    await openLead(page, here.email, fullName(here));
    await editLead(page, 'Job title', 'Plant manager');
    salesforce.people.edit(thereId, { Title: 'Managing director' });
    salesforce.people.convert(convertedId, OPPORTUNITY);
    await openConnection(page, 'Salesforce');
    const said = await syncNow(page);
    must(salesforce.people.read(hereId).Title === 'Plant manager', 'Salesforce does not have the title that was edited here');
    return { said };
  });
  await take('What was edited in the org is here', page, async () => {
    await openLead(page, there.email, fullName(there));
    await page.getByText('Managing director').first().waitFor();
    return undefined;
  });
  await take('The lead is still one lead, and its timeline shows the opportunity', page, async () => {
    await openLead(page, converted.email, fullName(converted));
    await page.getByText(OPPORTUNITY).first().waitFor();
    return undefined;
  });
  await page.close();
}
