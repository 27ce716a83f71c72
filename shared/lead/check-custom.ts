import { fitsCustomType } from './custom-value.ts';
import type { CustomValue } from './lead.ts';
import { addProblem, freeLabel, type LeadDraft, takeText } from './lead-draft.ts';
import { trimText } from './text.ts';

const NONE: readonly CustomValue[] = [];
/** The label of a value that came without one. */
const UNNAMED = 'Unnamed';

/**
 * Cleans custom values in their order: blank ones go, a label that was there before gets "#2", a text that does not fit
 * its type is kept as it is with a warning. The list that came in is given back where nothing had to change.
 */
export function checkCustomFields(draft: LeadDraft, values: readonly CustomValue[] | undefined): readonly CustomValue[] {
  if (values === undefined || values.length === 0) return NONE;
  const labels = new Set<string>();
  let isSame = true;
  const cleaned: CustomValue[] = [];
  for (const custom of values) {
    const value = trimText(takeText(draft, custom.value, custom.label));
    if (value === '') {
      isSame = false;
      continue;
    }
    const label = freeLabel(trimText(custom.label) || UNNAMED, (taken) => labels.has(taken));
    labels.add(label);
    const { type } = custom;
    if (type !== undefined && !fitsCustomType(value, type)) addProblem(draft, 'custom_type_mismatch', label, value, { label, type });
    if (value === custom.value && label === custom.label) cleaned.push(custom);
    else {
      cleaned.push(type === undefined ? { label, value } : { label, value, type });
      isSame = false;
    }
  }
  return isSame ? values : cleaned;
}
