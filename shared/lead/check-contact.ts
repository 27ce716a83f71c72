import { readEmailCell, readPlainEmail } from './email.ts';
import { EMAIL_FIELDS, FIELDS, type FieldId, PHONE_FIELDS } from './fields.ts';
import type { CheckPolicy, RawLead } from './lead.ts';
import { added, addProblem, findProblem, keep, keepOriginal, type LeadDraft, takeText } from './lead-draft.ts';
import { readPlainPhone } from './phone.ts';
import { readPhoneCell } from './phone-cell.ts';

/**
 * Reads the four addresses. The first of each cell stays in its field; further ones go to alternates that are free.
 * What finds no place, and what is no address, is kept as "<label> (original)". The same address is held once.
 */
export function checkEmails(draft: LeadDraft, raw: RawLead): void {
  checkEmail(draft, raw.email, 0);
  checkEmail(draft, raw.altEmail1, 1);
  checkEmail(draft, raw.altEmail2, 2);
  checkEmail(draft, raw.altEmail3, 3);
  for (const { slot, text, values } of draft.furtherEmails) {
    let leftOver = 0;
    for (const email of values) {
      if (draft.emails.includes(email)) continue;
      const free = draft.emails.indexOf('', 1);
      if (free > 0) draft.emails[free] = email;
      else leftOver++;
    }
    if (leftOver > 0) keepLeftOver(draft, 'emails_left_over', EMAIL_FIELDS[slot] ?? 'email', text, leftOver);
  }
}

function checkEmail(draft: LeadDraft, cell: string | undefined, slot: number): void {
  if (cell === undefined || cell === '') return;
  const plain = readPlainEmail(cell);
  if (plain !== '') placeEmail(draft, plain, slot);
  else checkOddEmail(draft, cell, slot);
}

function checkOddEmail(draft: LeadDraft, cell: string, slot: number): void {
  const field = EMAIL_FIELDS[slot] ?? 'email';
  const text = takeText(draft, cell, field);
  const { good, bad } = readEmailCell(text);
  const isAlone = good.length + bad.length === 1;
  for (const { code, text: part, suggestion } of bad)
    draft.bad = added(draft.bad, findProblem(code, field, isAlone ? text : part, suggestion ? { suggestion } : undefined));
  if (bad.length > 0) keepOriginal(draft, field, text);
  for (const { email, warnings, suggestion } of good) {
    for (const code of warnings) addProblem(draft, code, field, email, suggestion && code !== 'email_role' ? { suggestion } : undefined);
  }
  const first = good[0];
  if (first === undefined) return;
  placeEmail(draft, first.email, slot);
  if (good.length === 1) return;
  addProblem(draft, 'emails_spread', field, text, { count: good.length });
  draft.furtherEmails = added(draft.furtherEmails, { slot, text, values: good.slice(1).map((extra) => extra.email) });
}

function placeEmail(draft: LeadDraft, email: string, slot: number): void {
  if (slot === 0 || !draft.emails.includes(email)) draft.emails[slot] = email;
}

/** Reads the four numbers as `checkEmails` does the addresses; extensions become "<label> extension". */
export function checkPhones(draft: LeadDraft, raw: RawLead, policy: CheckPolicy): void {
  const own = raw.country === undefined ? policy : { ...policy, defaultCountry: raw.country };
  checkPhone(draft, raw.phone, 0, own, raw.country);
  checkPhone(draft, raw.altPhone1, 1, own, raw.country);
  checkPhone(draft, raw.altPhone2, 2, own, raw.country);
  checkPhone(draft, raw.altPhone3, 3, own, raw.country);
  for (const { slot, text, values } of draft.furtherPhones) {
    let leftOver = 0;
    for (const phone of values) {
      const free = draft.phones.indexOf('', 1);
      if (free > 0 || draft.phones.includes(phone.e164)) placePhone(draft, phone.e164, phone.extension, free);
      else leftOver++;
    }
    if (leftOver > 0) keepLeftOver(draft, 'phones_left_over', PHONE_FIELDS[slot] ?? 'phone', text, leftOver);
  }
}

function keepLeftOver(draft: LeadDraft, code: 'emails_left_over' | 'phones_left_over', field: FieldId, text: string, count: number): void {
  keepOriginal(draft, field, text);
  addProblem(draft, code, field, text, { count });
}

function checkPhone(draft: LeadDraft, cell: string | undefined, slot: number, policy: CheckPolicy, country: string | undefined): void {
  if (cell === undefined || cell === '') return;
  const plain = readPlainPhone(cell, policy);
  if (plain !== '') placePhone(draft, plain, undefined, slot);
  else checkOddPhone(draft, cell, slot, policy, country);
}

function checkOddPhone(draft: LeadDraft, cell: string, slot: number, policy: CheckPolicy, country: string | undefined): void {
  const field = PHONE_FIELDS[slot] ?? 'phone';
  const text = takeText(draft, cell, field);
  const { good, bad } = readPhoneCell(text, policy);
  for (const { kind, text: part } of bad)
    draft.bad = added(draft.bad, findProblem(kind === 'invalid' ? 'phone_invalid' : 'phone_digits_lost', field, part));
  const isStrict = policy.strictPhones === true;
  for (const { doubtful, e164 } of good) {
    const data = doubtful && country !== undefined && !namesCountry(text, e164) ? { country } : undefined;
    if (doubtful && isStrict) draft.bad = added(draft.bad, findProblem('phone_doubtful', field, text, data));
    else if (doubtful) addProblem(draft, 'phone_doubtful', field, text, data);
  }
  const usable = isStrict ? good.filter((phone) => !phone.doubtful) : good;
  if (bad.length > 0 || usable.length < good.length) keepOriginal(draft, field, text);
  const first = usable[0];
  if (first === undefined) return;
  placePhone(draft, first.e164, first.extension, slot);
  if (usable.length === 1) return;
  addProblem(draft, 'phones_spread', field, text, { count: usable.length });
  draft.furtherPhones = added(draft.furtherPhones, { slot, text, values: usable.slice(1) });
}

/** A number that says its country itself reads the same wherever its row is. */
function namesCountry(text: string, e164: string): boolean {
  return readPhoneCell(text, { defaultCountry: '' }).good.some((phone) => phone.e164 === e164);
}

/** Puts a number into its slot unless the lead has it already; its extension is named after the field that holds it. */
function placePhone(draft: LeadDraft, e164: string, extension: string | undefined, slot: number): void {
  const holder = slot === 0 ? -1 : draft.phones.indexOf(e164);
  const place = holder < 0 ? slot : holder;
  draft.phones[place] = e164;
  if (extension) keep(draft, `${FIELDS[PHONE_FIELDS[place] ?? 'phone'].label} extension`, extension);
}

/**
 * Where a row has no primary address or number but an alternate one, the first alternate is the primary. Not under
 * `complete`: there the primary ones are what the policy asks for.
 */
export function promoteAlternates(draft: LeadDraft): void {
  for (const slots of [draft.emails, draft.phones]) {
    const first = slots.findIndex((value) => value !== '');
    if (first <= 0) continue;
    slots[0] = slots[first] ?? '';
    slots[first] = '';
  }
}
