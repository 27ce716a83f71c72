import { isDeepStrictEqual } from 'node:util';
import { type CrmFailure, fieldsNamed } from '#shared/crm/failure.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import type { Run, SyncStore } from '../../store/sync-store.ts';
import type { Crm, CrmResult } from '../adapter.ts';
import { DONE, pairsOf, type StageEnd, type SyncContext, typesOf } from './context.ts';

type Mark = (type: RecordType, failure: CrmFailure) => Promise<void>;

/** A CRM whose reads of records go on without fields that turn out to be there no more, once they are marked. */
export function withoutVanished(crm: Crm, mark: Mark): Crm {
  async function read<T>(
    type: RecordType,
    fields: readonly string[],
    ask: (fields: readonly string[]) => Promise<CrmResult<T>>,
  ): Promise<CrmResult<T>> {
    const answer = await ask(fields);
    if (answer.ok) return answer;
    await mark(type, answer.error);
    const vanished = answer.error.kind === 'schema_drift' ? fieldsNamed(answer.error) : [];
    const left = fields.filter((field) => !vanished.includes(field));
    return left.length < fields.length ? read(type, left, ask) : answer;
  }
  return {
    ...crm,
    listRecords: (type, scope, fields, page) => read(type, fields, (left) => crm.listRecords(type, scope, left, page)),
    readRecords: (type, ids, fields) => read(type, fields, (left) => crm.readRecords(type, ids, left)),
    findByKey: (type, keys, fields) => read(type, fields, (left) => crm.findByKey(type, keys, left)),
    findByEmail: (type, emails, fields) => read(type, fields, (left) => crm.findByEmail(type, emails, left)),
  };
}

/** Fields that vanished or need a right stand still by themselves; the others go on. */
export async function markFields(ctx: SyncContext, type: RecordType, failure: CrmFailure): Promise<void> {
  const trouble: FieldPair['trouble'] = failure.kind === 'schema_drift' ? 'vanished' : failure.kind === 'scope' ? 'not_allowed' : null;
  const named = fieldsNamed(failure);
  const pairs = pairsOf(ctx.settings(), type).filter((pair) => pair.trouble === null && named.includes(pair.remote));
  if (trouble === null || pairs.length === 0) return;
  for (const { id } of pairs) await ctx.store.setPairTrouble(ctx.run, id, trouble);
  ctx.marked.push(...pairs.map((pair) => ({ ...pair, trouble })));
  await ctx.reloadSettings();
}

/** The code of a run that found fields there no more and went on without them; its message names them. */
const FIELDS_VANISHED = 'fields_vanished';

/** What a run that found such fields ends with, where nothing else is in its way. */
export function endForMarked({ marked }: SyncContext): StageEnd {
  const vanished = marked.filter(({ trouble }) => trouble === 'vanished');
  const [first] = vanished;
  if (!first) return DONE;
  const labels = [...new Set(vanished.map(({ label }) => label))];
  return { kind: 'short', failure: { kind: 'schema_drift', code: FIELDS_VANISHED, message: labels.join(', '), field: first.remote } };
}

/**
 * Fields that had vanished and are there again, as the right to see them was given back, are kept in step again. `isAnew`: the
 * CRM is asked at this moment, as somebody waits who may just have given it.
 */
export async function reopenFields(crm: Crm, store: SyncStore, run: Run, at: number, isAnew: boolean): Promise<void> {
  const { pairs } = await store.readSettings(run.fence.workspace, run.fence.connection);
  const found: string[] = [];
  for (const type of crm.traits.types) {
    const vanished = pairs.filter((pair) => pair.type === type && pair.trouble === 'vanished');
    const described = vanished.length > 0 ? await crm.describe(type, isAnew) : null;
    const names = new Set(described?.ok ? described.value.map(({ name }) => name) : []);
    found.push(...vanished.flatMap(({ id, remote }) => (names.has(remote) ? [id] : [])));
  }
  if (found.length > 0) await store.reopenPairs(run, found, at);
}

/**
 * What may be chosen is asked anew, as choices are added and renamed there. A name that a choice had before stays known:
 * leads that hold it mean the same as they did. Where the CRM does not tell, what is known is good enough.
 */
export async function refreshChoices(ctx: SyncContext): Promise<void> {
  for (const type of typesOf(ctx)) {
    const pairs = pairsOf(ctx.settings(), type).filter(({ valueType }) => valueType === 'choice' || valueType === 'choices');
    const described = pairs.length > 0 ? await ctx.crm.describe(type) : null;
    for (const pair of pairs) {
      const field = described?.ok ? described.value.find(({ name }) => name === pair.remote) : undefined;
      if (!field || field.options.length === 0) continue;
      const options = withFormer(field.options, pair.options ?? []);
      if (!isDeepStrictEqual(options, pair.options)) await ctx.store.setPairOptions(ctx.run, pair.id, options);
    }
  }
  await ctx.reloadSettings();
}

type Options = NonNullable<FieldPair['options']>;

function withFormer(now: Options, former: Options): Options {
  return [...now, ...former.filter((old) => !now.some(({ value, label }) => value === old.value && label === old.label))];
}
