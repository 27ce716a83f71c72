import { authorizeUrl, exchangeCode, refreshTokens, revokeToken } from '../../../server/crm/access/oauth.ts';
import { hubspotCrm } from '../../../server/crm/hubspot/hubspot-crm.ts';
import { hubspotOAuth } from '../../../server/crm/hubspot/hubspot-oauth.ts';
import { makeHubspotLimiter } from '../../../server/crm/hubspot/transport.ts';
import { ok } from '../../../shared/result.ts';
import { readAll, unwrap, valuesOf } from '../crm-answers.ts';
import type { Exchange } from '../crm-recorder.ts';
import { NOBODY } from '../nobody-counts.ts';
import { type HubspotWorld, openHubspotCrm } from './open-crm.ts';

const REDIRECT = 'http://localhost:1/back';
const FIELDS = ['email', 'firstname', 'lastname', 'phone', 'hs_additional_emails.1', 'hs_lead_status', 'date_of_birth'];
const all = { kind: 'all' } as const;

/** Everything that our adapter and our sign-in ask of HubSpot, each at least once, with every kind of answer there is. */
export async function recordTraffic(): Promise<readonly Exchange[]> {
  const world = await openHubspotCrm({ isRecorded: true, app: { redirects: [REDIRECT] } });
  try {
    await signIn(world);
    const seeded = seed(world);
    await readEverything(world, seeded);
    await writeEverything(world, seeded);
    await meetRefusals(world);
    return world.exchanges;
  } finally {
    await world.hubspot.close();
  }
}

async function signIn({ hubspot }: HubspotWorld): Promise<void> {
  const client = { id: hubspot.app.clientId, secret: hubspot.app.clientSecret };
  const vendor = { clientId: client.id, clientSecret: client.secret, apiUrl: hubspot.url, authUrl: hubspot.url };
  const oauth = hubspotOAuth(vendor);
  const asked = { client, loginHost: null, redirectUrl: REDIRECT, state: 's', verifier: 'v'.repeat(43) };
  const back = await fetch(authorizeUrl(oauth, asked), { redirect: 'manual' });
  const code = new URL(back.headers.get('Location') ?? REDIRECT).searchParams.get('code') ?? '';
  const tokens = unwrap(await exchangeCode(oauth, { ...asked, code }));
  unwrap(await oauth.identify(tokens));
  await exchangeCode(oauth, { ...asked, code }); // a code serves once
  const refreshToken = tokens.refreshToken ?? '';
  unwrap(await refreshTokens(oauth, client, null, refreshToken));
  await refreshTokens(oauth, { ...client, secret: 'wrong' }, null, refreshToken);
  await revokeToken(oauth, client, null, refreshToken);
  await refreshTokens(oauth, client, null, refreshToken);
  await oauth.identify(tokens);
  unwrap(await (oauth.identifyKey?.(hubspot.oauth.serviceKey()) ?? Promise.reject()));
  await oauth.identifyKey?.(hubspot.oauth.serviceKey(['oauth']));
  await oauth.identifyKey?.('pat-na1-unknown');
}

function seed({ hubspot: { people }, clock }: HubspotWorld) {
  const add = (name: string, more = {}) => people.createContact({ email: `${name}@x.io`, firstname: name, ...more });
  const ann = add('ann', { hs_additional_emails: 'ann@y.io', hs_email_optout: 'true', hs_lead_status: 'NEW', numemployees: '5' });
  const [bob, cid, dan, eve, fay] = ['bob', 'cid', 'dan', 'eve', 'fay'].map((name) => add(name)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const list = people.createList('VIP', [ann, bob, cid]);
  const survivor = people.mergeContacts(bob, cid);
  people.archiveContact(dan);
  people.purgeContact(eve);
  const at = String(clock.at);
  const deal = { dealname: 'Ten seats', pipeline: 'default', dealstage: 'contractsent', amount: '1200', closedate: '2026-12-01' };
  people.createItem('deals', deal, [ann, fay]);
  people.createItem('deals', { dealname: 'Nobody’s', pipeline: 'default', dealstage: 'closedlost' });
  people.createItem('calls', { hs_timestamp: at, hs_call_title: 'Intro', hs_call_direction: 'OUTBOUND' }, [ann]);
  people.createItem('emails', { hs_timestamp: at, hs_email_subject: 'Hello', hs_email_direction: 'EMAIL' }, [ann]);
  people.createItem('meetings', { hs_timestamp: at, hs_meeting_title: 'Demo' }, [ann]);
  people.createItem('notes', { hs_timestamp: at, hs_note_body: '<p>Hi</p>' }, [ann]);
  people.createItem('tasks', { hs_timestamp: at, hs_task_subject: 'Call back' }, [ann]);
  return { ann, bob, cid, dan, eve, fay, survivor, list: { kind: 'list', id: list, name: 'VIP' } as const };
}
type Seeded = ReturnType<typeof seed>;

async function readEverything({ crm, hubspot, clock }: HubspotWorld, { ann, bob, dan, eve, list }: Seeded): Promise<void> {
  const window = { from: clock.at - 1_000, to: clock.at };
  unwrap(await crm.describe('contact'));
  unwrap(await crm.listScopes('contact', ''));
  for (const scope of [all, list]) {
    unwrap(await crm.countRecords('contact', scope));
    await readAll((page) => crm.listRecords('contact', scope, FIELDS, page));
    await readAll((page) => crm.listChanged('contact', scope, window, page));
  }
  Object.assign(hubspot.portal.habits, { pageSize: 2, emptyPages: 1 });
  await readAll((page) => crm.listChanged('contact', all, window, page)); // ties, counted
  await readAll((page) => crm.listRecords('contact', all, FIELDS, page));
  Object.assign(hubspot.portal.habits, { pageSize: null, emptyPages: 0 });
  unwrap(await crm.readRecords('contact', [ann, bob, dan, eve], FIELDS));
  unwrap(await crm.findByKey('contact', ['nobody'], FIELDS));
  unwrap(await crm.findByEmail('contact', ['ann@y.io', 'ann@x.io', 'nobody@x.io'], FIELDS));
  unwrap(await crm.readHistory('contact', [ann, dan], ['email', 'firstname']));
  await crm.readRecords('contact', [ann], ['no_such_property']);
  for (const kind of crm.traits.sideKinds) {
    await readAll((page) => crm.listSideItems(kind, window, page));
    const found = unwrap(
      await crm.findSideItems(
        kind,
        [ann, bob, dan].map((id) => ({ type: 'contact', id })),
      ),
    );
    unwrap(await crm.readSideItems(kind, found));
    unwrap(await crm.sideLabelsMark(kind));
  }
}

async function writeEverything({ crm, hubspot }: HubspotWorld, { ann, bob, dan, eve, fay }: Seeded): Promise<void> {
  const item = (opId: string, values: Record<string, string>) => ({ opId, key: `lead-${opId}`, values: valuesOf(values) });
  const change = (id: string, values: Record<string, string>) => ({ opId: `c-${id}`, id, values: valuesOf(values) });
  await crm.createRecords('contact', [item('keyless', { email: 'keyless@x.io' })]);
  unwrap(await crm.ensureKeyField('contact'));
  unwrap(await crm.ensureKeyField('contact'));
  await crm.createRecords('contact', [item('1', { email: 'gus@x.io', firstname: 'Gus' })]);
  const bad = [
    item('1', { email: 'twin@x.io' }),
    item('2', { email: 'ANN@y.io' }),
    item('3', { email: 'no address' }),
    item('4', { numemployees: 'many', hs_lead_status: 'Warm' }),
    item('5', { no_such_property: 'x' }),
    item('6', { createdate: '1' }),
    item('7', { email: 'hal@x.io', date_of_birth: '1990-02-03' }),
  ];
  for (const wholeBatchFails of [false, true]) {
    hubspot.portal.habits.wholeBatchFails = wholeBatchFails;
    await crm.createRecords('contact', bad);
  }
  await crm.updateRecords('contact', [change(ann, { firstname: 'Anna', phone: '' }), change(fay, { phone: '+12025550123' })]);
  await crm.updateRecords('contact', [change(bob, { firstname: 'B' }), change(dan, { firstname: 'D' }), change(eve, { firstname: 'E' })]);
  await crm.updateRecords('contact', [change(ann, { email: 'gus@x.io' }), change(fay, { hs_lead_status: 'Warm' })]);
  await crm.writeOptOuts('contact', [{ id: fay, kinds: ['email'] }]);
  unwrap(await crm.findByKey('contact', ['lead-1', 'lead-2'], FIELDS));
  unwrap(await crm.readHistory('contact', [ann], ['firstname']));
  await crm.archiveRecords('contact', [fay]);
}

async function meetRefusals({ crm, hubspot, clock }: HubspotWorld): Promise<void> {
  const { faults } = hubspot;
  for (const policy of ['TEN_SECONDLY_ROLLING', 'SECONDLY'] as const) {
    faults.tooMany('search', policy, policy === 'SECONDLY' ? null : 1);
    await crm.countRecords('contact', all);
  }
  faults.locked('search');
  faults.migrating('search', 1);
  faults.badGateway('search');
  faults.answer('search', 414, '<html>414 Request-URI Too Large</html>');
  faults.expired('search');
  for (let turn = 0; turn < 4; turn += 1) await crm.countRecords('contact', all);
  await askPoorly(hubspot.url, clock, hubspot.oauth.serviceKey(['oauth']));
  await askPoorly(hubspot.url, clock, 'pat-na1-unknown');
  faults.tooMany('search', 'DAILY');
  await crm.countRecords('contact', all);
}

/** All that a connection may lack the right to. */
async function askPoorly(url: string, clock: { at: number }, token: string): Promise<void> {
  const now = () => clock.at;
  const sleep = async () => {};
  const limiter = makeHubspotLimiter({ now, sleep });
  const crm = hubspotCrm({ apiUrl: url, appId: null, now, sleep, limiter, accessToken: async () => ok(token), listener: NOBODY });
  await crm.describe('contact');
  await crm.ensureKeyField('contact');
  await crm.listScopes('contact', 'webinar');
  await crm.countRecords('contact', all);
  await crm.readRecords('contact', ['1'], []);
  await crm.updateRecords('contact', [{ opId: 'o', id: '1', values: valuesOf({ firstname: 'A' }) }]);
  for (const kind of crm.traits.sideKinds) await crm.listSideItems(kind, { from: 0, to: now() }, null);
}
