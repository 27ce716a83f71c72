import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { AnswerOf } from '#shared/api/contract.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';

/** What can be chosen to come in: kinds of records, and which of them. */

export const EVERYBODY: CrmScope = { kind: 'all' };

/** Kinds of records that a CRM has for people. */
export const TYPES_OF: Readonly<Record<ConnectionAnswer['provider'], readonly RecordType[]>> = {
  hubspot: ['contact'],
  salesforce: ['lead', 'contact'],
};

/** The kinds that are mapped; all that the CRM has while nothing is. */
export function typesInUse({ provider, settings }: Pick<ConnectionAnswer, 'provider' | 'settings'>): readonly RecordType[] {
  const mapped = TYPES_OF[provider].filter((type) => settings.pairs.some((pair) => pair.type === type));
  return mapped.length > 0 ? mapped : TYPES_OF[provider];
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
