import { mergeRecord } from '#shared/crm/merge-record.ts';
import { valuesOfLead, valuesOfRecord } from '#shared/crm/pair-lead.ts';
import type { CrmRecord, FieldPair } from '#shared/crm/record.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import type { Actor, Backend } from '../leads/backend.ts';

/** What an import would bring together: rows as they are planned, the record of each, and the map. */
type ToCompare = {
  readonly rows: readonly PlannedRow[];
  readonly recordAt: (line: number) => CrmRecord | undefined;
  readonly pairs: readonly FieldPair[];
  readonly defaultCountry: string;
};

/** Fields in which records and the leads they would be linked with both hold a value, and not the same. */
export async function countDifferences({ store }: Backend, { workspace }: Actor, { rows, recordAt, pairs, ...options }: ToCompare) {
  let count = 0;
  for (const { line, leadId } of rows) {
    const record = recordAt(line);
    const known = leadId === undefined || !record ? null : await store.readLead(workspace, leadId);
    if (!known || !record) continue;
    const ofType = pairs.filter(({ type }) => type === record.type);
    const [local, remote] = [valuesOfLead(known.lead, ofType), valuesOfRecord(record.values, ofType)];
    count += mergeRecord({ pairs: ofType, base: null, local, remote, options }).conflicts.length;
  }
  return count;
}
