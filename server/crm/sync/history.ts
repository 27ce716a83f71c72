import { meaningThere, toShownText, type ValueOptions } from '#shared/crm/pair-values.ts';
import type { FieldPair, PairValues, RecordType } from '#shared/crm/record.ts';
import type { NewConflict, PulledRecord, WriteRecord } from '../../store/sync-records.ts';
import type { CrmResult, FieldHistory } from '../adapter.ts';
import { toOurTime } from '../their-clock.ts';
import { PASSING, type SyncContext } from './context.ts';

/** What the CRM's history says about a write. */
export type WriteTrace = {
  /** Our value is in the history: the write arrived. */
  readonly arrived: boolean;
  /** The values as the CRM took them, of the fields it wrote down. */
  readonly base: PairValues;
  /** Somebody else's values that stood when ours came, and that we had not read: they are kept here, to be given back. */
  readonly conflicts: readonly NewConflict[];
};

/** The history of fields, where the CRM keeps one; empty where it cannot be read at all, as nothing must wait for ever for it. */
export async function readHistoryOf(
  { crm, rules }: SyncContext,
  type: RecordType,
  ids: readonly string[],
  fields: readonly string[],
): Promise<CrmResult<readonly FieldHistory[]>> {
  if (!crm.traits.hasHistory || !rules.history_check || ids.length === 0) return { ok: true, value: [] };
  const told = await crm.readHistory(type, [...new Set(ids)], [...new Set(fields)]);
  return told.ok || PASSING.has(told.error.kind) ? told : { ok: true, value: [] };
}

/** What we wrote last into each field of a record, whoever wrote after us; empty where the history tells nothing. */
export function lastOfOurs(id: string, pairs: readonly FieldPair[], histories: readonly FieldHistory[]): PairValues {
  const ours = new Map<string, string>();
  for (const pair of pairs) {
    const entry = entriesOf(id, pair, histories).find(({ isOurs }) => isOurs);
    if (entry) ours.set(pair.id, entry.value);
  }
  return ours;
}

/** When each field was last set in a record (ms, our clock), and by whom. */
export function originsOfHistory(
  { crm }: Pick<SyncContext, 'crm'>,
  id: string,
  pairs: readonly FieldPair[],
  histories: readonly FieldHistory[],
): Required<Pick<PulledRecord, 'times' | 'authors'>> {
  const times = new Map<string, number>();
  const authors = new Map<string, string>();
  for (const pair of pairs) {
    const [last] = entriesOf(id, pair, histories);
    if (last) times.set(pair.id, toOurTime(crm, last.at));
    if (last?.by !== undefined) authors.set(pair.id, last.by);
  }
  return { times, authors };
}

/**
 * Finds a write in the history of its fields, since the record was read. What stood right before
 * it must be what was read then; anything else was written in between and is a conflict that ours won.
 */
export function traceWrite(
  ctx: Pick<SyncContext, 'crm' | 'options'>,
  write: WriteRecord,
  remoteId: string,
  pairs: readonly FieldPair[],
  histories: readonly FieldHistory[],
): WriteTrace {
  const { options } = ctx;
  const base = new Map<string, string>();
  const conflicts: NewConflict[] = [];
  let arrived = false;
  for (const pair of pairs) {
    const sent = write.sent.get(pair.id);
    if (sent === undefined) continue;
    const entries = entriesOf(remoteId, pair, histories);
    const at = findOurs(pair, entries, write.seenAt, sent, options);
    const ours = entries[at];
    if (!ours) continue;
    arrived = true;
    base.set(pair.id, ours.value);
    const under = entries[at + 1];
    const read = write.before.get(pair.id) ?? '';
    if (meaningThere(pair, under?.value, options) !== meaningThere(pair, read, options))
      conflicts.push(overwritten(ctx, write, remoteId, pair, { read, sent, under }));
  }
  return { arrived, base, conflicts };
}

/**
 * The newest entry of ours. A process that has just begun may not know yet which those are: then it is the one that holds
 * what was sent.
 */
function findOurs(pair: FieldPair, entries: FieldHistory['entries'], seenAt: number, sent: string, options: ValueOptions): number {
  const known = entries.findIndex((entry) => entry.isOurs && entry.at > seenAt);
  if (known >= 0) return known;
  const meant = meaningThere(pair, sent, options);
  return entries.findIndex((entry) => entry.at > seenAt && meaningThere(pair, entry.value, options) === meant);
}

function overwritten(
  { crm, options }: Pick<SyncContext, 'crm' | 'options'>,
  write: WriteRecord,
  remoteId: string,
  pair: FieldPair,
  { read, sent, under }: { readonly read: string; readonly sent: string; readonly under: FieldHistory['entries'][number] | undefined },
): NewConflict {
  const { leadId, type } = write;
  const here = (text: string) => (toShownText(pair, text, options) ?? text) || null;
  return {
    leadId,
    type,
    remoteId,
    pairId: pair.id,
    base: here(read),
    ours: here(sent),
    theirs: here(under?.value ?? ''),
    winner: 'ours',
    rule: 'overwritten',
    ...(under === undefined ? {} : { theirsAt: toOurTime(crm, under.at) }),
    ...(under?.by === undefined ? {} : { theirsBy: under.by }),
  };
}

function entriesOf(id: string, { remote }: FieldPair, histories: readonly FieldHistory[]): FieldHistory['entries'] {
  return histories.find((history) => history.id === id && history.field === remote)?.entries ?? [];
}
