import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUCKET_OF, STRICTNESS } from '#shared/plan/decide-row.ts';
import type { ImportPlan, PlannedRow } from '#shared/plan/plan.ts';
import { deleteLeads, patchLead } from '../../../server/leads/change-leads.ts';
import { addSuppressions } from '../../../server/leads/suppressions.ts';
import type { ImportRecord, ImportRowRecord } from '../../../server/store/records.ts';
import { readStored } from './compare-worlds.ts';
import { people, policy } from './make-stories.ts';
import { type ModelServer, openInMemory } from './open-model-store.ts';
import { good, planAsExtension, sendCall, sendChunks } from './send-import.ts';
import { EMAILS, ENTRIES, LISTS, PHONES } from './words.ts';

const FILES = Number(process.env.LEADLINE_FILES ?? 500);
const answer = fc.option(fc.constantFrom('create' as const, 'same' as const, 'skip' as const), { nil: undefined });
/** Who is there already, in the default list and in the one the file goes to; the file; and what is said in review. */
const file = fc.record({
  there: people,
  inList: people,
  there2: people,
  people: fc.array(people, { minLength: 1, maxLength: 3 }).map((some) => some.flat()),
  policy,
  answer,
  isNew: fc.boolean(),
  suppressed: fc.option(fc.constantFrom(...ENTRIES), { nil: undefined, freq: 1 }),
});
type File = typeof file extends fc.Arbitrary<infer T> ? T : never;

/** What somebody else does between the preview and a chunk. */
const disturbance = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), people }),
  fc.record({
    kind: fc.constant('edit' as const),
    at: fc.nat(9),
    patch: fc.oneof(
      fc.record({ email: fc.constantFrom(...EMAILS) }),
      fc.record({ phone: fc.constantFrom(...PHONES) }),
      fc.record({ companyName: fc.constantFrom('', 'Theirs') }),
    ),
  }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('suppress' as const), entry: fc.constantFrom(...ENTRIES) }),
);
type Disturbance = typeof disturbance extends fc.Arbitrary<infer T> ? T : never;

async function prepare(server: ModelServer, { there, inList, there2, suppressed, isNew }: File) {
  const reachable = { onDuplicate: 'create', scope: 'list', require: 'reachable', overwriteFields: [] } as const;
  const { backend, actor } = server;
  const [all] = await backend.store.listLists(actor.workspace);
  await sendCall(server, there.filter(isSomebody), reachable, all?.id ?? '');
  await sendCall(server, there2.filter(isSomebody), reachable, all?.id ?? '');
  const list = isNew ? null : await backend.store.addList({ ...actor, at: backend.now() }, LISTS[1]);
  if (list) await sendCall(server, inList.filter(isSomebody), reachable, list.id);
  if (suppressed) good(await addSuppressions(backend, actor, [suppressed]));
  return { listId: list?.id ?? null, target: list ? { id: list.id } : { name: LISTS[1] } };
}
const isSomebody = (person: object) => Object.keys(person).length > 0;

const bucketOf = ({ decision }: PlannedRow) => (decision === 'auto' ? 'auto' : BUCKET_OF[decision]);

async function readResult(
  server: ModelServer,
  importId: string,
): Promise<{ readonly rows: readonly ImportRowRecord[]; readonly receipt: ImportRecord }> {
  const { store } = server.backend;
  const page = await store.readImportRows(server.actor.workspace, importId, { limit: 100 });
  const found = await store.readImport(server.actor.workspace, importId);
  if (!page || page === 'bad_cursor' || !found) throw new Error('the import is gone');
  return { rows: page.rows, receipt: found.import };
}

function countPlan(plan: ImportPlan): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of plan.rows) counts.set(bucketOf(row), (counts.get(bucketOf(row)) ?? 0) + 1);
  return counts;
}
const countsOf = ({ counters }: ImportRecord) => new Map(Object.entries(counters).filter(([, count]) => count > 0));

test('when nothing changes in between, the receipt is the plan: in number, and row by row', async () => {
  const store = openInMemory();
  await fc.assert(
    fc.asyncProperty(file, async (one) => {
      const server = store.newServer();
      const { listId, target } = await prepare(server, one);
      const before = await readStored(server);
      const plan = await planAsExtension(server, one.people, one.policy, listId, one.answer);
      const { rows, receipt } = await readResult(server, await sendChunks(server, plan.rows, one.policy, target));
      expect(countsOf(receipt)).toEqual(countPlan(plan));
      expect(receipt.changedSincePreview).toBe(0);
      expect(rows.map(({ line, bucket, changed }) => [line, bucket, changed])).toEqual(
        plan.rows.map((row) => [row.line, bucketOf(row), false]),
      );
      for (const row of plan.rows) {
        const stored = rows.find(({ line }) => line === row.line);
        if (row.leadId !== undefined && stored?.bucket !== 'suppressed') expect(stored?.leadId, 'the lead that was named').toBe(row.leadId);
      }
      expect((await readStored(server)).leads.length - before.leads.length, 'as many as the button said').toBe(receipt.counters.created);
    }),
    { numRuns: FILES },
  );
  await store.end();
}, 600_000);

test('when others change the workspace in between, every difference is named, and is stricter', async () => {
  const store = openInMemory();
  const between = fc.array(fc.option(disturbance, { nil: undefined, freq: 2 }), { minLength: 1, maxLength: 8 });
  let differences = 0;
  await fc.assert(
    fc.asyncProperty(file, between, async (one, events) => {
      const server = store.newServer();
      const { listId, target } = await prepare(server, one);
      const plan = await planAsExtension(server, one.people, one.policy, listId, one.answer);
      const importId = await sendChunks(server, plan.rows, one.policy, target, (seq) => disturb(server, events[seq]));
      const { rows, receipt } = await readResult(server, importId);
      expect(rows).toHaveLength(plan.rows.length);
      expect(receipt.changedSincePreview).toBe(rows.filter(({ changed }) => changed).length);
      for (const row of rows) {
        const planned = plan.rows.find(({ line }) => line === row.line);
        if (!planned || planned.decision === 'auto') throw new Error('the workspace was asked');
        const decision = DECISIONS.get(row.bucket);
        expect(row.changed, `line ${row.line}: ${planned.decision} became ${row.bucket}`).toBe(
          decision !== planned.decision || leavesValues(row),
        );
        if (!row.changed) continue;
        differences++;
        if (decision !== planned.decision)
          expect(STRICTNESS[decision ?? 'create'], `line ${row.line}: ${planned.decision} became ${row.bucket}`).toBeGreaterThan(
            STRICTNESS[planned.decision] - (planned.decision === 'create' ? 0 : 1),
          );
        expect(
          row.problems.map(({ code }) => code).filter((code) => REASONS.has(code)),
          `why line ${row.line} is ${row.bucket} instead of ${planned.decision}`,
        ).not.toEqual([]);
      }
    }),
    { numRuns: FILES },
  );
  expect(differences).toBeGreaterThan(FILES / 10);
  await store.end();
}, 600_000);

const DECISIONS = new Map(Object.entries(BUCKET_OF).map(([decision, bucket]) => [bucket as string, decision as keyof typeof BUCKET_OF])); // its own keys
/** Written as planned but for values that somebody changed in between. */
const leavesValues = ({ problems }: ImportRowRecord) => problems.some(({ code }) => code === 'values_changed');
const REASONS: ReadonlySet<string> = new Set([
  'target_gone',
  'duplicate_in_file',
  'duplicate_in_list',
  'duplicate_in_workspace',
  'review_phone_in_file',
  'review_phone',
  'review_several',
  'review_changed',
  'values_changed',
  'edited_since',
  'suppressed',
]);

async function disturb(server: ModelServer, event: Disturbance | undefined): Promise<void> {
  const { backend, actor } = server;
  const { leads, lists } = await readStored(server);
  if (event?.kind === 'suppress') good(await addSuppressions(backend, actor, [event.entry]));
  if (event?.kind === 'add') {
    const list = lists[event.people.length % lists.length];
    await sendCall(
      server,
      event.people.filter(isSomebody),
      { onDuplicate: 'create', scope: 'list', require: 'reachable', overwriteFields: [] },
      list?.id ?? '',
    );
  }
  if (event?.kind !== 'edit' && event?.kind !== 'delete') return;
  const lead = leads[event.at % Math.max(leads.length, 1)];
  if (!lead) return;
  if (event.kind === 'delete') await deleteLeads(backend, actor, [lead.id]);
  else await patchLead(backend, actor, lead.id, event.patch); // a suppressed value is refused, and that is no change
}
