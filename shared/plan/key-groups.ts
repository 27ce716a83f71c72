import { foldedLeadName } from '../lead/duplicates.ts';
import { EMAIL_FIELDS } from '../lead/fields.ts';
import type { Lead } from '../lead/lead.ts';
import { linkedinKey } from '../lead/linkedin.ts';
import type { EarlierRow, Known, MatchedOn } from './decide-row.ts';
import { sortOutTouched } from './touched-leads.ts';

/** A valid row as others see it. */
export type Member = {
  readonly lead: Lead;
  /** Ids of the stored leads that the workspace holds under its keys. */
  readonly knownIds: readonly string[];
  /** It will itself be stored: only then is it an earlier row to others. */
  readonly stored: boolean;
  /** The stored lead it changes or adds to the list. */
  readonly touches: string | undefined;
};

export type KeyGroups = {
  /** What is known about a lead in a row: the rows above that are stored and share a key, and what the workspace knows. */
  readonly look: (row: number, lead: Lead, known: Omit<Known, 'earlier'>) => Known;
  /** Puts a row in, or in another way, or out (null); gives rows below whose decision may depend on that. */
  readonly set: (row: number, member: Member | null) => readonly number[];
  /** Rows that share a key with this one, in the file's order, itself among them. */
  readonly rowsWith: (row: number) => readonly number[];
};

/**
 * email, linkedin, phone: as the file's index has them · name: a phone with a folded name, kept only of phones that
 * several rows have · noEmail: a phone on rows without an email · known: a stored lead that the row's keys lead to
 */
type Kind = 'email' | 'linkedin' | 'phone' | 'name' | 'noEmail' | 'known';
/** `rows` in the file's order; `first` of them is stored, Infinity where none is. Most keys have one row: just its number. */
type Group = { readonly rows: number[]; first: number };
type Groups = Map<string, Group | number>;

const NO_ROW = Number.POSITIVE_INFINITY;
const NOTHING: readonly never[] = [];

/**
 * The rows of a file by their keys, so that it is known which rows a change in one concerns. It finds exactly what
 * `createFileIndex` and `createTouchedLeads` find going down the file, for any row at any time: a row sees nothing of a
 * key but the first stored row above it. `lines`: the physical line of each row.
 */
export function createKeyGroups(lines: ArrayLike<number>): KeyGroups {
  const members: (Member | undefined)[] = [];
  const groups: Readonly<Record<Kind, Groups>> = {
    email: new Map(),
    linkedin: new Map(),
    phone: new Map(),
    name: new Map(),
    noEmail: new Map(),
    known: new Map(),
  };

  function look(row: number, lead: Lead, known: Omit<Known, 'earlier'>): Known {
    const found = new Map<number, MatchedOn[]>();
    const meet = (other: number, kind: MatchedOn) => {
      if (other >= row) return;
      const kinds = found.get(other);
      if (!kinds) found.set(other, [kind]);
      else if (!kinds.includes(kind)) kinds.push(kind);
    };
    forEachKey(lead, NOTHING, (kind, value) => {
      if (kind === 'email' || kind === 'linkedin') meet(firstOf(kind, value), kind);
    });
    const { phone } = lead;
    if (phone !== undefined) {
      // A row found by another key may share the phone without being among those the phone leads to.
      for (const other of found.keys()) if (members[other]?.lead.phone === phone) meet(other, 'phone');
      meet(firstOf('phone', phone), 'phone');
      meet(firstOf('name', nameKey(phone, lead)), 'phone');
      meet(firstOf('noEmail', phone), 'phone');
    }
    const earlier = [...found].sort((a, b) => a[0] - b[0]).flatMap(([other, matchedOn]) => toEarlier(other, matchedOn));
    return sortOutTouched(earlier, known, (leadId) => {
      const other = firstOf('known', leadId);
      return other < row ? lines[other] : undefined;
    });
  }

  function toEarlier(row: number, matchedOn: readonly MatchedOn[]): EarlierRow[] {
    const member = members[row];
    if (!member) return [];
    const { lead, touches } = member;
    return [{ line: lines[row] ?? 0, matchedOn, lead, ...(touches === undefined ? {} : { leadId: touches }) }];
  }

  function set(row: number, member: Member | null): readonly number[] {
    const before = members[row];
    if (before && member && isSameToOthers(before, member)) {
      members[row] = member;
      return NOTHING;
    }
    const concerned = new Set<number>();
    if (before) {
      forEachKeyOf(before, (kind, value) => collectBelow(row, kind, value, concerned));
      forEachKeyOf(before, (kind, value) => leave(row, kind, value));
    }
    members[row] = member ?? undefined;
    if (before) forEachKeyOf(before, refreshFirst);
    if (member) {
      if (member.lead.phone !== undefined) nameTheFirst(row, member.lead.phone);
      forEachKeyOf(member, (kind, value) => join(row, kind, value));
      forEachKeyOf(member, (kind, value) => collectBelow(row, kind, value, concerned));
    }
    return concerned.size === 0 ? NOTHING : [...concerned];
  }

  /** The rows below that see this row under a key: those of the key, if no stored row stands above it. */
  function collectBelow(row: number, kind: Kind, value: string, concerned: Set<number>): void {
    if (firstOf(kind, value) !== row) return;
    // A number's rows all ask for the first without an email.
    const group = groups[kind === 'noEmail' ? 'phone' : kind].get(value);
    if (group === undefined || typeof group === 'number') return;
    for (let at = placeOf(group.rows, row + 1); at < group.rows.length; at++) concerned.add(group.rows[at] ?? 0);
  }

  function firstOf(kind: Kind, value: string): number {
    const group = groups[kind].get(value);
    if (group === undefined) return NO_ROW;
    if (typeof group !== 'number') return group.first;
    return claims(group, kind, value) ? group : NO_ROW;
  }

  function claims(row: number, kind: Kind, value: string): boolean {
    const member = members[row];
    if (!member?.stored) return false;
    return kind !== 'known' || member.touches === value;
  }

  function join(row: number, kind: Kind, value: string): void {
    const group = groups[kind].get(value);
    if (group === undefined) groups[kind].set(value, row);
    else if (typeof group === 'number') {
      if (group === row) return;
      const rows = group < row ? [group, row] : [row, group];
      groups[kind].set(value, { rows, first: rows.find((one) => claims(one, kind, value)) ?? NO_ROW });
    } else {
      const place = placeOf(group.rows, row);
      if (group.rows[place] !== row) group.rows.splice(place, 0, row);
      if (row < group.first && claims(row, kind, value)) group.first = row;
    }
  }

  function leave(row: number, kind: Kind, value: string): void {
    const group = groups[kind].get(value);
    if (group === row) groups[kind].delete(value);
    if (group === undefined || typeof group === 'number') return;
    const place = placeOf(group.rows, row);
    if (group.rows[place] === row) group.rows.splice(place, 1);
  }

  /** Looks for the first stored row of a key again where it was one that has gone. */
  function refreshFirst(kind: Kind, value: string): void {
    const group = groups[kind].get(value);
    if (group === undefined || typeof group === 'number' || group.first === NO_ROW) return;
    const place = placeOf(group.rows, group.first);
    if (group.rows[place] === group.first && claims(group.first, kind, value)) return;
    group.first = group.rows.find((row, at) => at >= place && claims(row, kind, value)) ?? NO_ROW;
  }

  /** Every key of a member; the name only where the phone is shared. */
  function forEachKeyOf({ lead, knownIds }: Member, visit: (kind: Kind, value: string) => void): void {
    forEachKey(lead, knownIds, visit);
    if (lead.phone !== undefined && typeof groups.phone.get(lead.phone) === 'object') visit('name', nameKey(lead.phone, lead));
  }

  /** Before a second row comes to a phone, the first one gets its name. */
  function nameTheFirst(row: number, phone: string): void {
    const group = groups.phone.get(phone);
    if (typeof group !== 'number' || group === row) return;
    const first = members[group];
    groups.phone.set(phone, { rows: [group], first: first?.stored ? group : NO_ROW });
    if (first) join(group, 'name', nameKey(phone, first.lead));
  }

  function rowsWith(row: number): readonly number[] {
    const member = members[row];
    const rows = new Set([row]);
    if (member) {
      forEachKey(member.lead, member.knownIds, (kind, value) => {
        const group = groups[kind].get(value);
        if (typeof group === 'object') for (const other of group.rows) rows.add(other);
      });
    }
    return [...rows].sort((a, b) => a - b);
  }

  return { look, set, rowsWith };
}

function nameKey(phone: string, lead: Lead): string {
  return `${phone} ${foldedLeadName(lead)}`;
}

/** All keys but the name. */
function forEachKey(lead: Lead, knownIds: readonly string[], visit: (kind: Kind, value: string) => void): void {
  for (const field of EMAIL_FIELDS) {
    const email = lead[field];
    if (email !== undefined) visit('email', email);
  }
  const profile = lead.linkedinUrl === undefined ? null : linkedinKey(lead.linkedinUrl);
  if (profile !== null) visit('linkedin', profile);
  if (lead.phone !== undefined) {
    visit('phone', lead.phone);
    if (lead.email === undefined) visit('noEmail', lead.phone);
  }
  for (const id of knownIds) visit('known', id);
}

const SEEN_BY_OTHERS = [...EMAIL_FIELDS, 'phone', 'linkedinUrl', 'firstName', 'lastName'] as const;

function isSameToOthers(a: Member, b: Member): boolean {
  if (a.stored !== b.stored || a.touches !== b.touches) return false;
  if (a.knownIds.length !== b.knownIds.length || a.knownIds.some((id, at) => id !== b.knownIds[at])) return false;
  return SEEN_BY_OTHERS.every((field) => a.lead[field] === b.lead[field]);
}

/** Where a row stands, or would stand, in rows in ascending order. */
function placeOf(rows: readonly number[], row: number): number {
  const last = rows.length - 1;
  if (last < 0 || (rows[last] ?? 0) < row) return rows.length;
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
