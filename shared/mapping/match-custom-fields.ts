import type { CustomFieldType } from '../lead/lead.ts';
import type { Suggestion } from './mapping.ts';

/** A custom field that the workspace has. */
export type ExistingField = { readonly label: string; readonly type: CustomFieldType };

/**
 * Suggestions whose columns, kept as custom fields, land in the workspace's own where it has one of that name, whatever
 * the case: they take its label and its type. Two columns never share a field; one that is written alike comes first.
 */
export function matchCustomFields(suggestions: readonly Suggestion[], existing: readonly ExistingField[]): readonly Suggestion[] {
  if (existing.length === 0) return suggestions;
  const labels = new Set(suggestions.map(({ label }) => label));
  const free = new Map<string, ExistingField>();
  const exact = new Map(existing.map((field) => [field.label, field]));
  // A field that a column is called like exactly is that column's alone.
  for (const field of existing) if (!labels.has(field.label) && !free.has(foldLabel(field.label))) free.set(foldLabel(field.label), field);
  return suggestions.map((suggestion) => {
    const name = foldLabel(suggestion.label);
    const found = exact.get(suggestion.label) ?? free.get(name);
    if (!found) return suggestion;
    if (!exact.has(suggestion.label)) free.delete(name);
    return { ...suggestion, label: found.label, type: found.type };
  });
}

/** A label for comparing: compatibility form, no case, single blanks. */
function foldLabel(label: string): string {
  return label.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
