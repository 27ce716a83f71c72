/**
 * Everything that can be said about a row, as code and data. Sentences are made from them in `sentences/`,
 * one file per language, so that grid, rejected file, API and history say the same.
 */

/** error: the row is rejected · warning: kept, worth a look · note: why a good row was not written */
export type Severity = 'error' | 'warning' | 'note';

/** The usual severity of each code. An error of a field the policy does not need is a warning instead. */
export const PROBLEMS = {
  // What the required-fields policy misses.
  first_name_missing: 'error',
  last_name_missing: 'error',
  email_missing: 'error',
  phone_missing: 'error',
  /** `reachable`: neither first, last nor full name. */
  name_missing: 'error',
  /** `reachable`: no email, phone or LinkedIn profile. */
  unreachable: 'error',
  /** `any`: no email, phone or name. */
  nobody: 'error',
  // Values that cannot be used.
  email_no_at: 'error',
  email_no_dot: 'error',
  phone_invalid: 'error',
  /** `4.15555E+09`: a spreadsheet has dropped digits. */
  phone_digits_lost: 'error',
  /** data.bytes, data.limit */
  cell_too_large: 'error',
  /** data.bytes, data.limit */
  row_too_large: 'error',
  /** The lead a decision was about is no more. */
  target_gone: 'error',
  // Kept, worth a look.
  phone_doubtful: 'warning',
  /** data.count: several numbers in a cell, spread over free alternates. */
  phones_spread: 'warning',
  /** data.count: numbers of a cell that found no free alternate; the cell is kept as a custom field. */
  phones_left_over: 'warning',
  /** data.suggestion where a repair is known. */
  email_doubtful: 'warning',
  /** data.suggestion: a domain one edit from a well-known one. */
  email_typo: 'warning',
  email_role: 'warning',
  /** data.count: several addresses in a cell, spread over free alternates. */
  emails_spread: 'warning',
  /** data.count: addresses of a cell that found no free alternate; the cell is kept as a custom field. */
  emails_left_over: 'warning',
  /** text: a full name of more than one person; the first is taken. */
  names_several: 'warning',
  linkedin_invalid: 'warning',
  linkedin_company: 'warning',
  owner_unknown: 'warning',
  owner_invalid: 'warning',
  /** data.label, data.type: text does not fit the custom field's type. */
  custom_type_mismatch: 'warning',
  /** text, data.label: a day no calendar has, or a year of two figures; kept as it is written. */
  date_unclear: 'warning',
  /** data.cells, data.expected */
  row_ragged: 'warning',
  /** NUL characters were taken out. */
  nul_removed: 'warning',
  /** text: what a formula of a sheet gave instead of a value, as "#N/A"; the cell is read as blank. */
  formula_error: 'warning',
  /** data.bytes, data.limit: too long a value stayed where the row came from. */
  value_left_out: 'warning',
  /** Under "create anyway": another person of the file has the same phone. data.line */
  phone_shared: 'warning',
  // Why a good row was not written, or not as a new lead.
  /** data.line: the earlier row; data.matchedOn */
  duplicate_in_file: 'note',
  /** data.leadId, data.matchedOn */
  duplicate_in_list: 'note',
  duplicate_in_workspace: 'note',
  /** data.line: same phone as an earlier row with another name and email. */
  review_phone_in_file: 'note',
  /** data.leadId: same phone as a stored lead with another name and email. */
  review_phone: 'note',
  /** data.count: the row's keys lead to several leads. */
  review_several: 'note',
  /** data.leadId: the stored lead the row was to change is no longer the one its keys lead to. */
  review_changed: 'note',
  /** data.leadId: somebody changed the stored lead since the preview; what the row was to replace in it stays. */
  values_changed: 'note',
  /** field, data.leadId: its cell changed in the sheet, but somebody has edited it in the lead since the last import; it stays. */
  edited_since: 'note',
  /** data.entry, data.kind, data.since (ISO date) */
  suppressed: 'note',
} as const satisfies Record<string, Severity>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One finding about one row. `field` is a field id or a custom field's label; `text` the offending text as read. */
export type Problem = {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly field?: string;
  /** Index of the column in the file, from 0. */
  readonly column?: number;
  readonly text?: string;
  readonly data?: ProblemData;
};
export type ProblemData = Readonly<Record<string, string | number>>;

/** Makes a problem with its usual severity. */
export function problem(code: ProblemCode, rest: Omit<Problem, 'code' | 'severity'> = {}): Problem {
  return { code, severity: PROBLEMS[code], ...rest };
}

/** Why a whole file could not be read. `data` feeds the sentence. */
export type FileErrorCode =
  | 'file_empty'
  | 'file_header_only'
  | 'file_no_table'
  /** data.line: the physical line where the quote opened, from 1 */
  | 'quote_never_closed'
  /** data.columns, data.limit */
  | 'too_many_columns'
  /** data.limit */
  | 'too_many_rows'
  /** data.bytes, data.limit */
  | 'file_too_large'
  /** data.refused: pdf · zip · xls · gzip · image · html · … */
  | 'file_wrong_type'
  /** A zip that does not unpack, a workbook without its parts. */
  | 'file_damaged'
  /** A workbook that wants a password. */
  | 'file_encrypted'
  /** data.sheet: no sheet has this name */
  | 'sheet_unknown'
  /** data.encoding */
  | 'encoding_unknown';
export type FileError = { readonly code: FileErrorCode; readonly data?: ProblemData };

/** Why a field was suggested, as code and data; `sentences/` renders it. */
export type ReasonCode =
  | 'same_name'
  | 'known_name'
  | 'name_and_values'
  | 'values'
  | 'rank'
  | 'remembered'
  | 'several_candidates'
  | 'values_disagree'
  | 'company_column'
  | 'other_person'
  | 'not_a_lead_field'
  | 'empty_column';
export type Reason = { readonly code: ReasonCode; readonly data?: Readonly<Record<string, string | number>> };
