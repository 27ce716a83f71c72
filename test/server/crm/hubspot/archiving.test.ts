import { afterEach, expect, test } from 'vitest';
import { type HubspotWorld, openHubspotCrm } from '../../../support/hubspot/open-crm.ts';

let world: HubspotWorld;
afterEach(() => world.hubspot.close());

async function openWith(count: number) {
  world = await openHubspotCrm();
  const { crm, hubspot } = world;
  return { crm, hubspot, ids: Array.from({ length: count }, (_, index) => hubspot.people.createContact({ email: `p${index}@x.io` })) };
}

test('a whole batch that is refused for one contact goes to the bin in halves, each contact answered by itself', async () => {
  const { crm, hubspot, ids } = await openWith(4);
  const refusal = { status: 'error', category: 'VALIDATION_ERROR', message: 'no', correlationId: 'c' };
  hubspot.faults.answer('batch/archive', 400, refusal); // all four
  hubspot.faults.answer('batch/archive', 400, refusal); // the first two
  hubspot.faults.answer('batch/archive', 400, refusal); // the first alone
  const answers = await crm.archiveRecords('contact', ids);
  expect(answers.map(({ opId, kind }) => [opId, kind])).toEqual(ids.map((id, index) => [id, index === 0 ? 'failed' : 'written']));
  expect(answers[0]).toMatchObject({ failure: { kind: 'validation' } });
});

test('a batch of which nobody knows is not sent in parts, and every contact of it is told so', async () => {
  const { crm, hubspot, ids } = await openWith(3);
  hubspot.faults.drop('batch/archive');
  expect(await crm.archiveRecords('contact', ids)).toMatchObject(
    ids.map((opId) => ({ kind: 'failed', opId, failure: { kind: 'ambiguous' } })),
  );
  expect(hubspot.count('batch/archive')).toBe(1);
});
