import { createHash, randomUUID } from 'node:crypto';
import type { Lead } from '#shared/lead/lead.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { ImportPlan, PlannedRow } from '#shared/plan/plan.ts';
import type { RawTable } from '#shared/table/table.ts';
import { keysOf } from '../../../extension/platform/ask-workspace.ts';
import { createFindKnown } from '../../../extension/storage/known-leads.ts';
import { completeImport } from '../../../server/imports/finish-import.ts';
import { putImport } from '../../../server/imports/put-import.ts';
import { receiveChunk } from '../../../server/imports/receive-chunk.ts';
import { runImport } from '../../../server/imports/run-import.ts';
import { matchLeads } from '../../../server/leads/match-leads.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { tableOf } from '../../support/table-of.ts';
import type { ModelServer } from './open-model-store.ts';
import { type Answer, FIELDS, type Policy, type Values } from './words.ts';

const MAPPING: Mapping = FIELDS.map((field, column) =>
  field === 'custom:City' ? { column, field: 'custom', label: 'City' } : { column, field },
);
const CHUNK = 2;

/** Where an import goes: a list there is, or the name of one that is found or made. */
export type Target = { readonly id: string } | { readonly name: string };
export type Sent = { readonly importId: string; readonly plan?: ImportPlan };

export function toTable(people: readonly Values[]): RawTable {
  return tableOf(
    FIELDS,
    people.map((person) => (Object.keys(person).length === 0 ? [] : FIELDS.map((field) => person[field] ?? ''))),
  );
}

/** The values as a lead. */
export function toLead({ tags, 'custom:City': city, ...texts }: Values): Lead {
  return { ...texts, ...(tags ? { tags: tags.split('; ') } : {}), ...(city ? { customFields: [{ label: 'City', value: city }] } : {}) };
}
export function toValues({ tags, customFields, ...texts }: Lead): Values {
  const city = customFields?.find(({ label }) => label === 'City')?.value;
  return { ...texts, ...(tags?.length ? { tags: tags.join('; ') } : {}), ...(city ? { 'custom:City': city } : {}) };
}

/** The plan of a file as the extension makes it: planned alone, the workspace asked about its keys, planned with the answer. */
export async function planAsExtension(
  { backend, actor }: ModelServer,
  people: readonly Values[],
  policy: Policy,
  listId: string | null,
  answer?: Answer,
): Promise<ImportPlan> {
  const input = { table: toTable(people), mapping: MAPPING, policy: { ...policy, defaultCountry: 'US' } };
  const alone = buildPlan(input);
  const known = good(await matchLeads(backend, actor, { listId, ...keysOf(alone) }));
  const repair = answer ? [{ kind: 'decide' as const, lines: 'all' as const, as: answer }] : [];
  return buildPlan({ ...input, findKnown: createFindKnown(known), repair });
}

/** Sends rows in chunks of two, `between` before each, and closes the import. */
export async function sendChunks(
  server: ModelServer,
  rows: readonly PlannedRow[],
  policy: Policy,
  list: Target,
  between: (seq: number) => Promise<void> = async () => {},
): Promise<string> {
  const { backend, actor } = server;
  const importId = randomUUID();
  const chunkCount = Math.ceil(rows.length / CHUNK);
  const body = { source: 'csv', list, policy, total: rows.length, chunkCount };
  good(await putImport(backend, actor, importId, body, sha256(JSON.stringify(body))));
  for (let seq = 0; seq < chunkCount; seq++) {
    await between(seq);
    const chunk = rows.slice(seq * CHUNK, (seq + 1) * CHUNK);
    good(await receiveChunk(backend, actor, { importId, seq, sha256: sha256(JSON.stringify(chunk)), body: { rows: chunk } }));
  }
  good(await completeImport(backend, actor, importId));
  return importId;
}

/** Rows that nobody decided: the server does. */
export function sendRows(server: ModelServer, people: readonly Values[], policy: Policy, list: Target): Promise<string> {
  const rows = people.map((person, index): PlannedRow => ({ line: index + 2, decision: 'auto', lead: toLead(person) }));
  return sendChunks(server, rows, policy, list);
}

/** POST /api/imports with the people as a CSV file. */
export async function sendFile({ backend, actor }: ModelServer, people: readonly Values[], policy: Policy, list: Target): Promise<string> {
  const lines = [FIELDS, ...people.map((person) => FIELDS.map((field) => person[field] ?? ''))].map((cells) => cells.join(','));
  const where = 'id' in list ? { listId: list.id } : { listName: list.name };
  const options = { ...policy, ...where, mapping: MAPPING, headerRow: 1, delimiter: ',' } as const;
  return good(await runImport(backend, actor, new TextEncoder().encode(`${lines.join('\n')}\n`), options, null)).importId ?? '';
}

/** POST /api/leads. */
export async function sendCall(
  { backend, actor }: ModelServer,
  people: readonly Values[],
  policy: Policy,
  listId: string,
): Promise<string> {
  const { onDuplicate, require, overwriteFields } = policy;
  const body = {
    leads: people.map(toLead),
    listId,
    onDuplicate,
    require,
    overwriteFields: [...overwriteFields],
    onInvalid: 'skip' as const,
  };
  return JSON.parse(good(await saveLeads(backend, actor, body, null)).body).importId;
}

/** The value of what must not be refused. */
export function good<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
