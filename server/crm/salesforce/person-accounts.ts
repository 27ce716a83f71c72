import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { CrmField, CrmResult, RecordChange, WriteAnswer } from '../adapter.ts';
import { toBody } from './fields.ts';
import { query } from './queries.ts';
import { all, compare, isOneOf, yesNo } from './soql.ts';
import type { Org } from './transport.ts';
import { updateRecords, WRITE_BATCH, type WriteDeps, writeAll } from './writing.ts';

/**
 * People without a company are accounts of their own in many orgs. Each has a contact that is read as any other, but what
 * is changed of them is changed at the account, where the contact's fields have other names.
 */

/** Contacts have it where an org has person accounts. */
const FLAG = 'IsPersonAccount';

/** Changes contacts by id, those of person accounts by their accounts. */
export async function updateContacts(
  deps: WriteDeps & { readonly describeAccount: () => Promise<CrmResult<readonly CrmField[]>> },
  items: readonly RecordChange[],
): Promise<readonly WriteAnswer[]> {
  if (!deps.fields.some(({ name }) => name === FLAG)) return updateRecords(deps, 'contact', items);
  const ids = items.map(({ id }) => id);
  const accounts = await findPersonAccounts(deps.org, ids);
  if (!accounts.ok) return failAll(items, accounts.error);
  const known = accounts.value.size === 0 ? ok([]) : await deps.describeAccount();
  if (!known.ok) return failAll(items, known.error);
  const plain = items.filter(({ id }) => !accounts.value.has(id));
  const persons = items.filter(({ id }) => accounts.value.has(id));
  const answers = [...(await updateRecords(deps, 'contact', plain)), ...(await updatePersons(deps, persons, accounts.value, known.value))];
  const answersByOp = new Map(answers.map((answer) => [answer.opId, answer]));
  return items.flatMap(({ opId }) => answersByOp.get(opId) ?? []);
}

/** Account by contact. */
async function findPersonAccounts(org: Org, ids: readonly string[]): Promise<CrmResult<ReadonlyMap<string, string>>> {
  const accounts = new Map<string, string>();
  for (let from = 0; from < ids.length; from += WRITE_BATCH) {
    const where = all(compare(FLAG, '=', yesNo(true)), isOneOf('Id', ids.slice(from, from + WRITE_BATCH)));
    const found = await query(org, { fields: ['Id', 'AccountId'], from: 'Contact', where });
    if (!found.ok) return found;
    for (const { Id, AccountId } of found.value.rows)
      if (typeof Id === 'string' && typeof AccountId === 'string') accounts.set(Id, AccountId);
  }
  return ok(accounts);
}

async function updatePersons(
  deps: WriteDeps,
  items: readonly RecordChange[],
  accounts: ReadonlyMap<string, string>,
  known: readonly CrmField[],
): Promise<readonly WriteAnswer[]> {
  const refused: WriteAnswer[] = [];
  const sent: { readonly item: RecordChange; readonly body: object }[] = [];
  for (const item of items) {
    const values = toAccountValues(item.values, known);
    if (!values.ok) refused.push({ kind: 'failed', opId: item.opId, failure: values.error });
    else sent.push({ item, body: { attributes: { type: 'Account' }, Id: accounts.get(item.id), ...toBody(values.value, known) } });
  }
  const written = await writeAll(
    deps,
    'PATCH',
    sent.map(({ item }) => item),
    sent.map(({ body }) => body),
    false,
  );
  const idsByOp = new Map(items.map(({ opId, id }) => [opId, id]));
  // The answer names the account.
  return [...refused, ...written.map((each) => (each.kind === 'written' ? { ...each, id: idsByOp.get(each.opId) ?? each.id } : each))];
}

function toAccountValues(values: RecordChange['values'], known: readonly CrmField[]): Result<RecordChange['values'], CrmFailure> {
  const found = new Map<string, string>();
  for (const [name, value] of values) {
    const field = accountNames(name)
      .map((each) => known.find((candidate) => candidate.name === each && !candidate.isReadOnly))
      .find((each) => each !== undefined);
    if (!field) return fail({ kind: 'validation', code: 'PERSON_ACCOUNT_FIELD', message: '', field: name });
    found.set(field.name, value);
  }
  return ok(found);
}

/** What a contact's field may be called at a person account, the likeliest first. */
function accountNames(name: string): readonly string[] {
  return name.endsWith('__c') ? [name.replace(/__c$/, '__pc')] : [`Person${name}`, name];
}

function failAll(items: readonly RecordChange[], failure: CrmFailure): readonly WriteAnswer[] {
  return items.map(({ opId }) => ({ kind: 'failed', opId, failure }));
}
