import type { LeadFilter } from '../../../platform/lead-api.ts';
import type { Choice } from '../../parts/select.tsx';
import { importName } from '../import-name.ts';
import type { Choices } from '../use-choices.ts';
import type { Workspace } from '../workspace.ts';

export type FilterPart = {
  readonly part: Exclude<keyof LeadFilter, 'search'>;
  readonly label: string;
  readonly choices: readonly Choice[];
  /** The name of what is chosen; null where nothing is. */
  readonly chosen: string | null;
};

/** What leads can be filtered by, with the choices and what is chosen. */
export function filterParts(
  { lists, host }: Pick<Workspace, 'lists' | 'host'>,
  choices: Choices,
  filter: LeadFilter,
): readonly FilterPart[] {
  const now = host.now();
  const parts: readonly Omit<FilterPart, 'chosen'>[] = [
    { part: 'listId', label: 'List', choices: lists.map(({ id, name }) => ({ value: id, label: name })) },
    { part: 'tag', label: 'Tag', choices: choices.tags.map(({ name }) => ({ value: name, label: name })) },
    {
      part: 'owner',
      label: 'Owner',
      choices: [{ value: 'none', label: 'nobody' }, ...choices.members.map(({ id, name, email }) => ({ value: id, label: name || email }))],
    },
    {
      part: 'importId',
      label: 'Import',
      choices: choices.imports.map((found) => ({ value: found.importId, label: importName(found, now) })),
    },
  ];
  return parts.map((part) => {
    const value = filter[part.part];
    if (value === undefined) return { ...part, chosen: null };
    const known = part.choices.find((choice) => choice.value === value);
    if (known) return { ...part, chosen: known.label };
    // A tag says itself; an id that is not among the newest has no name here.
    const chosen = part.part === 'tag' ? value : 'chosen';
    return { ...part, choices: [...part.choices, { value, label: chosen }], chosen };
  });
}
