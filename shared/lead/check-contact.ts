import { readEmailCell } from './email.ts';
import { EMAIL_FIELDS, FIELDS, PHONE_FIELDS } from './fields.ts';
import type { CheckPolicy, RawLead } from './lead.ts';
import { addProblem, findProblem, keepOriginal, type LeadDraft, takeText } from './lead-draft.ts';
import { type GoodPhone, readPhoneCell } from './phone-cell.ts';

type EmailField = (typeof EMAIL_FIELDS)[number];
type PhoneField = (typeof PHONE_FIELDS)[number];

/**
 * Reads the four addresses. The first of each cell stays in its field; further ones go to alternates that are free.
 * What finds no place, and what is no address, is kept as "<label> (original)".
 */
export function checkEmails(draft: LeadDraft, raw: RawLead): void {
  const spread: { readonly field: EmailField; readonly text: string; readonly emails: readonly string[] }[] = [];
  for (const field of EMAIL_FIELDS) {
    const text = takeText(draft, raw[field], field);
    if (text === '') continue;
    const { good, bad } = readEmailCell(text);
    for (const { code, text: part, suggestion } of bad)
      draft.bad.push(findProblem(code, field, part, suggestion ? { suggestion } : undefined));
    if (bad.length > 0) keepOriginal(draft, field, text);
    for (const { email, warnings, suggestion } of good) {
      for (const code of warnings) addProblem(draft, code, field, email, suggestion && code !== 'email_role' ? { suggestion } : undefined);
    }
    const first = good[0];
    if (first === undefined) continue;
    if (!holdsEmail(draft, first.email)) draft.lead[field] = first.email;
    if (good.length === 1) continue;
    addProblem(draft, 'emails_spread', field, text, { count: good.length });
    spread.push({ field, text, emails: good.slice(1).map((extra) => extra.email) });
  }
  for (const { field, text, emails } of spread) {
    for (const email of emails) {
      if (holdsEmail(draft, email)) continue;
      const free = EMAIL_FIELDS.find((alternate) => alternate !== 'email' && draft.lead[alternate] === undefined);
      if (free) draft.lead[free] = email;
      else keepOriginal(draft, field, text);
    }
  }
}

function holdsEmail(draft: LeadDraft, email: string): boolean {
  return EMAIL_FIELDS.some((field) => draft.lead[field] === email);
}

/** Reads the four numbers as `checkEmails` does the addresses; extensions become "<label> extension". */
export function checkPhones(draft: LeadDraft, raw: RawLead, policy: CheckPolicy): void {
  const spread: { readonly field: PhoneField; readonly text: string; readonly phones: readonly GoodPhone[] }[] = [];
  for (const field of PHONE_FIELDS) {
    const text = takeText(draft, raw[field], field);
    if (text === '') continue;
    const cell = readPhoneCell(text, policy);
    for (const { kind, text: part } of cell.bad)
      draft.bad.push(findProblem(kind === 'invalid' ? 'phone_invalid' : 'phone_digits_lost', field, part));
    const good: GoodPhone[] = [];
    for (const phone of cell.good) {
      if (!phone.doubtful) good.push(phone);
      else if (policy.strictPhones) draft.bad.push({ ...findProblem('phone_doubtful', field, text), severity: 'error' });
      else {
        addProblem(draft, 'phone_doubtful', field, text);
        good.push(phone);
      }
    }
    if (cell.bad.length > 0 || good.length < cell.good.length) keepOriginal(draft, field, text);
    const first = good[0];
    if (first === undefined) continue;
    placePhone(draft, first, field);
    if (good.length === 1) continue;
    addProblem(draft, 'phones_spread', field, text, { count: good.length });
    spread.push({ field, text, phones: good.slice(1) });
  }
  for (const { field, text, phones } of spread) {
    for (const phone of phones) {
      const free = PHONE_FIELDS.find((alternate) => alternate !== 'phone' && draft.lead[alternate] === undefined);
      if (free) placePhone(draft, phone, free);
      else if (!holdsPhone(draft, phone.e164)) keepOriginal(draft, field, text);
    }
  }
}

function placePhone(draft: LeadDraft, phone: GoodPhone, field: PhoneField): void {
  const holder = PHONE_FIELDS.find((other) => draft.lead[other] === phone.e164);
  if (!holder) draft.lead[field] = phone.e164;
  if (phone.extension) draft.kept.push({ label: `${FIELDS[holder ?? field].label} extension`, value: phone.extension });
}

function holdsPhone(draft: LeadDraft, e164: string): boolean {
  return PHONE_FIELDS.some((field) => draft.lead[field] === e164);
}
