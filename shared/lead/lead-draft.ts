import { MAX_CELL_BYTES } from '../limits.ts';
import { type Problem, type ProblemCode, type ProblemData, problem } from '../problems.ts';
import { FIELDS, type FieldId } from './fields.ts';
import type { CustomValue } from './lead.ts';
import type { GoodPhone } from './phone.ts';
import { trimText, utf8Bytes } from './text.ts';

/** What a cell held beyond its first value; `slot` is its field's place among the phone or email fields. */
export type Further<T> = { readonly slot: number; readonly text: string; readonly values: readonly T[] };

/**
 * A lead while it is checked: '' stands for blank. One is made for every row of a file, and hardly any has something to
 * say: the lists begin as one that all drafts share, and are added to by `added` only.
 */
export type LeadDraft = {
  /** Primary address, then the alternates. */
  readonly emails: string[];
  /** Primary number, then the alternates. */
  readonly phones: string[];
  problems: readonly Problem[];
  /** Bad emails and phones: whether they reject the row is known once the policy has been asked. */
  bad: readonly Problem[];
  /** What could not be stored in its field, and extensions: custom fields to come. */
  kept: readonly CustomValue[];
  furtherEmails: readonly Further<string>[];
  furtherPhones: readonly Further<GoodPhone>[];
};

const NOTHING: readonly never[] = [];

/** Texts quoted in a problem are cut: the whole one is in the row. */
const MAX_QUOTED = 200;

/** An empty draft. Lists are never changed in place, so that what a lead took from the last one stays as it is. */
export function createDraft(): LeadDraft {
  return {
    emails: ['', '', '', ''],
    phones: ['', '', '', ''],
    problems: NOTHING,
    bad: NOTHING,
    kept: NOTHING,
    furtherEmails: NOTHING,
    furtherPhones: NOTHING,
  };
}

/** The list with one more item. */
export function added<T>(list: readonly T[], item: T): readonly T[] {
  return list.length === 0 ? [item] : [...list, item];
}

/** Says something about a field; `text` is the offending text as read. */
export function addProblem(draft: LeadDraft, code: ProblemCode, field: string, text?: string, data?: ProblemData): void {
  draft.problems = added(draft.problems, findProblem(code, field, text, data));
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
  keep(draft, `${FIELDS[field].label} (original)`, trimText(text));
}

/** Keeps a text under a label, as a custom field. */
export function keep(draft: LeadDraft, label: string, value: string): void {
  draft.kept = added(draft.kept, { label, value });
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
export function withKept(values: readonly CustomValue[], kept: readonly CustomValue[]): readonly CustomValue[] {
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
