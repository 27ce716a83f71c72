import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import type { ListInfo } from '../../../flow/view.ts';
import { PROVIDER_WORDS, RECORD_WORDS } from './connection-words.ts';

/** The list that an import from a CRM goes into: one there is, or one that is made by its name. */
export type ImportTarget = { readonly listId: string } | { readonly listName: string };
type About = {
  readonly connection: Pick<ConnectionAnswer, 'provider' | 'settings'>;
  readonly scope: CrmScope;
  readonly types: readonly RecordType[];
  readonly lists: readonly ListInfo[];
};
const NEW = 'new';

/** Where nobody chose: a list called as what is chosen now; for everybody the connection's own, where that is about everybody. */
export function usualTarget({ connection, scope, types, lists }: About): ImportTarget {
  const { provider, settings } = connection;
  const own = scope.kind === 'all' && settings.scopeIn.kind === 'all' ? settings.listId : null;
  if (own !== null && lists.some(({ id }) => id === own)) return { listId: own };
  const listName =
    scope.kind === 'all' ? `${PROVIDER_WORDS[provider]} ${types.map((type) => RECORD_WORDS[type][1]).join(' and ')}` : scope.name;
  const known = lists.find(({ name }) => name.toLowerCase() === listName.trim().toLowerCase());
  return known ? { listId: known.id } : { listName };
}

/** What can be chosen: the list that would be made, then those there are, the default one once. */
export function targetChoices(
  usual: ImportTarget,
  lists: readonly ListInfo[],
): readonly { readonly value: string; readonly label: string }[] {
  const made = 'listName' in usual ? [{ value: NEW, label: `Into a new list “${usual.listName}”` }] : [];
  return [...made, ...lists.map(({ id, name, isDefault }) => ({ value: id, label: isDefault ? 'Into the default list' : `Into ${name}` }))];
}

/** The choice that stands for a target. */
export function targetValue(target: ImportTarget): string {
  return 'listId' in target ? target.listId : NEW;
}

/** The target that was chosen. */
export function readTarget(value: string, usual: ImportTarget): ImportTarget {
  return value === NEW ? usual : { listId: value };
}
