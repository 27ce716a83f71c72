import type { Problem } from '../problems.ts';
import { checkEmails, checkPhones } from './check-contact.ts';
import { checkCustomFields } from './check-custom.ts';
import { readEmailCell } from './email.ts';
import { EMAIL_FIELDS, PHONE_FIELDS } from './fields.ts';
import type { CheckedLead, CheckPolicy, RawLead } from './lead.ts';
import { addProblem, createDraft, keepOriginal, type LeadDraft, takeText, withKept } from './lead-draft.ts';
import { readLinkedin } from './linkedin.ts';
import { splitFullName } from './name.ts';
import { missingFields, weighProblems } from './require-fields.ts';
import { readTags } from './tags.ts';
import { trimText } from './text.ts';

/**
 * Cleans a lead and finds everything worth saying about it. Only a value the policy needs, or one over the size limit,
 * is an error and rejects the row; any other bad value is a warning and its text is kept as the custom field
 * "<label> (original)". Checking a checked lead again changes nothing. Never throws.
 */
export function checkLead(raw: RawLead, policy: CheckPolicy): CheckedLead {
  const draft = createDraft();
  checkNames(draft, raw);
  checkEmails(draft, raw);
  checkPhones(draft, raw, policy);
  checkText(draft, raw, 'companyName');
  checkText(draft, raw, 'jobTitle');
  checkProfile(draft, raw);
  checkNotes(draft, raw);
  checkOwner(draft, raw);
  checkTags(draft, raw);
  const customFields = withKept(checkCustomFields(draft, raw.customFields), draft.kept);
  if (customFields.length > 0) draft.lead.customFields = customFields;
  if (policy.require !== 'complete') promoteAlternates(draft);
  const problems = weighProblems(draft.bad, missingFields(draft.lead, policy.require), policy.require);
  return { lead: draft.lead, problems: draft.problems.length === 0 ? problems : [...problems, ...draft.problems] };
}

/** Says whether problems reject their row. */
export function hasError(problems: readonly Problem[]): boolean {
  return problems.some((finding) => finding.severity === 'error');
}

function checkNames(draft: LeadDraft, raw: RawLead): void {
  checkText(draft, raw, 'firstName');
  checkText(draft, raw, 'lastName');
  const { lead } = draft;
  if (raw.fullName === undefined || raw.fullName === '' || (lead.firstName && lead.lastName)) return;
  const text = takeText(draft, raw.fullName, 'fullName');
  const split = splitFullName(text);
  if (!lead.firstName && split.firstName) lead.firstName = split.firstName;
  if (!lead.lastName && split.lastName) lead.lastName = split.lastName;
  if (split.leftOut) draft.kept.push({ label: 'Full name (original)', value: trimText(text) });
}

function checkText(draft: LeadDraft, raw: RawLead, field: 'firstName' | 'lastName' | 'companyName' | 'jobTitle'): void {
  const text = raw[field];
  if (text === undefined || text === '') return;
  const value = trimText(takeText(draft, text, field));
  if (value !== '') draft.lead[field] = value;
}

/** Notes stay as they were written, line breaks and blanks included. */
function checkNotes(draft: LeadDraft, raw: RawLead): void {
  if (raw.notes === undefined || raw.notes === '') return;
  const notes = takeText(draft, raw.notes, 'notes');
  if (trimText(notes) !== '') draft.lead.notes = notes;
}

function checkProfile(draft: LeadDraft, raw: RawLead): void {
  if (raw.linkedinUrl === undefined || raw.linkedinUrl === '') return;
  const text = takeText(draft, raw.linkedinUrl, 'linkedinUrl');
  const reading = readLinkedin(text);
  if (reading.kind === 'profile') draft.lead.linkedinUrl = reading.url;
  if (reading.kind === 'profile' || reading.kind === 'blank') return;
  addProblem(draft, reading.kind === 'company' ? 'linkedin_company' : 'linkedin_invalid', 'linkedinUrl', text);
  keepOriginal(draft, 'linkedinUrl', text);
}

/** Whether the owner is a member is the workspace's to say (`owner_unknown`). */
function checkOwner(draft: LeadDraft, raw: RawLead): void {
  if (raw.ownerEmail === undefined || raw.ownerEmail === '') return;
  const text = takeText(draft, raw.ownerEmail, 'ownerEmail');
  const { good, bad } = readEmailCell(text);
  const owner = good[0];
  if (owner) draft.lead.ownerEmail = owner.email;
  if (bad.length === 0 && good.length < 2) return;
  addProblem(draft, 'owner_invalid', 'ownerEmail', text);
  keepOriginal(draft, 'ownerEmail', text);
}

function checkTags(draft: LeadDraft, raw: RawLead): void {
  if (raw.tags === undefined || raw.tags.length === 0) return;
  const input = typeof raw.tags === 'string' ? takeText(draft, raw.tags, 'tags') : raw.tags.map((tag) => takeText(draft, tag, 'tags'));
  const tags = readTags(input);
  if (tags.length > 0) draft.lead.tags = tags;
}

/**
 * Where a row has no primary address or number but an alternate one, the alternate is the primary. Not under
 * `complete`: there the primary ones are what the policy asks for.
 */
function promoteAlternates(draft: LeadDraft): void {
  const { lead } = draft;
  for (const fields of [EMAIL_FIELDS, PHONE_FIELDS]) {
    const [primary, ...alternates] = fields;
    const first = alternates.find((field) => lead[field] !== undefined);
    if (lead[primary] !== undefined || first === undefined) continue;
    const value = lead[first];
    if (value !== undefined) lead[primary] = value;
    delete lead[first];
  }
}
