import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SaveLeadsAnswer, SaveLeadsBody } from '#shared/api/leads.ts';
import { findLeads, getLead } from '../../../server/leads/find-leads.ts';
import { createList } from '../../../server/leads/lists.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { addSuppressions } from '../../../server/leads/suppressions.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const ANN = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123' };
const BOB = { firstName: 'Bob', lastName: 'Ray', email: 'bob@example.com', phone: '2025550124' };

function post(body: SaveLeadsBody, key?: string) {
  const once = key === undefined ? null : { key, request: 'POST /api/leads', sha256: JSON.stringify(body) };
  return saveLeads(server.backend, server.actor, body, once);
}
async function save(body: SaveLeadsBody, key?: string): Promise<SaveLeadsAnswer & { readonly status: number }> {
  const saved = await post(body, key);
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return { ...JSON.parse(saved.value.body), status: saved.value.status };
}
async function stored(): Promise<number> {
  const found = await findLeads(server.backend, server.actor, {});
  return found.ok ? found.value.pagination.totalCount : -1;
}
async function makeList(name: string): Promise<string> {
  const made = await createList(server.backend, server.actor, { name });
  return made.ok ? made.value.id : '';
}

test('one lead is saved to the default list, as the reference shows it', async () => {
  const { listId, importId, leadIds, ...answer } = await save({ leads: [ANN] });
  expect(answer).toEqual({
    status: 201,
    message: '1 lead saved',
    savedCount: 1,
    createdCount: 1,
    addedCount: 0,
    updatedCount: 0,
    duplicateCount: 0,
    reviewCount: 0,
    suppressedCount: 0,
    invalidCount: 0,
    totalProcessed: 1,
    leadId: leadIds[0],
    duplicateOnly: false,
    existingLeadIds: [],
    duplicates: [],
    invalid: [],
    warnings: [],
    dryRun: false,
  });
  const lead = await getLead(server.backend, server.actor, leadIds[0] ?? '');
  expect(lead.ok && lead.value.lead).toMatchObject({
    ...ANN,
    phone: '+12025550123',
    version: 1,
    listIds: [listId],
    source: 'api',
    tags: [],
  });
  expect(importId).toMatch(/^[0-9a-f-]{36}$/);
});

test('a lead keeps every field it came with', async () => {
  const whole = {
    ...ANN,
    altPhone1: '+442079460018',
    altEmail1: 'ann@example.org',
    companyName: 'Fernhill',
    jobTitle: 'Head of Sales',
    linkedinUrl: 'https://www.linkedin.com/in/ann-lee-example',
    notes: 'Line one\nline two',
    ownerEmail: 'ann@example.com',
    tags: ['fair', 'spring'],
    customFields: [
      { label: '__proto__', value: 'x' },
      { label: 'Size', value: '12', type: 'number' as const },
    ],
  };
  const { leadId } = await save({ leads: [whole] });
  const lead = await getLead(server.backend, server.actor, leadId ?? '');
  expect(lead.ok && lead.value.lead).toMatchObject({ ...whole, phone: '+12025550123', owner: { email: 'ann@example.com' } });
});

describe('invalid leads', () => {
  test('one of them stops the call, with every problem, and nothing is written', async () => {
    const result = await post({ leads: [ANN, { ...BOB, email: 'bob' }, { firstName: 'Cy', lastName: 'Oh', email: 'cy@example.com' }] });
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'INVALID_LEADS',
        data: { invalid: 2, total: 3 },
        details: [
          { index: 1, field: 'email', code: 'email_no_at', value: 'bob' },
          { index: 2, field: 'phone', code: 'phone_missing', value: '' },
        ],
      },
    });
    expect(await stored()).toBe(0);
  });

  test('with onInvalid "skip" the others are saved', async () => {
    const answer = await save({ leads: [ANN, { ...BOB, email: 'bob' }], onInvalid: 'skip' });
    expect(answer).toMatchObject({
      status: 201,
      createdCount: 1,
      invalidCount: 1,
      invalid: [{ index: 1, problems: [{ code: 'email_no_at' }] }],
    });
    expect(answer.leadIds[1]).toBeNull();
  });

  test('all of them invalid under "skip" is no error, and nothing new', async () => {
    expect(await save({ leads: [{ firstName: 'Ann' }], onInvalid: 'skip' })).toMatchObject({ status: 200, savedCount: 0, invalidCount: 1 });
  });

  test('under "reachable" a name and one way to reach the person are enough', async () => {
    expect(await save({ leads: [{ firstName: 'Ann', phone: '2025550123' }], require: 'reachable' })).toMatchObject({ createdCount: 1 });
  });
});

describe('duplicates', () => {
  test('the same lead again is told with the one that is there', async () => {
    const { leadId } = await save({ leads: [ANN] });
    const again = await save({ leads: [{ ...ANN, phone: '2025559999' }] });
    expect(again).toMatchObject({ status: 200, savedCount: 0, duplicateCount: 1, duplicateOnly: true, leadId, existingLeadIds: [leadId] });
    expect(again.duplicates).toMatchObject([
      { input: { phone: '2025559999' }, existingLead: { id: leadId, phone: '+12025550123' }, matchedOn: 'email' },
    ]);
  });

  test('twice in one call is one lead', async () => {
    const answer = await save({ leads: [ANN, ANN] });
    expect(answer).toMatchObject({ createdCount: 1, duplicateCount: 1, duplicateOnly: false });
    expect(answer.leadIds[0]).toBe(answer.leadIds[1]);
  });

  test('in another list the lead is added, its fields untouched', async () => {
    const { leadId } = await save({ leads: [ANN] });
    const listId = await makeList('Second');
    const answer = await save({ leads: [{ ...ANN, notes: 'x' }], listId });
    expect(answer).toMatchObject({ status: 201, savedCount: 1, addedCount: 1, leadId });
    const lead = await getLead(server.backend, server.actor, leadId ?? '');
    expect(lead.ok && lead.value.lead).toMatchObject({ version: 1 });
    expect(lead.ok && lead.value.lead).not.toHaveProperty('notes');
  });

  test('the same phone in the list is a duplicate, whoever has it: nobody is there to be asked', async () => {
    await save({ leads: [ANN] });
    const answer = await save({ leads: [{ ...BOB, phone: ANN.phone }] });
    expect(answer).toMatchObject({ duplicateCount: 1, duplicates: [{ matchedOn: 'phone' }] });
  });

  test('the same phone of another person in another list is a new lead', async () => {
    await save({ leads: [ANN] });
    const answer = await save({ leads: [{ ...BOB, phone: ANN.phone }], listId: await makeList('Second') });
    expect(answer).toMatchObject({ createdCount: 1 });
  });

  test('keys of two leads wait for a decision under the import', async () => {
    await save({ leads: [ANN, BOB] });
    const answer = await save({ leads: [{ ...ANN, altEmail1: BOB.email }] });
    expect(answer).toMatchObject({ status: 200, reviewCount: 1, leadIds: [null] });
    const rows = await server.store.readImportRows(server.actor.workspace, answer.importId ?? '', { bucket: 'review', limit: 5 });
    expect(rows).toMatchObject({ rows: [{ line: 1, bucket: 'review', lead: { email: ANN.email } }] });
  });

  test('"create" makes another one', async () => {
    await save({ leads: [ANN] });
    expect(await save({ leads: [ANN], onDuplicate: 'create' })).toMatchObject({ createdCount: 1 });
  });

  test('"overwrite" must say which fields', async () => {
    const result = await post({ leads: [ANN], onDuplicate: 'overwrite' });
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST', about: 'overwrite_without_fields' } });
  });

  test('"fill" is told as updated', async () => {
    await save({ leads: [ANN] });
    expect(await save({ leads: [{ ...ANN, notes: 'x' }], onDuplicate: 'fill' })).toMatchObject({
      status: 201,
      savedCount: 0,
      updatedCount: 1,
    });
  });
});

test('a dry run tells what would happen and keeps nothing, ids included', async () => {
  await save({ leads: [ANN] });
  const answer = await save({ leads: [ANN, BOB], dryRun: true }, 'key');
  expect(answer).toMatchObject({ status: 200, createdCount: 1, duplicateCount: 1, dryRun: true, importId: null });
  expect(answer.leadIds[1]).toBeNull();
  expect(await stored()).toBe(1);
  expect(await save({ leads: [BOB] }, 'key')).toMatchObject({ status: 201 });
});

test('a suppressed lead is not saved, and the entry is named', async () => {
  await addSuppressions(server.backend, server.actor, [{ kind: 'email', value: 'Ann@Example.com' }]);
  expect(await save({ leads: [ANN, BOB] })).toMatchObject({ createdCount: 1, suppressedCount: 1, leadIds: [null, expect.any(String)] });
});

test('a list that does not exist is an error and nothing is written', async () => {
  expect(await post({ leads: [ANN], listId: 'nope' })).toEqual({ ok: false, error: { code: 'LIST_NOT_FOUND' } });
  expect(await stored()).toBe(0);
});

test.each([
  ['+44', '020 7946 0018', '+442079460018'],
  ['1', '2025550123', '+12025550123'],
])('phones are read as those of the calling code %s', async (defaultCountryCode, phone, expected) => {
  const { leadId } = await save({ leads: [{ ...ANN, phone }], defaultCountryCode });
  const lead = await getLead(server.backend, server.actor, leadId ?? '');
  expect(lead.ok && lead.value.lead.phone).toBe(expected);
});

test('a calling code of no country is an error', async () => {
  expect(await post({ leads: [ANN], defaultCountryCode: '+999' })).toMatchObject({ ok: false, error: { about: 'bad_country' } });
});

describe('the same request under an Idempotency-Key', () => {
  test('is carried out once and answered the same, to the byte', async () => {
    const first = await post({ leads: [ANN] }, 'key');
    server = await server.reopen();
    expect(await post({ leads: [ANN] }, 'key')).toEqual(first);
    expect(await stored()).toBe(1);
  });

  test('with another body is refused', async () => {
    await post({ leads: [ANN] }, 'key');
    expect(await post({ leads: [BOB] }, 'key')).toEqual({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH' } });
    expect(await stored()).toBe(1);
  });

  test('fifty times at once is one time', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => post({ leads: [ANN, BOB] }, 'key')));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await stored()).toBe(2);
  });
});

test('eight callers at once with overlapping leads make each lead once', async () => {
  const people = Array.from({ length: 40 }, (_, index) => ({ ...ANN, email: `p${index}@example.com`, phone: `20255501${10 + index}` }));
  const callers = Array.from({ length: 8 }, (_, caller) => save({ leads: people.slice(caller * 3, caller * 3 + 20) }));
  const created = (await Promise.all(callers)).reduce((sum, answer) => sum + answer.createdCount, 0);
  expect(created).toBe(await stored());
  expect(created).toBe(people.length);
});
