import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DecideBody } from '#shared/api/closed-imports.ts';
import type { CreateImportBody } from '#shared/api/imports.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { RETENTION } from '#shared/limits.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { decideRows } from '../../../server/imports/decide-rows.ts';
import { completeImport } from '../../../server/imports/finish-import.ts';
import { listImportRows } from '../../../server/imports/read-imports.ts';
import { undoImport } from '../../../server/imports/undo-import.ts';
import { deleteLeads } from '../../../server/leads/change-leads.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { addSuppressions } from '../../../server/leads/suppressions.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';
import { announce, IMPORT_ID, person, send, sendGood } from './announce.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const SWITCHBOARD = '+12025550100';
/** A colleague: the same phone, another name and another address. */
const colleague = (name: string, rest: Lead = {}): Lead => person(name, { phone: SWITCHBOARD, lastName: `Of ${name}`, ...rest });

/** Stores leads in the default list; gives their ids. */
async function store(...leads: readonly Lead[]): Promise<string[]> {
  const saved = await saveLeads(server.backend, server.actor, { leads, onDuplicate: 'create' }, null);
  return saved.ok ? JSON.parse(saved.value.body).leadIds : [];
}
/** Imports leads as lines 2, 3 … to the list "Fair"; gives their buckets. */
async function importLeads(leads: readonly Lead[], rest: Partial<CreateImportBody> = {}): Promise<string[]> {
  await announce(server, { total: leads.length, ...rest });
  const rows: PlannedRow[] = leads.map((lead, index) => ({ line: index + 2, decision: 'auto', lead, raw: [lead.email ?? ''] }));
  const { outcomes } = await sendGood(server, rows);
  await completeImport(server.backend, server.actor, IMPORT_ID);
  return outcomes.map(({ bucket }) => bucket);
}
const decide = (body: DecideBody) => decideRows(server.backend, server.actor, IMPORT_ID, body);
const one = (line: number, as: 'create' | 'same' | 'skip', leadId?: string): DecideBody => ({
  decisions: [{ line, as, ...(leadId === undefined ? {} : { leadId }) }],
});
async function rows(bucket?: 'review' | 'suppressed') {
  const page = await listImportRows(server.backend, server.actor, IMPORT_ID, bucket ? { bucket } : {});
  if (!page.ok) throw new Error(page.error.code);
  return page.value.rows;
}
const read = async (id: string | null | undefined) => (await server.store.readLead(server.actor.workspace, id ?? ''))?.lead;
const refusal = (line: number, reason: string) => ({ error: { about: 'undecidable', details: [{ line, reason }] } });

describe('a row in review', () => {
  test('shows whom it may be about, and its own cells', async () => {
    const [ann] = await store(colleague('Ann'));
    expect(await importLeads([colleague('Bob')])).toEqual(['review']);
    expect(await rows('review')).toMatchObject([
      { line: 2, candidates: [ann], lead: { name: 'Bob Of Bob', email: 'bob@example.com' }, raw: ['bob@example.com'] },
    ]);
  });

  test('decided as another person it is stored, and the sum stays', async () => {
    await store(colleague('Ann'));
    await importLeads([colleague('Bob'), person('Cid')]);
    expect(await decide(one(2, 'create'))).toMatchObject({
      value: { created: 2, review: 0, total: 2, changedSincePreview: 0, message: '2 leads saved to Fair.' },
    });
    const [row] = await rows();
    expect(await read(row?.leadId)).toMatchObject({ email: 'bob@example.com', phone: SWITCHBOARD });
    expect(row).toMatchObject({ bucket: 'created', raw: null, lead: { email: 'bob@example.com' } });
  });

  const same: readonly (readonly [string, CreateImportBody['policy'], string | null, string, string | undefined])[] = [
    ['skip, elsewhere: into the list, untouched', { onDuplicate: 'skip' }, null, 'addedToList', undefined],
    ['fill, elsewhere: into the list, blanks filled', { onDuplicate: 'fill' }, null, 'addedToList', 'Acme'],
    ['skip, in the list: left alone', { onDuplicate: 'skip' }, 'Default list', 'duplicate', undefined],
    ['fill, in the list: blanks filled', { onDuplicate: 'fill' }, 'Default list', 'updated', 'Acme'],
    [
      'overwrite, in the list: the chosen field',
      { onDuplicate: 'overwrite', overwriteFields: ['companyName'] },
      'Default list',
      'updated',
      'Acme',
    ],
    ['skip, whole workspace: left alone', { onDuplicate: 'skip', scope: 'workspace' }, null, 'duplicate', undefined],
  ];
  test.each(same)('decided as the same person, %s', async (_, policy = {}, list, bucket, companyName) => {
    const [ann] = await store(colleague('Ann'));
    await importLeads([colleague('Bob', { companyName: 'Acme' })], { policy, list: { name: list ?? 'Fair' } });
    expect(await decide(one(2, 'same'))).toMatchObject({ value: { [bucket]: 1, review: 0 } });
    expect(await rows()).toMatchObject([{ bucket, leadId: ann }]);
    expect(await read(ann)).toMatchObject({ email: 'ann@example.com', firstName: 'Ann', ...(companyName ? { companyName } : {}) });
    expect((await read(ann))?.companyName).toBe(companyName);
  });

  test('left alone it is a duplicate, and nothing is written', async () => {
    const [ann] = await store(colleague('Ann'));
    const before = await read(ann);
    await importLeads([colleague('Bob', { companyName: 'Acme' })], { policy: { onDuplicate: 'fill' } });
    expect(await decide(one(2, 'skip'))).toMatchObject({ value: { duplicate: 1, review: 0, created: 0 } });
    expect(await read(ann)).toEqual(before);
  });

  test('that may be one of several leads needs to be told which', async () => {
    const [ann, bea] = await store(colleague('Ann'), colleague('Bea'));
    await importLeads([colleague('Cid')]);
    expect((await rows())[0]?.candidates).toEqual([ann, bea]);
    expect(await decide(one(2, 'same'))).toMatchObject(refusal(2, 'several_candidates'));
    expect(await decide(one(2, 'same', bea))).toMatchObject({ value: { addedToList: 1 } });
    expect(await rows()).toMatchObject([{ leadId: bea }]);
  });

  test('that shares a phone with an earlier row of its file can be the same as that one', async () => {
    expect(await importLeads([colleague('Ann'), colleague('Bob')])).toEqual(['created', 'review']);
    const [first] = await rows();
    expect((await rows('review'))[0]?.candidates).toEqual([first?.leadId]);
    expect(await decide(one(3, 'same'))).toMatchObject({ value: { created: 1, duplicate: 1, review: 0 } });
  });

  test('is suppressed when somebody opted out meanwhile, naming entry and date and nobody', async () => {
    await store(colleague('Ann'));
    await importLeads([colleague('Bob')]);
    await addSuppressions(server.backend, server.actor, [{ kind: 'email', value: 'bob@example.com' }]);
    expect(await decide(one(2, 'create'))).toMatchObject({ value: { created: 0, suppressed: 1, review: 0 } });
    const [row] = await rows('suppressed');
    expect(row).toMatchObject({ leadId: null, lead: null, raw: null });
    const since = new Date(server.clock.now).toISOString();
    expect(row?.problems.at(-1)).toMatchObject({ code: 'suppressed', data: { entry: 'bob@example.com', kind: 'email', since } });
  });

  test('is a duplicate when the same person has been stored meanwhile by the same import', async () => {
    await store(colleague('Ann'));
    expect(await importLeads([colleague('Bob'), { ...colleague('Bob'), firstName: 'Robert' }])).toEqual(['review', 'review']);
    expect(await decide({ all: { as: 'create' } })).toMatchObject({ value: { created: 1, duplicate: 1, review: 0 } });
  });

  test('is so too when the rows are decided one after the other', async () => {
    await store(colleague('Ann'));
    await importLeads([colleague('Bob'), { ...colleague('Bob'), firstName: 'Robert' }]);
    await decide(one(2, 'create'));
    expect(await decide(one(3, 'create'))).toMatchObject({ value: { created: 1, duplicate: 1, review: 0 } });
  });

  test('is suppressed as well when it is the same person', async () => {
    const [ann] = await store(colleague('Ann'));
    await importLeads([colleague('Bob', { companyName: 'Acme' })], { policy: { onDuplicate: 'fill' } });
    await addSuppressions(server.backend, server.actor, [{ kind: 'email', value: 'bob@example.com' }]);
    expect(await decide(one(2, 'same', ann))).toMatchObject({ value: { addedToList: 0, suppressed: 1, review: 0 } });
    expect((await read(ann))?.companyName).toBeUndefined();
  });

  test('brings a lead that cannot be stored in no case', async () => {
    await announce(server, {});
    const bad: PlannedRow = { line: 2, decision: 'review', lead: { ...person('Bob'), email: 'nonsense' }, raw: ['x'] };
    expect((await sendGood(server, [bad])).outcomes).toMatchObject([{ bucket: 'rejected', changed: true }]);
  });
});

describe('decisions', () => {
  test('again the same way are harmless, another way a conflict', async () => {
    const [ann] = await store(colleague('Ann'));
    await importLeads([colleague('Bob')]);
    const first = await decide(one(2, 'same'));
    expect(await decide(one(2, 'same'))).toEqual(first);
    expect(await decide(one(2, 'same', ann))).toEqual(first);
    expect(await decide(one(2, 'create'))).toMatchObject({ error: { code: 'CONFLICT' } });
    expect(await decide(one(2, 'skip'))).toMatchObject(refusal(2, 'decided_otherwise'));
  });

  const wrong: readonly (readonly [string, DecideBody, string, number, string])[] = [
    ['a line the import does not have', one(99, 'create'), 'NOT_FOUND', 99, 'no_such_line'],
    ['a row that was stored', one(3, 'skip'), 'CONFLICT', 3, 'not_in_review'],
    ['a lead nobody has', one(2, 'same', 'nobody'), 'NOT_FOUND', 2, 'no_such_lead'],
  ];
  test.each(wrong)('about %s are refused with the line, and none of them is carried out', async (_, body, code, line, reason) => {
    await store(colleague('Ann'));
    await importLeads([colleague('Bob'), person('Cid'), colleague('Dan')]);
    const decisions = 'decisions' in body ? [{ line: 4, as: 'create' as const }, ...body.decisions] : [];
    expect(await decide({ decisions })).toMatchObject({ error: { code, details: [{ line, reason }] } });
    expect((await rows('review')).map((row) => row.line)).toEqual([2, 4]);
  });

  test('that contradict one another in one request are refused', async () => {
    await store(colleague('Ann'));
    await importLeads([colleague('Bob')]);
    const decisions = [one(2, 'create'), one(2, 'skip')].flatMap((body) => ('decisions' in body ? body.decisions : []));
    expect(await decide({ decisions })).toMatchObject(refusal(2, 'decided_otherwise'));
  });

  test('about a candidate that was deleted since', async () => {
    const [ann = ''] = await store(colleague('Ann'));
    await importLeads([colleague('Bob')]);
    await deleteLeads(server.backend, server.actor, [ann]);
    expect(await decide(one(2, 'same'))).toMatchObject({ error: { code: expect.any(String) } });
    expect((await rows())[0]?.leadId).toBeNull();
  });

  test('all alike go through every row; "same" leaves those with several candidates', async () => {
    const count = 1_200;
    await store(colleague('Ann'));
    await announce(server, { total: count + 1, chunkCount: 2 });
    const many: PlannedRow[] = Array.from({ length: count + 1 }, (_, index) => ({
      line: index + 2,
      decision: 'review',
      lead: index === count ? person('Zoe') : colleague(`P${index}`),
    }));
    await send(server, many.slice(0, 1_000), 0);
    await send(server, many.slice(1_000), 1);
    await completeImport(server.backend, server.actor, IMPORT_ID);
    expect(await decide({ all: { as: 'same' } })).toMatchObject({ value: { addedToList: 1, duplicate: count - 1, review: 1 } });
    expect(await decide({ all: { as: 'create' } })).toMatchObject({ value: { created: 1, review: 0, total: count + 1 } });
  });

  test('are taken for 30 days from the receipt, not before it and not after an undo', async () => {
    await store(colleague('Ann'));
    await announce(server, { total: 1 });
    await sendGood(server, [{ line: 2, decision: 'auto', lead: colleague('Bob') }]);
    expect(await decide(one(2, 'create'))).toMatchObject({ error: { code: 'CONFLICT', about: 'import_open' } });
    await completeImport(server.backend, server.actor, IMPORT_ID);
    server.clock.now += RETENTION.originalsMs + 1;
    expect(await decide(one(2, 'create'))).toMatchObject({ error: { code: 'CONFLICT', about: 'decide_too_late' } });
    expect(await decide({ all: { as: 'create' } })).toMatchObject({ error: { about: 'decide_too_late' } });
    server.clock.now -= 1;
    await undoImport(server.backend, server.actor, IMPORT_ID);
    expect(await decide(one(2, 'create'))).toMatchObject({ error: { code: 'CONFLICT', about: 'import_undone' } });
  });

  test('are undone with the import', async () => {
    const [ann] = await store(colleague('Ann'));
    const before = await read(ann);
    await importLeads([colleague('Bob', { companyName: 'Acme' }), colleague('Cid')], { policy: { onDuplicate: 'fill' } });
    await decide({
      decisions: [
        { line: 2, as: 'same' },
        { line: 3, as: 'create' },
      ],
    });
    expect(await undoImport(server.backend, server.actor, IMPORT_ID)).toMatchObject({ value: { removed: 1, restored: 1, kept: [] } });
    expect(await read(ann)).toEqual(before);
  });
});
