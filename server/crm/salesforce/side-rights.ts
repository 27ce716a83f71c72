import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail } from '#shared/result.ts';
import type { CrmField, CrmResult } from '../adapter.ts';
import { OBJECTS } from './objects.ts';
import type { Org } from './transport.ts';

/** Where side items are read, and what is known to be hidden there. */
export type Side = {
  readonly org: Org;
  readonly describe: (object: string) => Promise<CrmResult<readonly CrmField[]>>;
  /** Records name the currency of their amounts. */
  readonly hasCurrencies: () => Promise<boolean>;
  /** Fields by the object they are asked of, as far as an answer was refused for one. */
  readonly hidden: Map<string, ReadonlySet<string>>;
};
/** `behind`: the object that fields over a relationship are of; it is called as its object is. */
type Asked = { readonly from: string; readonly behind: string; readonly fields: readonly string[] };

/**
 * Asks for the fields of an object and of the one behind it. Where one is hidden, the rest is asked for; where a whole object
 * is, the right to it is named. Nothing is described until something is refused.
 */
export async function askShown<T>(
  side: Side,
  { from, behind, fields }: Asked,
  ask: (shown: readonly string[]) => Promise<CrmResult<T>>,
): Promise<CrmResult<T>> {
  const known = side.hidden.get(from);
  const answer = await ask(known ? fields.filter((field) => !known.has(field)) : fields);
  if (answer.ok || answer.error.kind !== 'schema_drift' || known) return answer;
  const hidden = new Set<string>();
  for (const object of [from, behind]) {
    const shown = await side.describe(object);
    if (!shown.ok) return fail(nameObject(shown.error, object));
    const names = new Set(shown.value.map(({ name }) => (object === from ? name : `${behind}.${name}`)));
    const asked = fields.filter((field) => field.includes('.') === (object === behind));
    for (const field of asked) if (!names.has(field)) hidden.add(field);
  }
  side.hidden.set(from, hidden);
  return hidden.size === 0 ? answer : ask(fields.filter((field) => !hidden.has(field)));
}

/** An object that may not be seen is not there, to the interface. */
function nameObject(failure: CrmFailure, object: string): CrmFailure {
  if (failure.kind !== 'gone' && failure.kind !== 'schema_drift') return failure;
  return { ...failure, kind: 'scope', code: 'NO_OBJECT', missingScopes: [`Read on ${object}`] };
}

export function openSide(org: Org, describe: Side['describe']): Side {
  // Where there are several currencies, every object has the field; those of people are described already.
  const hasCurrencies = async () => {
    for (const { name } of Object.values(OBJECTS)) {
      const fields = await describe(name);
      if (fields.ok) return fields.value.some((field) => field.name === CURRENCY);
    }
    return false;
  };
  return { org, describe, hasCurrencies, hidden: new Map() };
}

/** In orgs with several currencies alone: the one that a record's amounts are in. */
export const CURRENCY = 'CurrencyIsoCode';
