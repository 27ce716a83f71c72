import { foldText } from '#shared/lead/text.ts';
import { isColumnMapping } from '#shared/mapping/mapping.ts';
import type { UnknownValues } from '#shared/plan/unknown-values.ts';
import type { WithTable } from './draft-state.ts';
import type { CustomFieldInfo, UnknownColumn } from './view.ts';

type Column = Omit<UnknownColumn, 'values'>;

/**
 * The columns whose values the workspace has a list of: those mapped to a choice field of its own, and to the owner. An
 * owner column is left out while the members are not known (null).
 */
export function listedColumns(
  { mapping, table }: Pick<WithTable, 'mapping' | 'table'>,
  customFields: readonly CustomFieldInfo[],
  members: readonly string[] | null,
): readonly Column[] {
  const labels = new Map(table.suggestions.map(({ index, label }) => [index, label]));
  const choices = new Map(customFields.filter(({ type }) => type === 'choice').map((field) => [foldText(field.label), field]));
  return mapping.filter(isColumnMapping).flatMap(({ column, field, label }): readonly Column[] => {
    if (field === 'ownerEmail') return members ? [{ column, kind: 'owner', label: 'Owner email', known: members }] : [];
    if (field !== 'custom') return [];
    const listed = choices.get(foldText(label ?? labels.get(column) ?? ''));
    return listed ? [{ column, kind: 'choice', label: listed.label, known: listed.choices ?? [] }] : [];
  });
}

/** What was found, with what the columns are. */
export function withColumns(found: readonly UnknownValues[], columns: readonly Column[]): readonly UnknownColumn[] {
  return found.flatMap(({ column, values }) => {
    const listed = columns.find((one) => one.column === column);
    return listed ? [{ ...listed, values }] : [];
  });
}
