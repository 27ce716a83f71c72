import { createImportBody } from '#shared/api/imports.ts';
import { reader } from '#shared/api/json.ts';
import { hasSameHeaders } from '#shared/mapping/header-signature.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { findRejectedColumns } from '#shared/mapping/rejected-columns.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import { readImport } from '../storage/outbox.ts';
import type { ListChoice } from './draft-state.ts';
import type { FlowEffects } from './flow-effects.ts';
import { fitTemplate, fitToTable } from './map-memory.ts';
import type { Found, RetryOf, TableView } from './table-view.ts';

/** An import whose rejected rows a file holds: how they are imported again in the same way. */
export type FirstImport = {
  readonly retryOf: RetryOf;
  readonly found: Found;
  readonly list: ListChoice;
  readonly policy: Partial<ImportPolicy>;
};
type Columns = Pick<TableView, 'headers' | 'suggestions'>;
/** A table is not held back longer than this by a server that is slow to say how its rows were imported. */
const ASK_MS = 5_000;

/** The id in the column that we add to a file of rejected rows; null in every other file, and where there was no import yet. */
export function rejectedImportOf(table: {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): string | null {
  const column = findRejectedColumns(table.headers);
  if (column === null) return null;
  for (const row of table.rows) if (row[column]) return row[column];
  return null;
}

/** What the workspace, or where it cannot be asked this browser, knows of that import; null when neither does. */
export async function recallFirst(effects: FlowEffects, importId: string, table: Columns): Promise<FirstImport | null> {
  return (await askFirst(effects, importId, table)) ?? (await ownFirst(effects, importId, table));
}

async function askFirst(effects: FlowEffects, importId: string, table: Columns): Promise<FirstImport | null> {
  const { key, api } = await effects.server();
  if (key === null) return null;
  const tooLate = new Promise<null>((resolve) => effects.after(ASK_MS, () => resolve(null)));
  const answer = await Promise.race([api.importState(importId), tooLate]);
  if (!answer?.ok || !answer.value.mapping) return null;
  const { mapping, headers = [], policy = {}, list, fileName, createdAt, counters, by } = answer.value;
  const at = Date.parse(createdAt);
  return {
    retryOf: { importId, fileName: fileName ?? '', at, rows: counters.rejected },
    found: { source: { kind: 'import', by: by ? { name: by.name } : null, at }, mapping: fitMapping(mapping, headers, table) },
    list: list.id === null ? { kind: 'new', name: list.name } : { kind: 'existing', id: list.id, name: list.name },
    policy,
  };
}

async function ownFirst({ database }: FlowEffects, importId: string, table: Columns): Promise<FirstImport | null> {
  const record = await readImport(database, importId);
  if (!record?.body) return null;
  const body = reader(createImportBody)(JSON.parse(new TextDecoder().decode(record.body)));
  const headers = body.ok ? body.value.headers : undefined;
  const { order, createdAt: at, counters } = record;
  return {
    retryOf: { importId, fileName: order.fileName, at, rows: record.receipt?.rejected ?? counters.rejected },
    found: { source: { kind: 'import', by: 'you', at }, mapping: fitMapping(order.mapping, headers ?? [], table) },
    list: order.list,
    policy: order.policy,
  };
}

/** A mapping for this table that was made for one with these headers. */
export function fitMapping(mapping: Mapping, headers: readonly string[], table: Columns): Mapping {
  return headers.length === 0 || hasSameHeaders(headers, table.headers)
    ? fitToTable(mapping, table)
    : fitTemplate({ headers, mapping }, table);
}
