import type { ScopesAnswer } from '#shared/api/connection-work.ts';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { RecordType } from '#shared/crm/record.ts';
import { type CrmScope, holdsType, ofTypes } from '#shared/crm/scope.ts';
import { countOf } from '../../numbers.ts';
import type { ComboOption } from '../../parts/combobox.tsx';
import { RECORD_WORDS } from './connection-words.ts';

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

/** Names a scope among the choices, whatever it is called and whichever kinds come in. */
export function scopeKey(scope: CrmScope): string {
  return scope.kind === 'all' ? 'all' : `${scope.kind} ${scope.id}`;
}

export type ScopeOption = ComboOption & { readonly scope: CrmScope };

const EVERYBODY_OPTION: ScopeOption = { value: scopeKey(EVERYBODY), label: 'Everybody', scope: EVERYBODY };

/** Everybody before the others, where what is typed fits. */
export function withEverybody(options: readonly ScopeOption[], text: string): readonly ScopeOption[] {
  return EVERYBODY_OPTION.label.toLocaleLowerCase().includes(text.toLocaleLowerCase()) ? [EVERYBODY_OPTION, ...options] : options;
}

/**
 * Scopes that fit these kinds of records, each once, with as many people as it has of them. A view is of one kind: where it
 * does not say of which, it is not offered with several. Campaigns that are over come last.
 */
export function scopeOptions(types: readonly RecordType[], found: ScopesAnswer['scopes']): readonly ScopeOption[] {
  const fitting = found.filter(
    ({ type, scope }) => types.includes(type) && (scope.kind !== 'view' || scope.type !== undefined || types.length === 1),
  );
  const byKey = new Map<string, Found>();
  for (const one of fitting) {
    const known = byKey.get(scopeKey(one.scope));
    byKey.set(
      scopeKey(one.scope),
      known ? { ...known, size: known.size === null || one.size === null ? null : known.size + one.size } : one,
    );
  }
  return [...byKey.values()].toSorted((a, b) => rankOf(a) - rankOf(b)).map((one) => toOption(one, types.length > 1));
}

type Found = ScopesAnswer['scopes'][number];

function rankOf({ scope, isActive }: Found): number {
  return scope.kind !== 'campaign' ? 0 : isActive === false ? 2 : 1;
}

function toOption({ scope, size, isActive }: Found, isOfSeveral: boolean): ScopeOption {
  const kind = KIND_WORDS[scope.kind];
  const parts = [
    scope.kind === 'view' && scope.type && isOfSeveral ? `${kind} of ${RECORD_WORDS[scope.type][1]}` : kind,
    ...(size === null ? [] : [countOf(size, 'person', 'people')]),
    ...(isActive === false ? ['inactive'] : []),
  ];
  return { value: scopeKey(scope), label: scope.name, note: parts.join(', '), scope };
}
const KIND_WORDS = { list: 'List', view: 'View', campaign: 'Campaign' } as const;

/** What stands in the field: what is chosen, as it is called now, with its kind. */
export function scopeShown(scope: CrmScope, options: readonly ScopeOption[]): string {
  if (scope.kind === 'all') return EVERYBODY_OPTION.label;
  const known = options.find(({ value }) => value === scopeKey(scope));
  return `${KIND_WORDS[scope.kind]}: ${known?.label ?? scope.name}`;
}
