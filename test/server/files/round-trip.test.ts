import { afterEach, expect, test } from 'vitest';
import type { CustomValue } from '#shared/lead/lead.ts';
import { uniqueLabels } from '#shared/mapping/labels.ts';
import { proveDateOrders } from '#shared/mapping/prove-date-orders.ts';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { ImportPlan } from '#shared/plan/plan.ts';
import { splitChunks } from '#shared/plan/split-chunks.ts';
import { readTable } from '#shared/table/read-csv.ts';
import { runImport } from '../../../server/imports/run-import.ts';
import { exportLeads } from '../../../server/leads/export-leads.ts';
import { findLeads } from '../../../server/leads/find-leads.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { announce, sendGood } from '../imports/announce.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';
import { randomLeads } from './random-leads.ts';

const COUNT = 10_000;
const SEED = Number(process.env.LEADLINE_SEED ?? 11);

let servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers) await server.end();
  servers = [];
});
async function openServer(): Promise<TestServer> {
  const server = await openTestServer();
  servers.push(server);
  return server;
}

async function exported({ backend, actor }: TestServer): Promise<string> {
  const result = await exportLeads(backend, actor, {});
  if (!result.ok) throw new Error(result.error.code);
  let text = '';
  for await (const piece of result.value) text += piece;
  return text;
}

async function everyLead({ backend, actor }: TestServer) {
  const leads = [];
  let cursor: string | null = null;
  do {
    const page = await findLeads(backend, actor, { limit: 500, sort: 'createdAt', ...(cursor ? { cursor } : {}) });
    if (!page.ok) throw new Error(page.error.code);
    leads.push(...page.value.leads);
    cursor = page.value.nextCursor;
  } while (cursor);
  return leads.map(({ id, version, listIds, createdAt, updatedAt, source, owner, doNotContact, ...values }) => values);
}

test(`${COUNT} random leads that are exported and imported again are the same to the letter`, async () => {
  const first = await openServer();
  const leads = randomLeads(COUNT, SEED);
  for (let at = 0; at < COUNT; at += 2_500) {
    const saved = await saveLeads(first.backend, first.actor, { leads: leads.slice(at, at + 2_500), require: 'any' }, null);
    if (!saved.ok) throw new Error(JSON.stringify(saved.error).slice(0, 500));
  }
  const before = await everyLead(first);
  expect(before).toHaveLength(COUNT);
  const csv = await exported(first);
  const bytes = new TextEncoder().encode(csv);

  const second = await openServer();
  const receipt = await runImport(second.backend, second.actor, bytes, { onDuplicate: 'create', require: 'any' }, null);
  expect(receipt).toMatchObject({ ok: true, value: { created: COUNT } });
  expect((await everyLead(second)).map(asInFile)).toEqual(before.map(asInFile));
  expect(await exported(second)).toBe(csv);
}, 120_000);
/** A lead as the file can say it: a CSV has its custom fields in one order for all and no types. */
function asInFile<L extends { readonly customFields: readonly CustomValue[] }>(lead: L) {
  const custom = new Map(lead.customFields.map(({ label, value }) => [label, value]));
  return { ...lead, customFields: [...custom].sort(([a], [b]) => (a < b ? -1 : 1)) };
}

test(`the same leads are the same in what the extension plans and sends`, async () => {
  const first = await openServer();
  const saved = await saveLeads(first.backend, first.actor, { leads: randomLeads(3_000, SEED + 1), require: 'any' }, null);
  expect(saved).toMatchObject({ ok: true });
  const before = (await everyLead(first)).map(asInFile);
  const plan = planned(new TextEncoder().encode(await exported(first)));
  const sent = plan.rows.map(({ lead }) => asInFile({ tags: [], ...lead, customFields: lead?.customFields ?? [] }));
  expect(sent).toEqual(before);
  const second = await openServer();
  const chunks = [...splitChunks(plan.rows)];
  await announce(second, { total: plan.rows.length, chunkCount: chunks.length, policy: POLICY });
  for (const { seq, rows } of chunks) await sendGood(second, rows, seq);
  expect((await everyLead(second)).map(asInFile)).toEqual(before);
});

const POLICY = { onDuplicate: 'create', require: 'any', defaultCountry: 'US', scope: 'list', overwriteFields: [] } as const;

/** What the extension makes of a file, with every suggestion taken. */
function planned(bytes: Uint8Array): ImportPlan {
  const table = readTable(bytes);
  if (!table.ok) throw new Error(table.error.code);
  const mapping = suggestionsToMapping(proveDateOrders(table.value, suggestMapping(table.value)));
  const labels = uniqueLabels(table.value.headers, table.value.facts.columnCount);
  return buildPlan({ table: table.value, labels, mapping, policy: POLICY, findKnown: () => ({ leads: [] }) });
}
