import { EMAIL_FIELDS, type FieldId, PHONE_FIELDS } from '../lead/fields.ts';
import type { RawTable } from '../table/table.ts';
import { type Claim, type ClaimKind, CONFIDENCE, claimByHeader, claimByValues, saysWho } from './claims.ts';
import type { MappingTarget } from './mapping.ts';
import type { Column } from './mapping-column.ts';
import { compareNames } from './name-columns.ts';
import { settleByNeighbours } from './neighbour-claims.ts';
import { dropOtherPeople, dropShortNumbers, dropUnsureParts, findOfficeWays, findSecondRecord } from './other-people.ts';
import { askOfOthersBoxes } from './others-boxes.ts';
import { claimByShares } from './value-claims.ts';

/** A claim and the field it gets. Claims below the threshold keep theirs as a candidate. */
export type Assignment = { readonly claim: Claim; readonly field: MappingTarget };

const SINGLE_KINDS = [
  'firstName',
  'lastName',
  'fullName',
  'companyName',
  'jobTitle',
  'linkedinUrl',
  'notes',
  'ownerEmail',
  'tags',
] as const;
/** Shares of compared rows from which a "Name" column holds whole names, and up to which it holds none. */
const HOLDS_NAMES = 0.5;
/** Share of values that look like phones from which a column is one, whatever it is called. */
const SPEAKS = 0.8;

/** Gives every field to at most one column, looking at all columns at once. */
export function assignFields(columns: readonly Column[], rows: RawTable['rows']): readonly Assignment[] {
  const second = findSecondRecord(columns);
  const own = columns.filter((column) => !second.has(column));
  const byHeader = own.map((column) => claimByHeader(column)).filter((claim) => claim !== null);
  const claims = dropOtherPeople(askOfOthersBoxes(dropShortNumbers(dropUnsureParts(byHeader))));
  const sure = claims.filter((claim) => claim.confidence > CONFIDENCE.disagree);
  const doubtful = claims.filter((claim) => claim.confidence <= CONFIDENCE.disagree);
  const settled = settleByNeighbours(resolveNames(sure, rows), own);
  const silent = own.filter((column) => isSilent(column) && ![...claims, ...settled].some((claim) => claim.column === column));
  const byShares = claimByShares(silent, new Set(settled.map(({ kind }) => kind)));
  const named = [...settled, ...byShares.filter((claim) => claim.confidence > CONFIDENCE.disagree)];
  const single = SINGLE_KINDS.flatMap((kind) => best(named, kind).map((claim) => ({ claim, field: kind })));
  const claimed = new Set([...claims, ...named].map((claim) => claim.column));
  const byValues = own
    .filter((column) => !claimed.has(column) && isUnknown(column))
    .map((column) => claimByValues(column))
    .filter((claim) => claim !== null)
    .filter((claim) => !saysWho(claim.column) || !named.some(({ kind }) => kind === claim.kind));
  const loud = byValues.filter((claim) => claim.confidence > CONFIDENCE.disagree);
  const phones = assignSlots([...named, ...loud, ...findOfficeWays(own, 'phone')], 'phone', PHONE_FIELDS);
  const emails = assignSlots([...named, ...loud, ...findOfficeWays(own, 'email')], 'email', EMAIL_FIELDS);
  const companyPhones = phones.length === 0 ? onlyCompanyPhone(own) : [];
  const profile = single.some(({ field }) => field === 'linkedinUrl')
    ? []
    : loud.filter((claim) => claim.kind === 'linkedinUrl').slice(0, 1);
  const assigned: Assignment[] = [
    ...single,
    ...phones,
    ...emails,
    ...companyPhones,
    ...profile.map((claim) => ({ claim, field: 'linkedinUrl' as const })),
  ];
  const fed = new Set(assigned.map(({ field }) => field));
  const quiet = byValues.filter((claim) => claim.confidence <= CONFIDENCE.disagree);
  const shared = byShares.filter((claim) => claim.confidence <= CONFIDENCE.disagree);
  return [...assigned, ...candidates([...doubtful, ...quiet, ...shared], fed)];
}

/** A column whose header is unknown, or is about a person without saying what ("Contact"). */
function isUnknown({ reading }: Column): boolean {
  return reading === null || (reading.concept === null && reading.whose === 'person');
}

/** The same, or about a person who may be the one: "Employee". */
function isSilent(column: Column): boolean {
  const { reading } = column;
  return isUnknown(column) || (reading?.concept === null && reading.whose === 'second' && reading.role === null);
}

/** The best claim of a kind: surer first, then the plainer header, the fuller column, the earlier one. */
function best(claims: readonly Claim[], kind: ClaimKind): readonly Claim[] {
  const own = claims.filter((claim) => claim.kind === kind);
  const score = (claim: Claim) => Math.round(claim.confidence * 20); // 0.98 and 0.95 are alike
  return own
    .sort(
      (a, b) =>
        score(b) - score(a) || a.rank - b.rank || b.column.profile.filled - a.column.profile.filled || a.column.index - b.column.index,
    )
    .slice(0, 1);
}

/**
 * Phones and addresses by rank: the plain one, mobile (or work, for addresses), work, home, other; then the three
 * alternates in the same order. A column named exactly like a slot has it, unless it alone is blank.
 */
function assignSlots(claims: readonly Claim[], kind: 'phone' | 'email', slots: readonly FieldId[]): readonly Assignment[] {
  const own = claims.filter((claim) => claim.kind === kind).sort((a, b) => a.rank - b.rank || a.column.index - b.column.index);
  const allBlank = own.every((claim) => claim.column.profile.filledCells === 0);
  const pinned = new Map<FieldId, Claim>();
  for (const claim of own) {
    const slot = claim.column.sameName;
    if (slot && slots.includes(slot) && !pinned.has(slot) && (claim.column.profile.filledCells > 0 || allBlank)) pinned.set(slot, claim);
  }
  const rest = own.filter((claim) => ![...pinned.values()].includes(claim));
  const assigned: Assignment[] = [];
  for (const field of slots) {
    const claim = pinned.get(field);
    const next = claim ?? rest.shift();
    if (!next) continue;
    const byRank = !claim && (field !== slots[0] || own.length > 1) && next.confidence < CONFIDENCE.withValues;
    assigned.push({ claim: byRank ? { ...next, reason: { code: 'rank', data: { columns: own.length } } } : next, field });
  }
  return assigned;
}

/** A company's phone is the lead's only where the file has no other. */
function onlyCompanyPhone(columns: readonly Column[]): readonly Assignment[] {
  const found = columns.filter(
    ({ reading }) => reading?.concept === 'phone' && (reading.whose === 'company' || reading.whose === 'account'),
  );
  const [column] = found;
  const isFax = ({ reading }: Column) => reading?.concept === null && reading.whose === 'other';
  const isRival = (other: Column) =>
    other !== column && !isFax(other) && (other.profile.phones >= SPEAKS || other.reading?.concept === 'phone');
  if (!column || columns.some(isRival)) return [];
  return [
    { claim: { column, kind: 'phone', confidence: CONFIDENCE.lastResort, reason: { code: 'company_column' }, rank: 9 }, field: 'phone' },
  ];
}

/**
 * "Name" is the missing half beside a first or a last name, else the whole name. Beside both it is the whole name
 * again, kept for the rows where the halves are blank; where it never holds them it names the company.
 */
function resolveNames(claims: readonly Claim[], rows: RawTable['rows']): readonly Claim[] {
  const first = best(claims, 'firstName')[0];
  const last = best(claims, 'lastName')[0];
  const company = best(claims, 'companyName')[0];
  const full = best(claims, 'fullName')[0];
  const names = best(claims, 'name');
  const others = claims
    .map((claim) => (claim.kind === 'fullName' ? asHalf(claim, first, last, rows) : claim))
    .filter(({ kind }) => kind !== 'name');
  const resolved = names.map((claim): Claim | null => {
    const part = first ?? last;
    if (!part) return full ? null : { ...claim, kind: 'fullName' };
    const overlap = compareNames(rows, claim.column.index, part.column.index);
    const holds = overlap.holds >= HOLDS_NAMES;
    if (!last && !holds) return { ...claim, kind: 'lastName', confidence: Math.min(claim.confidence, CONFIDENCE.byNeighbours) };
    if (!first && !holds) return { ...claim, kind: 'firstName', confidence: Math.min(claim.confidence, CONFIDENCE.byNeighbours) };
    if (first && last && overlap.compared >= 2 && overlap.holds === 0) {
      return company ? null : { ...claim, kind: 'companyName', confidence: CONFIDENCE.weak, reason: { code: 'values' } };
    }
    return full ? null : { ...claim, kind: 'fullName', confidence: Math.min(claim.confidence, CONFIDENCE.byNeighbours) };
  });
  return [...others, ...resolved.filter((claim) => claim !== null)];
}

/** A "Person name" of one word that never holds the surname beside it is the first name, and the other way round. */
function asHalf(claim: Claim, first: Claim | undefined, last: Claim | undefined, rows: RawTable['rows']): Claim {
  const half = first ?? last;
  if (!half || (first && last) || !claim.column.profile.samples.every((text) => /^\S+$/.test(text.trim()))) return claim;
  const overlap = compareNames(rows, claim.column.index, half.column.index);
  if (overlap.compared === 0 || overlap.holds > 0) return claim;
  return { ...claim, kind: first ? 'lastName' : 'firstName', confidence: CONFIDENCE.byNeighbours };
}

/** Candidates of unsure columns: only fields that nothing surer feeds, with the next slot or another kind as the second one. */
function candidates(claims: readonly Claim[], fed: ReadonlySet<MappingTarget>): readonly Assignment[] {
  const isFed = (field: MappingTarget) =>
    fed.has(field) ||
    (NAMES.includes(field) && (fed.has('fullName') || (field === 'fullName' && (fed.has('firstName') || fed.has('lastName')))));
  return claims.flatMap((claim) => {
    const fields = [claim.kind, ...(claim.also ? [claim.also] : [])].flatMap(fieldsOfKind).filter((field) => !isFed(field));
    const [main, next] = fields;
    if (main === undefined || isFed(fieldsOfKind(claim.kind)[0] ?? main)) return [];
    const both = [{ claim, field: main }];
    return next === undefined ? both : [...both, { claim: { ...claim, confidence: claim.confidence / 2 }, field: next }];
  });
}

const NAMES: readonly MappingTarget[] = ['firstName', 'lastName', 'fullName'];

function fieldsOfKind(kind: ClaimKind): readonly MappingTarget[] {
  if (kind === 'phone') return PHONE_FIELDS;
  if (kind === 'email') return EMAIL_FIELDS;
  return [kind === 'name' ? 'fullName' : kind];
}
