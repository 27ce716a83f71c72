import type { CrmFailure, CrmMatch } from '#shared/crm/failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { CrmField, CrmResult, RecordChange, WriteAnswer } from '../adapter.ts';
import { cut } from '../cut.ts';
import { toBody } from './fields.ts';
import { IS_PERSON, isObject, toMoment } from './objects.ts';
import type { Write } from './one-write.ts';
import { cutValues, query } from './queries.ts';
import { all, compare, isOneOf, yesNo } from './soql.ts';
import type { Org } from './transport.ts';
import { changeAll, updateRecords, WRITE_BATCH, type WriteDeps, writeEach } from './writing.ts';

/**
 * People without a company are accounts of their own in many orgs. Each has a contact that is read as any other, but what
 * is changed of them is changed at the account, where the contact's fields have other names.
 */

/** By the fields of a contact. */
export function hasPersonAccounts(fields: readonly CrmField[]): boolean {
  return fields.some(({ name }) => name === IS_PERSON);
}

/** Changes contacts by id, those of person accounts by their accounts. */
export async function updateContacts(
  deps: WriteDeps & { readonly describeAccount: () => Promise<CrmResult<readonly CrmField[]>> },
  items: readonly RecordChange[],
): Promise<readonly WriteAnswer[]> {
  if (!hasPersonAccounts(deps.fields)) return updateRecords(deps, 'contact', items);
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

/** The account of a person, and when either of the two last changed (ms). */
type PersonAccount = { readonly id: string; readonly changedAt: number; readonly contactAt: number };

/** Accounts by contact. */
export async function findPersonAccounts(org: Org, ids: readonly string[]): Promise<CrmResult<ReadonlyMap<string, PersonAccount>>> {
  const accounts = new Map<string, PersonAccount>();
  const fields = ['Id', 'AccountId', 'SystemModstamp', 'Account.LastModifiedDate'];
  for (const some of cut(ids, WRITE_BATCH)) {
    const where = all(compare(IS_PERSON, '=', yesNo(true)), isOneOf('Id', some));
    const found = await query(org, { fields, from: 'Contact', where });
    if (!found.ok) return found;
    for (const { Id, AccountId, SystemModstamp, Account } of found.value.rows) {
      if (typeof Id !== 'string' || typeof AccountId !== 'string') continue;
      const changedAt = toMoment(isObject(Account) ? Account.LastModifiedDate : null) ?? 0;
      accounts.set(Id, { id: AccountId, changedAt, contactAt: toMoment(SystemModstamp) ?? 0 });
    }
  }
  return ok(accounts);
}

/**
 * Answers in which accounts that stand in the way are told as the contacts of those persons; a company stays an account. Where
 * that cannot be asked, an answer that names accounts fails with the reason, and is tried again by that.
 */
export async function nameContacts(
  deps: { readonly org: Org; readonly describeContact: () => Promise<CrmResult<readonly CrmField[]>> },
  answers: readonly WriteAnswer[],
): Promise<readonly WriteAnswer[]> {
  const accountIds = new Set(answers.flatMap(accountsIn));
  const fields = accountIds.size === 0 ? null : await deps.describeContact();
  // Who cannot see contacts at all is told of accounts.
  if (!fields?.ok || !hasPersonAccounts(fields.value)) return answers;
  const contacts = await findContacts(deps.org, [...accountIds]);
  return answers.map((answer) => {
    if (answer.kind !== 'failed' || accountsIn(answer).length === 0) return answer;
    if (!contacts.ok) return { ...answer, failure: contacts.error };
    const matches = answer.failure.matches?.map((match): CrmMatch => {
      const contact = match.type === 'account' ? contacts.value.get(match.id) : undefined;
      return contact === undefined ? match : { ...match, type: 'contact', id: contact };
    });
    return { ...answer, failure: { ...answer.failure, ...(matches ? { matches } : {}) } };
  });
}

function accountsIn(answer: WriteAnswer): readonly string[] {
  const matches = answer.kind === 'failed' ? (answer.failure.matches ?? []) : [];
  return matches.flatMap(({ type, id }) => (type === 'account' ? [id] : []));
}

/** Contacts of persons by their accounts; a company has none of that kind. */
async function findContacts(org: Org, accountIds: readonly string[]): Promise<CrmResult<ReadonlyMap<string, string>>> {
  const contacts = new Map<string, string>();
  for (const part of cutValues(accountIds)) {
    const where = all(compare(IS_PERSON, '=', yesNo(true)), isOneOf('AccountId', part));
    const found = await query(org, { fields: ['Id', 'AccountId'], from: 'Contact', where });
    if (!found.ok) return found;
    for (const { Id, AccountId } of found.value.rows)
      if (typeof Id === 'string' && typeof AccountId === 'string') contacts.set(AccountId, Id);
  }
  return ok(contacts);
}

/**
 * An account has a stamp of its own, which moves without the contact's. So the contact is looked at here, and Salesforce
 * refuses what comes in between then and the write.
 */
function updatePersons(
  deps: WriteDeps,
  items: readonly RecordChange[],
  accounts: ReadonlyMap<string, PersonAccount>,
  known: readonly CrmField[],
): Promise<readonly WriteAnswer[]> {
  const toWrite = ({ opId, id, values, unmodifiedSince, savesAnyway = false }: RecordChange): Result<Write, CrmFailure> => {
    const account = accounts.get(id);
    if (!account || (unmodifiedSince !== undefined && account.contactAt > unmodifiedSince))
      return fail({ kind: 'changed', code: 'PERSON_ACCOUNT_CHANGED', message: '' });
    const named = toAccountValues(values, known);
    const body = named.ok ? toBody(named.value, known) : named;
    if (!body.ok) return body;
    const since = unmodifiedSince === undefined ? {} : { unmodifiedSince: account.changedAt };
    return ok({ opId, id, object: 'Account', recordId: account.id, values: body.value, savesAnyway, ...since });
  };
  return writeEach(items, toWrite, (writes) => changeAll(deps, writes));
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
