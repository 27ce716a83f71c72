import { fitsCustomType, isUnclearDate } from './custom-value.ts';
import type { CustomFieldType, CustomValue } from './lead.ts';
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
  const labels = values.length > FEW ? new Set<string>() : null;
  for (let index = 0; index < values.length; index++) {
    const custom = values[index];
    if (!custom || !isClean(draft, custom) || isRepeated(values, index, custom.label, labels))
      return cleanCustomFields(draft, values, index);
    labels?.add(custom.label);
  }
  return values;
}

/** Up to here looking through the list is faster than a set. */
const FEW = 8;

/** Says whether a value stays as it is; says so too of a text that does not fit its type, with its warning. */
function isClean(draft: LeadDraft, custom: CustomValue): boolean {
  const { label, value, type } = custom;
  if (value === '' || label === '' || trimText(value) !== value || trimText(label) !== label) return false;
  if (value.length > SHORT || value.includes('\0')) return false;
  if (type !== undefined) checkType(draft, label, value, type);
  return true;
}

function checkType(draft: LeadDraft, label: string, value: string, type: CustomFieldType): void {
  if (!fitsCustomType(value, type)) addProblem(draft, 'custom_type_mismatch', label, value, { label, type });
  else if (type === 'date' && isUnclearDate(value)) addProblem(draft, 'date_unclear', label, value, { label });
}

/** Longer values are looked at closely. */
const SHORT = 1_000;

function isRepeated(values: readonly CustomValue[], index: number, label: string, labels: ReadonlySet<string> | null): boolean {
  if (labels) return labels.has(label);
  for (let earlier = 0; earlier < index; earlier++) if (values[earlier]?.label === label) return true;
  return false;
}

/** Cleans a list from one place on; what stands before it is clean. */
function cleanCustomFields(draft: LeadDraft, values: readonly CustomValue[], start: number): readonly CustomValue[] {
  const cleaned = values.slice(0, start);
  const labels = new Set(cleaned.map((custom) => custom.label));
  for (const custom of values.slice(start)) {
    const value = trimText(takeText(draft, custom.value, custom.label));
    if (value === '') continue;
    const label = freeLabel(trimText(custom.label) || UNNAMED, (taken) => labels.has(taken));
    labels.add(label);
    const { type } = custom;
    if (type !== undefined) checkType(draft, label, value, type);
    if (value === custom.value && label === custom.label) cleaned.push(custom);
    else cleaned.push(type === undefined ? { label, value } : { label, value, type });
  }
  return cleaned;
}
