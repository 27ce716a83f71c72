import { EXTENSION_ID } from '#shared/api/extension-id.ts';
import type { FakeCell } from '../support/google/fake-sheets.ts';
import { type RunningGoogle, startGoogle } from '../support/google/start-google.ts';
import { type RunningHubspot, startHubspot } from '../support/hubspot/start-hubspot.ts';
import { type FakeSalesforce, startSalesforce } from '../support/salesforce/start-salesforce.ts';
import { type Invented, inventPeople, SHARES } from './people.ts';

export const SHEET_ID = '1Demo0sheet0of0invented0people0in0no0account0';
export const SHEET_TITLE = 'Spring roadshow 2026';
export const SHEET_TAB = 'Attendees';
export const SHEET_ADDRESS = `https://docs.google.com/spreadsheets/d/${SHEET_ID}/edit#gid=0`;
export const CAMPAIGN = 'Spring roadshow';
const SHEET_HEADER = ['First name', 'Last name', 'Email', 'Phone', 'Company', 'Job title', 'City'];

/**
 * What happens in the CRMs happened two minutes ago: a change is old enough then for the next run, which leaves the youngest
 * minute of a CRM alone as its index may not show it yet.
 */
const lateClock = () => Date.now() - 120_000;

export type Accounts = {
  readonly google: RunningGoogle;
  readonly hubspot: RunningHubspot;
  readonly salesforce: FakeSalesforce;
  /** Ids of the contacts and leads, in the order of `SHARES`. */
  readonly contactIds: readonly string[];
  readonly leadIds: readonly string[];
  readonly close: () => Promise<void>;
};

/** Google, HubSpot and Salesforce on this machine, holding invented people and asking for consent. `serverUrl` is where they lead back to. */
export async function startAccounts(serverUrl: string): Promise<Accounts> {
  const people = inventPeople();
  const [google, hubspot, salesforce] = await Promise.all([
    startGoogle({ redirects: [`https://${EXTENSION_ID}.chromiumapp.org/`], emails: ['maya@example.com'] }),
    startHubspot({ now: lateClock, clock: Date.now, app: { redirects: [`${serverUrl}/oauth/hubspot/callback`] } }),
    startSalesforce({ now: lateClock, clock: Date.now, redirects: [`${serverUrl}/oauth/salesforce/callback`] }),
  ]);
  google.auth.person = 'page';
  hubspot.oauth.habits.person = 'page';
  salesforce.auth.consent = 'ask';
  putSheet(google, firstSheet(people));
  return {
    google,
    hubspot,
    salesforce,
    contactIds: fillHubspot(hubspot, people.slice(...SHARES.hubspot)),
    leadIds: fillSalesforce(salesforce, people.slice(...SHARES.salesforce)),
    close: async () => {
      await Promise.all([google.stop(), hubspot.close(), salesforce.stop()]);
    },
  };
}

/** As people keep sheets: with a row nobody can reach, and somebody twice. */
export function firstSheet(people: readonly Invented[]): readonly (readonly FakeCell[])[] {
  const rows = people.slice(...SHARES.sheet).map(sheetRow);
  return [...rows, ...rows.slice(3, 4), ['Nobody', 'Reachable', 'soon', 'to follow', '', '', '']];
}

/** The same sheet next week: two people are new, one has moved on, one is gone. */
export function nextSheet(people: readonly Invented[]): readonly (readonly FakeCell[])[] {
  const [moved, ...rows] = firstSheet(people);
  const [, to] = SHARES.sheet;
  return [
    [...(moved ?? []).slice(0, 4), 'New Employer', ...(moved ?? []).slice(5)],
    ...rows.slice(1),
    ...people.slice(to, to + 2).map(sheetRow),
  ];
}

export function putSheet({ sheets }: RunningGoogle, rows: readonly (readonly FakeCell[])[]): void {
  const tabs = [{ gid: 0, title: SHEET_TAB, rows: [SHEET_HEADER, ...rows] }];
  sheets.spreadsheets.set(SHEET_ID, { id: SHEET_ID, title: SHEET_TITLE, tabs });
}

/** A file with names of columns that are not ours, shared people among them. */
export function tradeFairCsv(people: readonly Invented[]): string {
  const rows = people
    .slice(...SHARES.csv)
    .map(({ firstName, lastName, email, phone, company }) => [firstName, lastName, email, phone, company]);
  return [['Given name', 'Surname', 'E-mail', 'Mobile', 'Organisation'], ...rows]
    .map((row) => row.map((cell) => `"${cell}"`).join(','))
    .join('\r\n');
}

function sheetRow({ firstName, lastName, email, phone, company, jobTitle, city }: Invented): readonly FakeCell[] {
  return [firstName, lastName, email, phone, company, jobTitle, city];
}

function fillHubspot({ people: inHubspot, portal }: RunningHubspot, people: readonly Invented[]): readonly string[] {
  return people.map(({ firstName, lastName, email, phone, company, jobTitle, city }, at) => {
    const optOut = at % 30 === 29 ? { hs_email_optout: 'true' } : {};
    const values = { firstname: firstName, lastname: lastName, email, phone, company, jobtitle: jobTitle, city, ...optOut };
    const id = inHubspot.createContact(values);
    if (at % 3 === 0)
      inHubspot.createItem(
        'deals',
        { dealname: `${company}, ${at + 5} seats`, pipeline: 'default', dealstage: 'qualifiedtobuy', amount: `${(at + 5) * 90}` },
        [id],
      );
    if (at % 2 === 0)
      inHubspot.createItem(
        'calls',
        { hs_timestamp: String(portal.now() - at * 3_600_000), hs_call_title: `Call with ${firstName}`, hs_call_direction: 'OUTBOUND' },
        [id],
      );
    return id;
  });
}

function fillSalesforce({ people: inOrg }: FakeSalesforce, people: readonly Invented[]): readonly string[] {
  const campaign = inOrg.addCampaign(CAMPAIGN);
  return people.map(({ firstName, lastName, email, phone, company, jobTitle }, at) => {
    const values = {
      FirstName: firstName,
      LastName: lastName,
      Email: email,
      Phone: phone,
      Company: company,
      Title: jobTitle,
      LeadSource: 'Web',
    };
    const id = inOrg.addLead({ ...values, Region__c: at % 2 === 0 ? 'EMEA' : 'AMER' });
    if (at < 40) inOrg.addMember(campaign, id, at % 5 === 0 ? 'Responded' : 'Sent');
    return id;
  });
}
