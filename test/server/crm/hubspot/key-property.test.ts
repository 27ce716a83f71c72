import { afterEach, describe, expect, test } from 'vitest';
import { runSync, type SyncAsk } from '../../../../server/crm/sync/run.ts';
import type { SyncSettings } from '../../../../shared/crm/sync-settings.ts';
import { AT, openSqliteBench, SETTINGS, type SqliteBench } from '../../../contract/sync-benches.ts';
import { HUBSPOT_SCOPES } from '../../../support/hubspot/hubspot-oauth.ts';
import { type HubspotWorld, openHubspotCrm } from '../../../support/hubspot/open-crm.ts';

/** The property of HubSpot's contacts that is unique and holds the lead: who may make it, and what goes without it. */

const WITHOUT_SCHEMA = HUBSPOT_SCOPES.filter((scope) => scope !== 'crm.schemas.contacts.write');
let bench: SqliteBench;
let world: HubspotWorld;
let count = 0;
async function open(settings: Partial<SyncSettings>, scopes: readonly string[] = HUBSPOT_SCOPES) {
  bench = await openSqliteBench();
  world = await openHubspotCrm({ scopes });
  world.clock.at = AT;
  world.hubspot.people.defineProperty('contacts', { name: 'size', label: 'Size', type: 'string', fieldType: 'text' });
  const act = { workspace: bench.workspace, member: null, at: AT };
  await bench.store.changeSettings(act, bench.connection, { ...SETTINGS, ...settings });
  return world.hubspot;
}
afterEach(async () => {
  await world.hubspot.close();
  await bench.end();
});

const run = (ask: Partial<SyncAsk> = {}) => {
  world.clock.at += 600_000;
  const { store, workspace, connection } = bench;
  const now = () => world.clock.at;
  const parts = { crm: world.crm, store, workspace, connection, defaultCountry: 'US', owner: 'one', now, newId: () => `id-${count++}` };
  return runSync(parts, { trigger: 'by_hand', ...ask });
};
const hasProperty = () => world.hubspot.portal.properties.get('contacts')?.has('leadline_id');
const emails = () => world.hubspot.people.contactIds().map((id) => world.hubspot.people.contact(id)?.get('email'));

describe('nothing is made in HubSpot before an admin has said that leads may be made there', () => {
  test.each<[string, Partial<SyncSettings>, Partial<SyncAsk>]>([
    ['not by keeping in step', { scopeOut: { kind: 'off' } }, {}],
    ['not by saying what a run would do', { scopeOut: { kind: 'all' } }, { trigger: 'dry_run' }],
  ])('%s', async (_why, settings, ask) => {
    const hubspot = await open(settings);
    hubspot.people.createContact({ email: 'bob@x.io', lastname: 'Ray' });
    await bench.addLead({ lastName: 'Lee', email: 'ann@x.io' });
    await run(ask);
    await run(ask);
    expect([hasProperty(), emails()]).toEqual([false, ['bob@x.io']]);
    expect(hubspot.count('POST /crm/properties')).toBe(0);
  });

  test('then it is made once, with the first lead that goes there', async () => {
    const hubspot = await open({ scopeOut: { kind: 'all' } });
    await run();
    expect(hasProperty()).toBe(false);
    const lead = await bench.addLead({ lastName: 'Lee', email: 'ann@x.io' });
    await run();
    await run();
    expect([hasProperty(), hubspot.count('POST /crm/properties')]).toEqual([true, 1]);
    const [ann = ''] = hubspot.people.contactIds();
    expect(hubspot.people.contact(ann)?.get('leadline_id')).toBe(lead);
  });
});

describe('where it cannot be had, the address finds a contact again', () => {
  const refusals: readonly [string, readonly string[], (hubspot: HubspotWorld['hubspot']) => void][] = [
    ['the right to it was not given', WITHOUT_SCHEMA, () => {}],
    ['ten properties are unique already', HUBSPOT_SCOPES, ({ people }) => defineUniques(people)],
    ['there is one of that name which is not unique', HUBSPOT_SCOPES, ({ people }) => defineText(people, 'leadline_id')],
  ];
  const defineText = (people: HubspotWorld['hubspot']['people'], name: string, isUnique = false) =>
    people.defineProperty('contacts', { name, label: name, type: 'string', fieldType: 'text', isUnique });
  const defineUniques = (people: HubspotWorld['hubspot']['people']) => {
    for (let index = 0; index < 10; index += 1) defineText(people, `unique_${index}`, true);
  };

  test.each(refusals)('%s: a lead whose making was never answered is one contact all the same', async (_why, scopes, prepare) => {
    const hubspot = await open({ scopeOut: { kind: 'all' } }, scopes);
    prepare(hubspot);
    await bench.addLead({ lastName: 'Lee', email: 'ann@x.io' });
    hubspot.faults.loseReply('batch/create');
    await run();
    await run();
    await run();
    expect(emails()).toEqual(['ann@x.io']);
    const [ann = ''] = hubspot.people.contactIds();
    expect(hubspot.people.contact(ann)?.has('leadline_id')).toBe(false);
    const [lead] = await bench.leads();
    await bench.editLead(lead?.id ?? '', { jobTitle: 'Chief' }, world.clock.at);
    await run();
    expect(hubspot.people.contact(ann)?.get('jobtitle')).toBe('Chief');
  });

  test('a lead without an address whose making was never answered waits for a person, as nothing would find it', async () => {
    const hubspot = await open({ scopeOut: { kind: 'all' } }, WITHOUT_SCHEMA);
    await bench.addLead({ lastName: 'Lee', phone: '+12025550123' });
    hubspot.faults.loseReply('batch/create');
    for (let turn = 0; turn < 4; turn += 1) await run();
    expect([hubspot.people.contactIds().length, hubspot.count('batch/create')]).toEqual([1, 1]);
  });
});
