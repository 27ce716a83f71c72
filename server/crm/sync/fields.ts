import { isDeepStrictEqual } from 'node:util';
import type { CrmFailure } from '#shared/crm/failure.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import type { Crm, CrmResult } from '../adapter.ts';
import { pairsOf, type SyncContext, typesOf } from './context.ts';

type Told = (type: RecordType, failure: CrmFailure) => Promise<void>;

/** A CRM that tells of its failed reads of records: a field that vanished stops the read, and must be switched off for the next. */
export function tellFailedReads(crm: Crm, told: Told): Crm {
  const watch = async <T>(type: RecordType, answer: Promise<CrmResult<T>>): Promise<CrmResult<T>> => {
    const result = await answer;
    if (!result.ok) await told(type, result.error);
    return result;
  };
  return {
    ...crm,
    listRecords: (type, ...rest) => watch(type, crm.listRecords(type, ...rest)),
    readRecords: (type, ...rest) => watch(type, crm.readRecords(type, ...rest)),
    findByKey: (type, ...rest) => watch(type, crm.findByKey(type, ...rest)),
    findByEmail: (type, ...rest) => watch(type, crm.findByEmail(type, ...rest)),
  };
}

/** A field that vanished or needs a right stands still by itself; the others go on. */
export async function markField(ctx: SyncContext, type: RecordType, failure: CrmFailure): Promise<void> {
  const trouble = failure.kind === 'schema_drift' ? 'vanished' : failure.kind === 'scope' ? 'not_allowed' : null;
  if (trouble === null || failure.field === undefined) return;
  const pair = pairsOf(ctx.settings(), type).find(({ remote }) => remote === failure.field);
  if (!pair || pair.trouble !== null) return;
  await ctx.store.setPairTrouble(ctx.run, pair.id, trouble);
  await ctx.reloadSettings();
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
