import { beginPrints } from '#shared/plan/merge-prints.ts';
import type { ImportPlan } from '#shared/plan/plan.ts';
import { printRows } from '#shared/plan/sheet-prints.ts';
import { hiddenLines } from '#shared/table/hidden-lines.ts';
import type { RawTable } from '#shared/table/table.ts';
import type { Database } from './database.ts';
import type { ImportRecord } from './records.ts';
import { sheetLinkId } from './sheet-records.ts';

/**
 * Keeps, before an import of a sheet is sealed, what will be remembered of the rows of `whole` once it is known what
 * became of those that are sent. Again is harmless.
 */
export async function keepPrints(database: Database, { id, order }: ImportRecord, whole: RawTable, plan: ImportPlan): Promise<void> {
  if (!order.sheet) return;
  const hidden = hiddenLines(whole, order.read);
  const sent = new Set(plan.rows.map(({ line }) => line).filter((line) => !hidden.has(line)));
  const before = await database.prints.get(sheetLinkId(order.sheet.origin));
  const now = printRows({ table: whole, mapping: order.mapping, policy: order.policy });
  await database.prints.put({ owner: id, prints: beginPrints(before?.prints ?? null, now, sent, { hidden }) });
}
