import type { Problem } from '../problems.ts';
import { checkEmails, checkPhones, promoteAlternates } from './check-contact.ts';
import { checkCustomFields } from './check-custom.ts';
import { readEmailCell } from './email.ts';
import type { CheckedLead, CheckPolicy, CustomValue, Lead, RawLead } from './lead.ts';
import { addProblem, createDraft, keep, keepOriginal, type LeadDraft, takeText, withKept } from './lead-draft.ts';
import { readLinkedin } from './linkedin.ts';
import { hasSameLetters, splitFullName } from './name.ts';
import { missingFields, weighProblems } from './require-fields.ts';
import { readTags } from './tags.ts';
import { trimText } from './text.ts';

type MutableLead = { -readonly [K in keyof Lead]: Lead[K] };
const NO_TAGS: readonly string[] = [];

/**
 * Cleans a lead and finds everything worth saying about it. Only a value the policy needs, or one over the size limit,
 * is an error and rejects the row; any other bad value is a warning and its text is kept as the custom field
 * "<label> (original)". Checking a checked lead again changes nothing. Never throws.
 */
export function checkLead(raw: RawLead, policy: CheckPolicy): CheckedLead {
  const draft = createDraft();
  const lead: MutableLead = {};
  // Named one by one, in the order of the field table: this runs for every row of a file, and engines know these
  // objects' shapes only so.
  checkNames(draft, raw, lead);
  checkEmails(draft, raw);
  checkPhones(draft, raw, policy);
  if (policy.require !== 'complete') promoteAlternates(draft);
  takeContact(lead, draft);
  const companyName = checkText(draft, raw.companyName, 'companyName');
  if (companyName !== '') lead.companyName = companyName;
  const jobTitle = checkText(draft, raw.jobTitle, 'jobTitle');
  if (jobTitle !== '') lead.jobTitle = jobTitle;
  const linkedinUrl = checkProfile(draft, raw.linkedinUrl);
  if (linkedinUrl !== '') lead.linkedinUrl = linkedinUrl;
  const notes = checkNotes(draft, raw.notes);
  if (notes !== '') lead.notes = notes;
  const ownerEmail = checkOwner(draft, raw.ownerEmail);
  if (ownerEmail !== '') lead.ownerEmail = ownerEmail;
  const tags = checkTags(draft, raw.tags);
  if (tags.length > 0) lead.tags = tags;
  const customFields: readonly CustomValue[] = withKept(checkCustomFields(draft, raw.customFields), draft.kept);
  if (customFields.length > 0) lead.customFields = customFields;
  const problems = weighProblems(draft.bad, missingFields(lead, policy.require), policy.require);
  return { lead, problems: draft.problems.length === 0 ? problems : [...problems, ...draft.problems] };
}

/** Says whether problems reject their row. */
export function hasError(problems: readonly Problem[]): boolean {
  return problems.some((finding) => finding.severity === 'error');
}

function takeContact(lead: MutableLead, { emails, phones }: LeadDraft): void {
  const [email, altEmail1, altEmail2, altEmail3] = emails;
  const [phone, altPhone1, altPhone2, altPhone3] = phones;
  if (email) lead.email = email;
  if (phone) lead.phone = phone;
  if (altPhone1) lead.altPhone1 = altPhone1;
  if (altPhone2) lead.altPhone2 = altPhone2;
  if (altPhone3) lead.altPhone3 = altPhone3;
  if (altEmail1) lead.altEmail1 = altEmail1;
  if (altEmail2) lead.altEmail2 = altEmail2;
  if (altEmail3) lead.altEmail3 = altEmail3;
}

function checkNames(draft: LeadDraft, raw: RawLead, lead: MutableLead): void {
  let firstName = checkText(draft, raw.firstName, 'firstName');
  let lastName = checkText(draft, raw.lastName, 'lastName');
  const fullName = raw.fullName ? trimText(takeText(draft, raw.fullName, 'fullName')) : '';
  if (fullName !== '') {
    let isSaid = isSameName(fullName, firstName, lastName);
    if (firstName === '' || lastName === '') {
      const split = splitFullName(fullName);
      if (split.several) addProblem(draft, 'names_several', 'fullName', fullName);
      isSaid = !split.leftOut && isHalf(firstName, split.firstName) && isHalf(lastName, split.lastName);
      if (firstName === '') firstName = split.firstName ?? '';
      if (lastName === '') lastName = split.lastName ?? '';
    }
    if (!isSaid) keep(draft, 'Full name (original)', fullName);
  }
  if (firstName !== '') lead.firstName = firstName;
  if (lastName !== '') lead.lastName = lastName;
}

/** A whole name beside its halves says nothing more than they do: "Lee, Ann" beside "Ann" and "Lee". */
function isSameName(text: string, firstName: string, lastName: string): boolean {
  const halves = `${firstName} ${lastName}`;
  return text === halves || hasSameLetters(text.toLowerCase(), halves.toLowerCase());
}

/** A half of a split name is in the lead, where its own column is blank or says the same. */
function isHalf(own: string, split: string | undefined): boolean {
  return own === '' || split === undefined || own === split;
}

function checkText(draft: LeadDraft, value: string | undefined, field: string): string {
  return value === undefined || value === '' ? '' : trimText(takeText(draft, value, field));
}

/** Notes stay as they were written, line breaks and blanks included. */
function checkNotes(draft: LeadDraft, value: string | undefined): string {
  const notes = takeText(draft, value, 'notes');
  return notes !== '' && trimText(notes) === '' ? '' : notes;
}

function checkProfile(draft: LeadDraft, value: string | undefined): string {
  if (value === undefined || value === '') return '';
  const text = takeText(draft, value, 'linkedinUrl');
  const reading = readLinkedin(text);
  if (reading.kind === 'profile') return reading.url;
  if (reading.kind === 'blank') return '';
  addProblem(draft, reading.kind === 'company' ? 'linkedin_company' : 'linkedin_invalid', 'linkedinUrl', text);
  keepOriginal(draft, 'linkedinUrl', text);
  return '';
}

/** Whether the owner is a member is the workspace's to say (`owner_unknown`). */
function checkOwner(draft: LeadDraft, value: string | undefined): string {
  if (value === undefined || value === '') return '';
  const text = takeText(draft, value, 'ownerEmail');
  const { good, bad } = readEmailCell(text);
  if (bad.length > 0 || good.length > 1) {
    addProblem(draft, 'owner_invalid', 'ownerEmail', text);
    keepOriginal(draft, 'ownerEmail', text);
  }
  return good[0]?.email ?? '';
}

function checkTags(draft: LeadDraft, value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined || value.length === 0) return NO_TAGS;
  return readTags(typeof value === 'string' ? takeText(draft, value, 'tags') : value.map((tag) => takeText(draft, tag, 'tags')));
}
