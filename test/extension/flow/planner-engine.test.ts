// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { suggestionsToMapping } from '#shared/mapping/suggest-mapping.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import { NO_REPAIR } from '#shared/plan/repair.ts';
import { readTable } from '#shared/table/read-csv.ts';
import { SAMPLE_CSV } from '#shared/table/sample.data.ts';
import type { PlanJob, Planner } from '../../../extension/flow/planner.ts';
import { createEngine } from '../../../extension/flow/planner-engine.ts';
import type { Database } from '../../../extension/storage/database.ts';
import { freshDatabase } from '../background/sealed-import.ts';
import { POLICY } from './draft-states.ts';

const nobody = async () => ({ matches: [], suppressed: [] });

async function storeFile(database: Database, text: string | Uint8Array<ArrayBuffer>): Promise<void> {
  await database.files.put({ draft: 'd', blob: new Blob([text]) });
}

async function jobFor(planner: Planner, rest: Partial<PlanJob> = {}): Promise<PlanJob> {
  const read = await planner.read({ draft: 'd', chosenAt: 1, read: {} });
  if (!read.ok) throw new Error(read.error.code);
  const mapping = suggestionsToMapping(read.value.suggestions);
  return { draft: 'd', chosenAt: 1, read: {}, mapping, policy: POLICY, repair: NO_REPAIR, ground: 'b', workspace: null, ...rest };
}

const ASKED = { address: 'http://localhost:8787', key: 'll_x', listId: null };

describe('the planner gives the page only what it shows', () => {
  test('the sample: ten rows, a suggestion for each column, facts of the whole file', async () => {
    const database = freshDatabase();
    await storeFile(database, SAMPLE_CSV);
    const planner = createEngine(database, nobody);
    const read = await planner.read({ draft: 'd', chosenAt: 1, read: {} });
    expect(read).toMatchObject({ ok: true, value: { facts: { rowCount: 60 } } });
    if (!read.ok) return;
    expect(read.value.firstRows).toHaveLength(10);
    expect(read.value.suggestions).toHaveLength(read.value.headers.length);
    expect(JSON.stringify(read.value).length).toBeLessThan(20_000);
  });

  test('the plan of the sample: every row in one decision, the first ten records, and what Reachable would keep', async () => {
    const database = freshDatabase();
    await storeFile(database, SAMPLE_CSV);
    const planner = createEngine(database, nobody);
    const job = await jobFor(planner, { workspace: ASKED });
    const view = await planner.plan(job, () => {});
    expect(view?.summary.total).toBe(60);
    const { create, reject, duplicate, blank } = view?.summary.decisions ?? { create: 0, reject: 0, duplicate: 0, blank: 0 };
    expect({ create, reject, duplicate, blank }).toEqual({ create: 48, reject: 8, duplicate: 3, blank: 1 });
    expect(view?.willWrite).toBe(48);
    expect(view?.preview).toHaveLength(10);
    expect(view?.matched).toBe(true);
    const reachable = await planner.plan({ ...job, ground: 'r', policy: { ...POLICY, require: 'reachable' } }, () => {});
    expect(view?.reachableWouldKeep).toBe(8 - (reachable?.summary.invalid ?? 0));
  });

  test('where the workspace knows nobody of the file, the plan is that of planning with empty answers', async () => {
    const database = freshDatabase();
    await storeFile(database, SAMPLE_CSV);
    const planner = createEngine(database, nobody);
    const job = await jobFor(planner, { workspace: ASKED });
    const view = await planner.plan(job, () => {});
    const { rows } = await planner.rows(job, { show: 'all', offset: 0, limit: 100 });
    const table = readTable(new TextEncoder().encode(SAMPLE_CSV));
    if (!table.ok) throw new Error(table.error.code);
    const plan = buildPlan({ table: table.value, mapping: job.mapping, policy: job.policy, findKnown: () => ({ leads: [] }) });
    expect(rows.map(({ cells: _, group: __, ...row }) => row)).toEqual(plan.rows);
    expect(view?.summary).toEqual(plan.summary);
  });

  test('nobody could be asked: good rows are left to the server, and the page knows', async () => {
    const database = freshDatabase();
    await storeFile(database, SAMPLE_CSV);
    const planner = createEngine(database, async () => null);
    const view = await planner.plan(await jobFor(planner, { workspace: ASKED }), () => {});
    expect(view).toMatchObject({ matched: false, willWrite: 48, summary: { decisions: { auto: 48, create: 0 } } });
  });

  test('who is in the list already is a duplicate, who is suppressed is left out', async () => {
    const database = freshDatabase();
    await storeFile(database, 'First name,Last name,Email,Phone\nAnn,Lee,ann@example.com,2025550123\nBob,Ray,bob@example.org,2025550124\n');
    const planner = createEngine(database, async () => ({
      matches: [{ key: 'ann@example.com', leads: [{ id: '1', version: 4, inList: true, lead: { email: 'ann@example.com' } }] }],
      suppressed: [{ key: 'bob@example.org', entry: 'example.org', kind: 'domain' as const, since: '2026-01-01' }],
    }));
    const job = await jobFor(planner, { workspace: ASKED });
    const view = await planner.plan(job, () => {});
    expect(view?.summary.decisions).toMatchObject({ duplicate: 1, suppress: 1, create: 0 });
    expect((await planner.rows(job, { show: 'duplicates', offset: 0, limit: 10 })).rows).toMatchObject([
      { line: 2, decision: 'duplicate', leadId: '1', leadVersion: 4, cells: ['Ann', 'Lee', 'ann@example.com', '2025550123'] },
    ]);
  });

  test('a newer request overtakes an older one', async () => {
    const database = freshDatabase();
    const rows = Array.from({ length: 9_000 }, (_, row) => `Ann,Lee,ann${row}@example.com,202555${String(row).padStart(4, '0')}`);
    await storeFile(database, `First name,Last name,Email,Phone\n${rows.join('\n')}\n`);
    const planner = createEngine(database, nobody);
    const job = await jobFor(planner);
    const [first, second] = await Promise.all([planner.plan(job, () => {}), planner.plan({ ...job, ground: 'second' }, () => {})]);
    expect(first).toBeNull();
    expect(second?.summary.total).toBe(9_000);
  });

  test('a file that is not what it says is refused by name', async () => {
    const database = freshDatabase();
    await storeFile(database, new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0]));
    const read = await createEngine(database, nobody).read({ draft: 'd', chosenAt: 1, read: {} });
    expect(read).toMatchObject({ ok: false, error: { code: 'file_wrong_type' } });
  });

  test('a draft whose file is gone says so', async () => {
    await expect(createEngine(freshDatabase(), nobody).read({ draft: 'd', chosenAt: 1, read: {} })).rejects.toMatchObject({
      kind: 'fileGone',
    });
  });
});

describe('files made here', () => {
  test('the cleaned file reads again without loss: the same leads, nothing to complain about but doubtful values', async () => {
    const database = freshDatabase();
    await storeFile(database, SAMPLE_CSV);
    const planner = createEngine(database, nobody);
    const bytes = new Uint8Array(await (await planner.cleaned(await jobFor(planner))).arrayBuffer());
    await storeFile(database, bytes);
    const again = createEngine(database, nobody);
    const view = await again.plan(await jobFor(again, { workspace: ASKED }), () => {});
    expect(view?.summary).toMatchObject({ total: 48, valid: 48, invalid: 0, duplicatesInFile: 0 });
    expect(view?.summary.decisions.create).toBe(48);
  });

  test('rejected rows come with the user’s own columns and why', async () => {
    const database = freshDatabase();
    await storeFile(database, 'First name,Last name,Email,Phone,City\nAnn,Lee,ann,2025550123,=1+1\nBob,Ray,bob@example.org,2025550124,X\n');
    const planner = createEngine(database, nobody);
    const table = readTable(new Uint8Array(await (await planner.rejected(await jobFor(planner))).arrayBuffer()));
    if (!table.ok) throw new Error(table.error.code);
    expect(table.value.headers).toEqual([
      'First name',
      'Last name',
      'Email',
      'Phone',
      'City',
      'leadline_import',
      'line',
      'column',
      'code',
      'reason',
    ]);
    expect(table.value.rows).toHaveLength(1);
    expect(table.value.rows[0]?.slice(0, 9)).toEqual(['Ann', 'Lee', 'ann', '2025550123', "'=1+1", '', '2', 'Email', 'email_no_at']);
    expect(table.value.rows[0]?.[9]).toMatch(/\w/);
  });
});
