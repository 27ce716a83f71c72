import { MAX_CELL_BYTES } from '../limits.ts';
import { type Problem, type ProblemCode, type ProblemData, problem } from '../problems.ts';
import { FIELDS, type FieldId } from './fields.ts';
import type { CustomValue, Lead } from './lead.ts';
import { trimText, utf8Bytes } from './text.ts';

/** A lead while it is checked. */
export type LeadDraft = {
  readonly lead: { -readonly [K in keyof Lead]: Lead[K] };
  readonly problems: Problem[];
  /** Bad emails and phones: whether they reject the row is known once the policy has been asked. */
  readonly bad: Problem[];
  /** What could not be stored in its field, and extensions: custom fields to come. */
  readonly kept: { readonly label: string; readonly value: string }[];
};

/** Texts quoted in a problem are cut: the whole one is in the row. */
const MAX_QUOTED = 200;

export function createDraft(): LeadDraft {
  return { lead: {}, problems: [], bad: [], kept: [] };
}

/** Says something about a field; `text` is the offending text as read. */
export function addProblem(draft: LeadDraft, code: ProblemCode, field: string, text?: string, data?: ProblemData): void {
  draft.problems.push(findProblem(code, field, text, data));
}

export function findProblem(code: ProblemCode, field: string, text?: string, data?: ProblemData): Problem {
  return problem(code, { field, ...(text === undefined ? {} : { text: quote(text) }), ...(data ? { data } : {}) });
}

function quote(text: string): string {
  if (text.length <= MAX_QUOTED) return text;
  const cut = text.slice(0, MAX_QUOTED);
  // Never half of a surrogate pair.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** Keeps a text that its field cannot hold as the custom field "<label> (original)". */
export function keepOriginal(draft: LeadDraft, field: FieldId, text: string): void {
  draft.kept.push({ label: `${FIELDS[field].label} (original)`, value: trimText(text) });
}

/**
 * A value as read, ready to be looked at: '' where it is absent or over the size limit (an error), NULs taken out (a
 * warning).
 */
export function takeText(draft: LeadDraft, value: string | undefined, field: string): string {
  if (value === undefined || value === '') return '';
  if (value.length * 3 > MAX_CELL_BYTES) {
    const bytes = utf8Bytes(value, MAX_CELL_BYTES);
    if (bytes > MAX_CELL_BYTES) {
      addProblem(draft, 'cell_too_large', field, value, { bytes, limit: MAX_CELL_BYTES });
      return '';
    }
  }
  if (!value.includes('\0')) return value;
  addProblem(draft, 'nul_removed', field);
  return value.replaceAll('\0', '');
}

/** The custom fields of a checked lead: those it had, then what was kept; a label that is taken by another value gets "#2". */
export function withKept(values: readonly CustomValue[], kept: LeadDraft['kept']): readonly CustomValue[] {
  if (kept.length === 0) return values;
  const result = [...values];
  for (const { label, value } of kept) {
    if (!result.some((known) => known.value === value && (known.label === label || known.label.startsWith(`${label} #`))))
      result.push({ label: freeLabel(label, (taken) => result.some((known) => known.label === taken)), value });
  }
  return result;
}

/** A label nobody has yet: the label itself, or "label #2", "label #3" … */
export function freeLabel(label: string, isTaken: (label: string) => boolean): string {
  if (!isTaken(label)) return label;
  let number = 2;
  while (isTaken(`${label} #${number}`)) number++;
  return `${label} #${number}`;
}
