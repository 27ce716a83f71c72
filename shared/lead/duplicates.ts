import { EMAIL_FIELDS, PHONE_FIELDS } from './fields.ts';
import type { Lead, LeadKey } from './lead.ts';
import { linkedinKey } from './linkedin.ts';
import { foldText } from './text.ts';

/** By which of these a lead is the same person: every email, the primary phone (E.164), the LinkedIn profile. */
export function leadKeys(lead: Lead): readonly LeadKey[] {
  const keys: LeadKey[] = [];
  for (const field of EMAIL_FIELDS) {
    const email = lead[field];
    if (email !== undefined) keys.push({ kind: 'email', value: email });
  }
  if (lead.phone !== undefined) keys.push({ kind: 'phone', value: lead.phone });
  const profile = lead.linkedinUrl === undefined ? null : linkedinKey(lead.linkedinUrl);
  if (profile !== null) keys.push({ kind: 'linkedin', value: profile });
  return keys;
}

/** What the workspace is asked about a lead: its keys, and alternate numbers, which lead to nobody but can be suppressed. */
export function askedKeys(lead: Lead): readonly LeadKey[] {
  const alternates = ALTERNATE_PHONES.flatMap((field) => lead[field] ?? []);
  if (alternates.length === 0) return leadKeys(lead);
  return [...leadKeys(lead), ...alternates.map((value) => ({ kind: 'phone' as const, value }))];
}
const ALTERNATE_PHONES = PHONE_FIELDS.filter((field) => field !== 'phone');

/** First and last name for comparing: no case, no accents, single blanks. */
export function foldedLeadName(lead: Lead): string {
  return foldText(`${lead.firstName ?? ''} ${lead.lastName ?? ''}`);
}

/** An earlier row of the file that shares keys with a lead. */
export type FoundRow = { readonly line: number; readonly matchedOn: readonly LeadKey['kind'][]; readonly lead: Lead };

export type FileIndex = {
  /**
   * Earlier rows that share a key, first line first. Of rows that share only the phone those that can matter: the
   * first, the first of the same name, the first without an email, and where the lead itself has none, the first.
   */
  readonly find: (lead: Lead) => readonly FoundRow[];
  /** Remembers a row that will be stored. Rows are added in the file's order. */
  readonly add: (line: number, lead: Lead) => void;
};

const NOTHING: readonly never[] = [];
type Match = { readonly row: number; readonly matchedOn: LeadKey['kind'][] };

/** The rows of one file by their keys. A look-up costs the same however many rows share a number. */
export function createFileIndex(): FileIndex {
  const lines: number[] = [];
  const leads: Lead[] = [];
  const rowsByEmail = new Map<string, number>();
  const rowsByProfile = new Map<string, number>();
  const phones = createPhoneIndex(leads);
  // A lead is looked up, then added: its profile is read once, and keys that were just looked for in vain are not again.
  let lastLead: Lead | null = null;
  let lastProfile: string | null = null;
  let lastIsNew = false;
  const profileOnce = (lead: Lead): string | null => {
    if (lead === lastLead) return lastProfile;
    lastLead = lead;
    lastIsNew = false;
    lastProfile = lead.linkedinUrl === undefined ? null : linkedinKey(lead.linkedinUrl);
    return lastProfile;
  };

  const find = (lead: Lead): readonly FoundRow[] => {
    let matches: readonly Match[] = NOTHING;
    const { email, altEmail1, altEmail2, altEmail3 } = lead;
    if (email !== undefined) matches = withMatch(matches, rowsByEmail.get(email), 'email');
    if (altEmail1 !== undefined) matches = withMatch(matches, rowsByEmail.get(altEmail1), 'email');
    if (altEmail2 !== undefined) matches = withMatch(matches, rowsByEmail.get(altEmail2), 'email');
    if (altEmail3 !== undefined) matches = withMatch(matches, rowsByEmail.get(altEmail3), 'email');
    const profile = profileOnce(lead);
    if (profile !== null) matches = withMatch(matches, rowsByProfile.get(profile), 'linkedin');
    if (lead.phone !== undefined) {
      // A row found by another key may share the phone without being among those the phone leads to.
      for (const { row } of matches) if (leads[row]?.phone === lead.phone) matches = withMatch(matches, row, 'phone');
      for (const row of phones.find(lead.phone, lead)) matches = withMatch(matches, row, 'phone');
    }
    lastIsNew = matches.length === 0;
    return lastIsNew ? NOTHING : [...matches].sort((a, b) => a.row - b.row).flatMap(toFound);
  };
  const toFound = ({ row, matchedOn }: Match): FoundRow[] => {
    const lead = leads[row];
    const line = lines[row];
    return lead === undefined || line === undefined ? [] : [{ line, matchedOn, lead }];
  };
  const add = (line: number, lead: Lead): void => {
    const row = lines.push(line) - 1;
    leads.push(lead);
    const profile = profileOnce(lead);
    const { email, altEmail1, altEmail2, altEmail3, phone } = lead;
    if (email !== undefined) setFirst(rowsByEmail, email, row, lastIsNew);
    if (altEmail1 !== undefined) setFirst(rowsByEmail, altEmail1, row, lastIsNew);
    if (altEmail2 !== undefined) setFirst(rowsByEmail, altEmail2, row, lastIsNew);
    if (altEmail3 !== undefined) setFirst(rowsByEmail, altEmail3, row, lastIsNew);
    if (profile !== null) setFirst(rowsByProfile, profile, row, lastIsNew);
    if (phone !== undefined) phones.add(phone, row, lead, lastIsNew);
    lastIsNew = false;
  };
  return { find, add };
}

/** The first row of a key stays. `isNew`: the key is known to have none. */
function setFirst(rows: Map<string, number>, key: string, row: number, isNew = false): void {
  if (isNew || !rows.has(key)) rows.set(key, row);
}

function withMatch(matches: readonly Match[], row: number | undefined, kind: LeadKey['kind']): readonly Match[] {
  if (row === undefined) return matches;
  const known = matches.find((match) => match.row === row);
  if (!known) return [...matches, { row, matchedOn: [kind] }];
  if (!known.matchedOn.includes(kind)) known.matchedOn.push(kind);
  return matches;
}

type PhoneIndex = {
  readonly find: (phone: string, lead: Lead) => readonly number[];
  readonly add: (phone: string, row: number, lead: Lead, isNew: boolean) => void;
};

/** Names are folded only for numbers that several rows have. */
function createPhoneIndex(leads: readonly Lead[]): PhoneIndex {
  const firstRows = new Map<string, number>();
  const firstRowsWithoutEmail = new Map<string, number>();
  const sharedPhones = new Set<string>();
  const firstRowsByName = new Map<string, number>();
  const nameKey = (phone: string, lead: Lead) => `${phone} ${foldedLeadName(lead)}`;

  return {
    find: (phone, lead) => {
      const first = firstRows.get(phone);
      if (first === undefined) return NOTHING;
      if (!sharedPhones.has(phone)) return [first];
      const rows = [first, firstRowsByName.get(nameKey(phone, lead)), firstRowsWithoutEmail.get(phone)];
      return rows.filter((row) => row !== undefined);
    },
    add: (phone, row, lead, isNew) => {
      if (lead.email === undefined) setFirst(firstRowsWithoutEmail, phone, row);
      const first = isNew ? undefined : firstRows.get(phone);
      if (first === undefined) {
        firstRows.set(phone, row);
        return;
      }
      const firstLead = leads[first];
      if (!sharedPhones.has(phone) && firstLead) firstRowsByName.set(nameKey(phone, firstLead), first);
      sharedPhones.add(phone);
      setFirst(firstRowsByName, nameKey(phone, lead), row);
    },
  };
}
