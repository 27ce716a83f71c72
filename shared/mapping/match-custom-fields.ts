import type { CustomFieldType } from '../lead/lead.ts';
import { isColumnMapping, type Mapping, type Suggestion } from './mapping.ts';

/** A custom field that the workspace has. */
export type ExistingField = { readonly label: string; readonly type: CustomFieldType };

/**
 * A mapping whose custom fields are the workspace's own where it has one of that name, whatever the case: they take its
 * label and its type. Two columns never share a field: the first one has it. Dates keep the order their column proves.
 */
export function matchCustomFields(mapping: Mapping, suggestions: readonly Suggestion[], existing: readonly ExistingField[]): Mapping {
  if (existing.length === 0) return mapping;
  const free = new Map<string, ExistingField>();
  for (const field of existing) if (!free.has(foldLabel(field.label))) free.set(foldLabel(field.label), field);
  const suggestionAt = new Map(suggestions.map((suggestion) => [suggestion.index, suggestion]));
  return mapping.map((entry) => {
    if (entry.field !== 'custom' || !isColumnMapping(entry)) return entry;
    const suggestion = suggestionAt.get(entry.column);
    const name = foldLabel(entry.label ?? suggestion?.label ?? '');
    const found = free.get(name);
    if (!found) return entry;
    free.delete(name);
    const { dateOrder: _, ...rest } = entry;
    const order = found.type === 'date' ? (entry.dateOrder ?? suggestion?.dateOrder) : undefined;
    return { ...rest, label: found.label, type: found.type, ...(order === undefined || order === 'ambiguous' ? {} : { dateOrder: order }) };
  });
}

/** A label for comparing: compatibility form, no case, single blanks. */
function foldLabel(label: string): string {
  return label.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
