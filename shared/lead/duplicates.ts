import { EMAIL_FIELDS } from './fields.ts';
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
  const profile = profileOf(lead);
  if (profile !== null) keys.push({ kind: 'linkedin', value: profile });
  return keys;
}

function profileOf(lead: Lead): string | null {
  return lead.linkedinUrl === undefined ? null : linkedinKey(lead.linkedinUrl);
}

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
  // A lead that is looked up is added next: its profile is read once.
  let lastLead: Lead | null = null;
  let lastProfile: string | null = null;
  const profileOnce = (lead: Lead): string | null => {
    if (lead !== lastLead) {
      lastLead = lead;
      lastProfile = profileOf(lead);
    }
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
    return matches.length === 0 ? NOTHING : [...matches].sort((a, b) => a.row - b.row).flatMap(toFound);
  };
  const toFound = ({ row, matchedOn }: Match): FoundRow[] => {
    const lead = leads[row];
    const line = lines[row];
    return lead === undefined || line === undefined ? [] : [{ line, matchedOn, lead }];
  };
  const add = (line: number, lead: Lead): void => {
    const row = lines.push(line) - 1;
    leads.push(lead);
    const { email, altEmail1, altEmail2, altEmail3 } = lead;
    if (email !== undefined) setFirst(rowsByEmail, email, row);
    if (altEmail1 !== undefined) setFirst(rowsByEmail, altEmail1, row);
    if (altEmail2 !== undefined) setFirst(rowsByEmail, altEmail2, row);
    if (altEmail3 !== undefined) setFirst(rowsByEmail, altEmail3, row);
    const profile = profileOnce(lead);
    if (profile !== null) setFirst(rowsByProfile, profile, row);
    if (lead.phone !== undefined) phones.add(lead.phone, row, lead);
  };
  return { find, add };
}

function setFirst(rows: Map<string, number>, key: string, row: number): void {
  if (!rows.has(key)) rows.set(key, row);
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
  readonly add: (phone: string, row: number, lead: Lead) => void;
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
    add: (phone, row, lead) => {
      if (lead.email === undefined) setFirst(firstRowsWithoutEmail, phone, row);
      const first = firstRows.get(phone);
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
