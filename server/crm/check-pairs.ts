import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Backend, Refusal } from '../leads/backend.ts';
import type { CrmField } from './adapter.ts';
import { type OpenConnection, refuseWork } from './open-connection.ts';

/**
 * A map as it can be set: pairs that are new, or say something new of the CRM's field, are looked up there. A field that is
 * not there, or cannot be written and is to travel out, is refused by its name; its type and choices are the CRM's own. The
 * CRM is asked for nothing else.
 */
async function checkPairs(
  open: () => Promise<Result<OpenConnection, Refusal>>,
  old: readonly FieldPair[],
  wanted: readonly FieldPair[],
): Promise<Result<readonly FieldPair[], Refusal>> {
  const known = new Map(old.map((pair) => [pair.id, pair]));
  const isNew = (pair: FieldPair) => pair.direction !== 'off' && saysMore(known.get(pair.id), pair);
  if (!wanted.some(isNew)) return ok(wanted);
  const opened = await open();
  if (!opened.ok) return opened;
  const fields = new Map<RecordType, readonly CrmField[]>();
  for (const type of opened.value.crm.traits.types) {
    if (!wanted.some((pair) => pair.type === type && isNew(pair))) continue;
    const described = await opened.value.crm.describe(type);
    if (!described.ok) return fail(refuseWork(opened.value, described.error));
    fields.set(type, described.value);
  }
  const checked: FieldPair[] = [];
  for (const pair of wanted) {
    if (!isNew(pair)) {
      checked.push(pair);
      continue;
    }
    const field = fields.get(pair.type)?.find(({ name }) => name === pair.remote);
    const data = { crm: opened.value.name, name: pair.label };
    const details = [{ field: 'pairs', value: pair.remote }];
    if (!field) return fail({ code: 'INVALID_REQUEST', about: 'crm_no_field', data, details });
    if (field.isReadOnly && pair.direction !== 'in') return fail({ code: 'INVALID_REQUEST', about: 'crm_read_only', data, details });
    const { options: _, ...rest } = pair;
    checked.push({ ...rest, valueType: field.valueType, ...(field.options.length > 0 ? { options: field.options } : {}) });
  }
  return ok(checked);
}

function saysMore(known: FieldPair | undefined, pair: FieldPair): boolean {
  const isSame = known?.type === pair.type && known.remote === pair.remote && known.valueType === pair.valueType;
  return !isSame || (known.direction !== pair.direction && pair.direction !== 'in');
}

/** The same, with ids of their own for those that are new. */
export async function settlePairs(
  { randomBytes }: Pick<Backend, 'randomBytes'>,
  open: () => Promise<Result<OpenConnection, Refusal>>,
  old: readonly FieldPair[],
  wanted: readonly FieldPair[],
): Promise<Result<readonly FieldPair[], Refusal>> {
  const checked = await checkPairs(open, old, wanted);
  return checked.ok ? ok(withOwnIds(old, checked.value, () => Buffer.from(randomBytes(10)).toString('hex'))) : checked;
}

/** Pairs that are new have an id nobody ever had: what is still kept by one that was given up says nothing of them. */
function withOwnIds(old: readonly FieldPair[], wanted: readonly FieldPair[], newId: () => string): readonly FieldPair[] {
  const known = new Set(old.map(({ id }) => id));
  return wanted.map((pair) => (known.has(pair.id) ? pair : { ...pair, id: newId() }));
}
