import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordChange, WriteAnswer } from './adapter.ts';

/** Writes without those that must not go: they are refused each by itself, the others go. Answers come in the order of the items. */
export async function writeUnless<T extends { readonly opId: string }>(
  items: readonly T[],
  refusalOf: (item: T) => CrmFailure | null,
  write: (others: readonly T[]) => Promise<readonly WriteAnswer[]>,
): Promise<readonly WriteAnswer[]> {
  const answers = new Map<string, WriteAnswer>();
  const others: T[] = [];
  for (const item of items) {
    const failure = refusalOf(item);
    if (failure) answers.set(item.opId, { kind: 'failed', opId: item.opId, failure });
    else others.push(item);
  }
  const written = others.length === 0 ? [] : await write(others);
  for (const answer of written) answers.set(answer.opId, answer);
  return items.flatMap(({ opId }) => answers.get(opId) ?? []);
}

/** The same for writes with a value of a field that is not ours to write: refused whole. */
export function writeUnlessNamed<T extends Pick<RecordChange, 'opId' | 'values'>>(
  items: readonly T[],
  fields: ReadonlySet<string>,
  write: (ours: readonly T[]) => Promise<readonly WriteAnswer[]>,
): Promise<readonly WriteAnswer[]> {
  return writeUnless(items, ({ values }) => refuseFields(values, fields), write);
}

function refuseFields(values: ReadonlyMap<string, unknown>, fields: ReadonlySet<string>): CrmFailure | null {
  const field = [...values.keys()].find((name) => fields.has(name));
  return field === undefined ? null : { kind: 'scope', code: 'READ_ONLY_VALUE', message: '', field };
}
