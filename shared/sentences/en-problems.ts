import { MAX_PHONE_DIGITS, MIN_PHONE_DIGITS } from '../limits.ts';
import type { Problem, ProblemCode } from '../problems.ts';
import { counted, day, quoted, size } from './en-words.ts';

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' });

/** What a problem says: the same words wherever it is shown. */
export const PROBLEM_SENTENCES = {
  first_name_missing: 'First name is missing.',
  last_name_missing: 'Last name is missing.',
  email_missing: 'Email is missing.',
  phone_missing: 'Phone is missing.',
  name_missing: 'A name is missing.',
  unreachable: 'An email, a phone or a LinkedIn profile is missing.',
  nobody: 'Nobody is named: no email, no phone, no name.',
  email_no_at: withText('An email needs an @.', (text) => `An email needs an @: ${text} has none.`),
  email_no_dot: withText('The part of an email after the @ needs a dot.', (text) => `An email needs a dot after the @: ${text} has none.`),
  phone_invalid: withText(
    `A phone has ${MIN_PHONE_DIGITS} to ${MAX_PHONE_DIGITS} digits, and a + with the country code where it is from abroad.`,
    (text) => `${text} is no complete phone number. Add the missing digits, or a + and the country code.`,
  ),
  phone_digits_lost: 'Excel shortened this number. Format the column as text and export again.',
  cell_too_large: (problem) => `This value is too long${sizes(problem)}. Shorten it in the file.`,
  row_too_large: (problem) => `This row is too large to send${sizes(problem)}. Shorten its longest values in the file.`,
  target_gone: 'The lead this row was about has been deleted since the preview. Import the row again to create it.',
  phone_doubtful: ({ text, data }) => {
    const where = data?.country === undefined ? '' : ` in ${COUNTRIES.of(String(data.country)) ?? data.country}, the country of its row`;
    return `${text === undefined || text.trim() === '' ? 'This phone' : quoted(text)} may not exist${where}. Check its digits and its country.`;
  },
  phones_spread: ({ data }) => `${counted(Number(data?.count ?? 2), 'phone')} in one cell: the others go to alternate phones.`,
  phones_left_over: ({ data }) => leftOver(Number(data?.count ?? 1), 'phone'),
  email_doubtful: (problem) => `This email may not work.${suggestion(problem)}`,
  email_typo: (problem) => `This email may be misspelt.${suggestion(problem)}`,
  email_role: 'This is a shared address, like info@ or sales@, not a person’s.',
  emails_spread: ({ data }) => `${counted(Number(data?.count ?? 2), 'email')} in one cell: the others go to alternate emails.`,
  emails_left_over: ({ data }) => leftOver(Number(data?.count ?? 1), 'email'),
  names_several: 'This looks like more than one name. The first is taken, and the whole text is kept as a custom field.',
  linkedin_invalid: 'This is no LinkedIn profile. The text is kept as a custom field.',
  linkedin_company: 'This is a company’s LinkedIn page, not a person’s. It is kept as a custom field.',
  owner_unknown: withText(
    'The owner is not a member here. The lead stays unassigned.',
    (text) => `${text} is not a member here. The lead stays unassigned.`,
  ),
  owner_invalid: 'An owner is one email address. The text is kept as a custom field.',
  custom_type_mismatch: ({ text, data }) =>
    `${text === undefined ? 'This value' : quoted(text)} is ${TYPES.get(String(data?.type)) ?? 'of another type'}. It is kept as it is.`,
  date_unclear: withText(
    'It is not clear which day this is. It is kept as it is.',
    (text) => `It is not clear which day ${text} is. It is kept as it is.`,
  ),
  row_ragged: ({ data }) =>
    data
      ? `This row has ${counted(Number(data.cells), 'value')} for ${counted(Number(data.expected), 'column')}. Check that nothing slipped into another column.`
      : 'This row has more or fewer values than there are columns. Check that nothing slipped into another column.',
  nul_removed: 'Invisible NUL characters were taken out.',
  value_left_out: (problem) => `This value is too long${sizes(problem)}. It stays where it is, and the rest comes in without it.`,
  formula_error: ({ text }) => `The sheet shows ${text ?? 'an error'} here instead of a value. The cell is taken as empty.`,
  phone_shared: ({ data }) => `${lineOf(data, 'An earlier row')} has the same phone and another name. Both are imported.`,
  duplicate_in_file: ({ data }) => `The same person as in ${placeOf(data)}${sameKey(data)}.`,
  duplicate_in_list: ({ data }) => `Already in the list${sameKey(data)}.`,
  duplicate_in_workspace: ({ data }) => `Already in the workspace${sameKey(data)}.`,
  review_phone_in_file: ({ data }) =>
    `${holderOf(data)} has the same phone with another name and email. Decide whether it is the same person.`,
  review_phone: 'A lead with another name and email has this phone. Decide whether it is the same person.',
  review_several: ({ data }) =>
    `This row matches ${data?.count ? counted(Number(data.count), 'lead') : 'several leads'}. Decide which of them it is.`,
  review_changed: 'The lead this row was to change is another one since the preview. Decide whether it is the same person.',
  edited_since: 'Somebody edited this value after the last import of the sheet. It is left as it is.',
  values_changed: 'Somebody changed this value after the preview. It was not overwritten.',
  suppressed: ({ data }) =>
    `This person has opted out${data?.entry ? `: ${data.entry}${data.since ? `, since ${day(String(data.since))}` : ''}` : ''}.`,
} as const satisfies Record<ProblemCode, string | ((problem: Problem) => string)>;

/** Custom types as the end of "is …". */
const TYPES = new Map([
  ['number', 'no number'],
  ['date', 'no date'],
  ['yesNo', 'neither yes nor no'],
  ['choice', 'none of the choices'],
]);
const KEYS = new Map([
  ['email', 'email'],
  ['phone', 'phone'],
  ['linkedin', 'LinkedIn profile'],
  ['link', 'CRM record'],
]);

/** A sentence that quotes the offending text where it is known. */
function withText(plain: string, quoting: (text: string) => string): (problem: Problem) => string {
  return ({ text }) => (text === undefined || text.trim() === '' ? plain : quoting(quoted(text)));
}

function sizes({ data }: Problem): string {
  return data?.bytes && data.limit ? ` (${size(Number(data.bytes))}, ${size(Number(data.limit))} fit)` : '';
}

function leftOver(count: number, what: 'phone' | 'email'): string {
  return `${counted(count, what)} of this cell found no free alternate. The whole cell is kept as a custom field.`;
}

function suggestion({ data }: Problem): string {
  return data?.suggestion ? ` Is it ${data.suggestion}?` : '';
}

function sameKey(data: Problem['data']): string {
  const key = KEYS.get(String(data?.matchedOn));
  return key ? ` (same ${key})` : '';
}

/** Whose the phone is: an earlier row's own, or that of the lead which the row is about. */
function holderOf(data: Problem['data']): string {
  if (data?.leadId !== undefined) return `The lead that ${placeOf(data)} is about`;
  return data?.record ? 'An earlier record' : lineOf(data, 'An earlier row');
}

/** A row of a file has a line; a record of a CRM has none that anybody could look up. */
function placeOf(data: Problem['data']): string {
  if (data?.record) return 'an earlier record';
  return data?.line ? `line ${data.line}` : 'an earlier row';
}

function lineOf(data: Problem['data'], otherwise: string): string {
  return data?.line ? `Line ${data.line}` : otherwise;
}
