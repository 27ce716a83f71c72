import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { AnswerOf } from '#shared/api/contract.ts';
import type { RecordType } from '#shared/crm/record.ts';
import { type CrmScope, holdsType, ofTypes } from '#shared/crm/scope.ts';

/** What can be chosen to come in: kinds of records, and which of them. */

export const EVERYBODY: CrmScope = { kind: 'all' };

/** Kinds of records that a CRM has for people. */
export const TYPES_OF: Readonly<Record<ConnectionAnswer['provider'], readonly RecordType[]>> = {
  hubspot: ['contact'],
  salesforce: ['lead', 'contact'],
};

/** The kinds there are to choose from, where a CRM has several. */
export const KINDS = [
  { value: 'lead contact', label: 'Leads and contacts' },
  { value: 'lead', label: 'Leads' },
  { value: 'contact', label: 'Contacts' },
] as const;

/** The kinds that come in: mapped, and of the scope; all that the CRM has while nothing is mapped. */
export function typesInUse({ provider, settings }: Pick<ConnectionAnswer, 'provider' | 'settings'>): readonly RecordType[] {
  const comesIn = (type: RecordType) => holdsType(settings.scopeIn, type) && settings.pairs.some((pair) => pair.type === type);
  const mapped = TYPES_OF[provider].filter(comesIn);
  return mapped.length > 0 ? mapped : TYPES_OF[provider];
}

/** The scope whichever kinds it is of. */
export function wholeScope(provider: ConnectionAnswer['provider'], scope: CrmScope): CrmScope {
  return ofTypes(scope, TYPES_OF[provider], TYPES_OF[provider]);
}

/** What comes in once other kinds are chosen: everybody, where it was a view of a kind that comes in no more. */
export function scopeOfKinds(provider: ConnectionAnswer['provider'], scope: CrmScope, types: readonly RecordType[]): CrmScope {
  const isOther = scope.kind === 'view' && !(types.length === 1 && types.every((type) => holdsType(scope, type)));
  return ofTypes(isOther ? EVERYBODY : scope, types, TYPES_OF[provider]);
}

/** Scopes that fit these kinds of records, each once. A view is of one kind: where it does not say of which, it is not offered with several. */
export function scopesFor(
  types: readonly RecordType[],
  found: AnswerOf<'connectionLists'>['scopes'],
  chosen: CrmScope,
): ReadonlyMap<string, CrmScope> {
  const fitting = found.filter(
    ({ type, scope }) => types.includes(type) && (scope.kind !== 'view' || scope.type !== undefined || types.length === 1),
  );
  return new Map([EVERYBODY, ...fitting.map(({ scope }) => scope), chosen].map((scope) => [JSON.stringify(scope), scope]));
}
