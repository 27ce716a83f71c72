import type { RecordType } from '#shared/crm/record.ts';
import type { CrmField, CrmResult, WriteAnswer } from '../adapter.ts';
import { withLabel } from './failures.ts';
import { type Sent, tellLookups } from './lookups.ts';
import { nameContacts } from './person-accounts.ts';
import type { Org } from './transport.ts';

/**
 * Answers to writes in which is told what Salesforce leaves open: which record is not there, whose account stands in the way,
 * and how people call the fields. `fields`: of the type. Costs calls only where something of that was refused.
 */
export async function explainAnswers(
  deps: { readonly org: Org; readonly describeContact: () => Promise<CrmResult<readonly CrmField[]>> },
  written: { readonly type: RecordType; readonly items: readonly Sent[]; readonly fields: readonly CrmField[] },
  answers: readonly WriteAnswer[],
): Promise<readonly WriteAnswer[]> {
  const { type, items, fields } = written;
  const told = await tellLookups(deps.org, type, items, answers, fields);
  return (await nameContacts(deps, told)).map((answer) => withLabel(answer, fields));
}
