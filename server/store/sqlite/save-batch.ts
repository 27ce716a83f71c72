import type { Act, ImportStore, KeptAnswer, Once, SavedBatch, SavedRow } from '../store.ts';
import { findAnswer, insertAnswer } from './answers.ts';
import { type Connection, inDryRun, inTransaction } from './connection.ts';
import { claimList, insertImport } from './import-records.ts';
import { completeImport } from './import-states.ts';
import { leadReader } from './read-leads.ts';
import { toOutcome, writeImportRows } from './store-chunk.ts';

type Input = Parameters<ImportStore['saveBatch']>[1];
type Saved = Awaited<ReturnType<ImportStore['saveBatch']>>;

/** Stores a whole import that nobody reviews, with its answer, in one transaction; a dry run takes all of it back. */
export function saveBatch(cx: Connection, act: Act, input: Input): Saved {
  return input.dryRun ? inDryRun(cx, () => save(cx, act, input)) : inTransaction(cx, () => save(cx, act, input));
}

function save(cx: Connection, act: Act, input: Input): Saved {
  const { once } = input;
  const known = once && findAnswer(cx, act.workspace, once);
  if (known) return known;
  const row = insertImport(cx, act, input.import);
  const list = row && claimList(cx, act, row);
  if (!row || !list) return { kind: 'list_not_found' };
  const chunk = { list: list.id, seq: 0, sha256: input.import.bodySha256, rows: input.rows, unattended: true };
  const { rows } = writeImportRows(cx, act, row, chunk);
  completeImport(cx, act, input.import.importId);
  const reader = leadReader(cx, act.workspace);
  const saved: SavedRow[] = rows.map((written) => {
    const { plan, leadId } = written;
    const existing = plan.bucket === 'duplicate' && leadId !== null ? reader.read(leadId) : null;
    return {
      ...toOutcome(written),
      ...(plan.matchedOn ? { matchedOn: plan.matchedOn } : {}),
      ...(existing ? { existing } : {}),
    };
  });
  const batch: SavedBatch = { importId: input.import.importId, listId: list.publicId, rows: saved };
  const answer = input.toAnswer(batch);
  if (once && !input.dryRun) keep(cx, act, once, answer, rows);
  return { kind: 'fresh', answer };
}

function keep(cx: Connection, act: Act, once: Once, answer: KeptAnswer, rows: readonly { readonly lead: number | null }[]): void {
  const leads = new Set(rows.flatMap((row) => (row.lead === null ? [] : [row.lead])));
  insertAnswer(cx, act, once, answer, leads);
}
