import type { SuppressionKind } from '#shared/lead/suppressed-value.ts';
import { countOf } from '../../numbers.ts';
import { PROVIDER_WORDS } from '../connections/connection-words.ts';

/** What an entry is. */
export const KIND_WORDS = { email: 'address', domain: 'domain', phone: 'phone' } as const satisfies Record<SuppressionKind, string>;

/** "2 addresses, 1 domain": what there is of each kind. */
export function kindsWords(entries: readonly { readonly kind: SuppressionKind }[]): string {
  const rows = (kind: SuppressionKind) => entries.filter((entry) => entry.kind === kind).length;
  const parts = [
    rows('email') > 0 ? countOf(rows('email'), 'address', 'addresses') : '',
    rows('domain') > 0 ? countOf(rows('domain'), 'domain') : '',
    rows('phone') > 0 ? countOf(rows('phone'), 'phone') : '',
  ];
  return parts.filter((part) => part !== '').join(', ') || 'nothing';
}

const SOURCES: ReadonlyMap<string, string> = new Map([
  ['hand', 'added by hand'],
  ['file', 'from a file'],
  ['paste', 'pasted'],
  ['column', 'from an import'],
  ['import', 'from an import'],
  ['api', 'by the API'],
  ['hubspot', `from ${PROVIDER_WORDS.hubspot}`],
  ['salesforce', `from ${PROVIDER_WORDS.salesforce}`],
]);

/** Where an entry came from; what we do not know is said as the server has it. */
export function sourceWords(source: string): string {
  return SOURCES.get(source) ?? source;
}
