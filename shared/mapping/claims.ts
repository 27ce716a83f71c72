import { EMAIL_FIELDS, PHONE_FIELDS } from '../lead/fields.ts';
import type { Reason } from '../problems.ts';
import type { MappingTarget } from './mapping.ts';
import type { Column } from './mapping-column.ts';
import { looksLikeCompanyPage, looksLikeLoginRole, looksLikeNumber, looksLikeProse, looksLikeWord } from './value-shapes.ts';
import type { Concept, Role } from './vocabulary.ts';

/** A kind of field a column would like to feed. Emails and phones are ranked over all columns at once. */
export type ClaimKind = 'email' | 'phone' | 'name' | Exclude<MappingTarget, 'email' | 'phone' | 'custom' | 'ignore'>;
export type Claim = {
  readonly column: Column;
  readonly kind: ClaimKind;
  /** 0 to 1; below the threshold the column stays open. */
  readonly confidence: number;
  readonly reason: Reason;
  /** Lower is better among several of a kind. */
  readonly rank: number;
  /** What else the column may be, where it is a question. */
  readonly also?: ClaimKind;
};

export const CONFIDENCE = {
  sameName: 0.99,
  withValues: 0.98,
  name: 0.95,
  byNeighbours: 0.9,
  values: 0.8,
  weak: 0.75,
  lastResort: 0.7,
  disagree: 0.4,
} as const;

/** Filled cells from which values may overrule a header: a handful of bad values says nothing. */
const MIN_VALUES = 5;
/** Share of fitting values below which they contradict the header. */
const CONTRADICTED = 0.1;
/** Share from which they confirm it, and from which they speak for themselves. */
const CONFIRMED = 0.6;
const SPEAKS = 0.8;

const ROLE_RANK: { readonly [R in Role]: number } = { main: 0, mobile: 2, work: 3, home: 4, other: 5, third: 6 };
const PLAIN_RANK = 1;
const EMPTY_RANK = 10;

/** What the header says a column is, checked against its values. Null: it is no lead field. */
export function claimByHeader(column: Column): Claim | null {
  const { reading, sameName, profile } = column;
  if (reading?.partial && sameName === null) return claimByPart(column);
  if (sameName && sameName !== 'tags') {
    const claim = { column, rank: rankOf(column), reason: { code: 'same_name' }, confidence: CONFIDENCE.sameName } as const;
    return checkValues({ ...claim, kind: kindOfField(sameName) });
  }
  if (!reading?.concept || !isTheLeads(column)) return reading && !reading.concept ? claimByRole(column) : null;
  if (reading.whose === 'owner')
    return { column, kind: 'ownerEmail', confidence: CONFIDENCE.name, reason: { code: 'known_name' }, rank: 0 };
  // "Title" is a job or a Mr and Ms: the values say which, and without any it is better left alone.
  if (reading.concept === 'title' && profile.filledCells === 0) return null;
  const kind = KIND_OF[reading.concept];
  if (kind === 'jobTitle' && profile.honorifics >= 0.5) return null;
  const ranked = kind === 'email' || kind === 'phone';
  if (!ranked && (reading.number ?? 1) > 1) return null;
  if (kind === 'linkedinUrl' && profile.samples.length > 0 && profile.samples.every(looksLikeProse)) return null;
  // "Contact" can be a name, a phone or an address; "Name" of an order is "#1001".
  if (kind === 'name' || kind === 'fullName') {
    if (holdsMore(profile.samples))
      return {
        column,
        kind,
        confidence: CONFIDENCE.disagree,
        reason: byValues('values_disagree', profile.names, 'fullName'),
        rank: rankOf(column),
      };
    if (profile.phones >= CONFIRMED || profile.emails >= CONFIRMED) return reading.weak ? claimByValues(column, CONFIDENCE.values) : null;
    if (profile.codes >= CONFIRMED) return null;
    if (profile.companies >= CONFIRMED) return claimCompany(column);
  }
  if (kind === 'jobTitle' && reading.weak && profile.samples.length > 0 && profile.samples.every(looksLikeLoginRole)) return null;
  if (kind === 'phone' && profile.samples.length > 0 && profile.samples.every(looksLikeWord))
    return { column, kind, confidence: CONFIDENCE.disagree, reason: byValues('values_disagree', 0, kind), rank: rankOf(column) };
  if (kind === 'phone' && reading.weak && profile.filledCells > 0 && profile.phones === 0) return null;
  // "Note" of a pupil or a shop is a mark, "SN" of a list a number.
  if (kind === 'notes' && profile.samples.length > 0 && profile.samples.every(looksLikeNumber)) return null;
  if ((kind === 'firstName' || kind === 'lastName') && profile.codes >= CONFIRMED) return null;
  if (reading.concept === 'notes' && reading.weak && reading.personNamed) return null;
  const isHome = reading.role === 'home' && kind === 'linkedinUrl';
  if (!ranked && !isHome && reading.role !== null && reading.role !== 'main' && reading.role !== 'work') return null;
  const confidence = reading.weak ? CONFIDENCE.weak : reading.concept === 'title' ? CONFIDENCE.byNeighbours : CONFIDENCE.name;
  return checkValues({ column, kind, confidence, reason: { code: 'known_name' }, rank: rankOf(column) });
}

const KIND_OF: { readonly [C in Concept]: ClaimKind } = {
  firstName: 'firstName',
  lastName: 'lastName',
  fullName: 'fullName',
  name: 'name',
  email: 'email',
  phone: 'phone',
  companyName: 'companyName',
  jobTitle: 'jobTitle',
  title: 'jobTitle',
  linkedinUrl: 'linkedinUrl',
  notes: 'notes',
  tags: 'tags',
};

function kindOfField(field: NonNullable<Column['sameName']>): ClaimKind {
  if (PHONE_FIELDS.some((phone) => phone === field)) return 'phone';
  if (EMAIL_FIELDS.some((email) => email === field)) return 'email';
  return field as ClaimKind; // neither a phone nor an email: every other field is a kind of its own
}

/** Companies' and other people's values are not the lead's; only an owner's email and a company's names have a place. */
function isTheLeads({ reading }: Column): boolean {
  if (!reading || reading.whose === 'other' || (reading.personNumber ?? 1) > 1) return false;
  if (reading.whose === 'owner') return reading.concept === 'email';
  if (reading.whose === 'company' && reading.concept === 'name') return reading.personNamed;
  const companyToo: readonly (Concept | null)[] = ['companyName', 'jobTitle', 'title', 'firstName', 'lastName', 'fullName', 'name', 'tags'];
  if (reading.whose === 'company') return companyToo.includes(reading.concept);
  if (reading.whose === 'account') return reading.concept !== 'phone' && reading.concept !== 'linkedinUrl';
  return true;
}

/** Words nobody knows beside an address, a phone or a profile: the values must confirm what the known ones say. */
function claimByPart(column: Column): Claim | null {
  const { reading, profile } = column;
  if (!reading?.concept || reading.whose === 'company' || reading.whose === 'owner' || !isTheLeads(column)) return null;
  const kind = KIND_OF[reading.concept];
  const share = kind === 'email' ? profile.emails : kind === 'phone' ? profile.phones : profile.profiles;
  if (share < CONFIRMED) return null;
  return { column, kind, confidence: CONFIDENCE.weak, reason: byValues('name_and_values', share, kind), rank: rankOf(column) };
}

/** "Work", "Home", "Contact owner": the header says which one or whose, the values what. */
function claimByRole(column: Column): Claim | null {
  const { reading, profile } = column;
  if (!reading || profile.filledCells === 0) return null;
  if (reading.whose === 'owner')
    return profile.emails >= SPEAKS
      ? { column, kind: 'ownerEmail', confidence: CONFIDENCE.values, reason: byValues('values', profile.emails, 'email'), rank: 1 }
      : null;
  if (reading.role === null || reading.role === 'main' || reading.whose !== 'person') return null;
  const rank = rankOf(column);
  const claim = (kind: 'phone' | 'email', share: number): Claim => ({
    column,
    kind,
    confidence: CONFIDENCE.values,
    reason: byValues('values', share, kind),
    rank,
  });
  if (profile.phones >= CONFIRMED) return claim('phone', profile.phones);
  if (profile.emails >= CONFIRMED) return claim('email', profile.emails);
  return null;
}

/** A reason with the share of fitting values and what they are. */
function byValues(code: 'values' | 'name_and_values' | 'values_disagree', share: number, kind: ClaimKind): Reason {
  const values = kind === 'linkedinUrl' ? 'profile' : kind === 'fullName' ? 'name' : kind === 'companyName' ? 'company' : kind;
  return { code, data: { share, kind: values } };
}

/** Place among several phones or addresses: lower is better. */
export function rankOf({ reading, profile }: Pick<Column, 'reading' | 'profile'>): number {
  if (!reading) return PLAIN_RANK;
  // A column without a value does not take the place of one that has some.
  const role = (reading.role ? ROLE_RANK[reading.role] : PLAIN_RANK) + (profile.filledCells === 0 ? EMPTY_RANK : 0);
  return role + (reading.number ?? 0) / 100 + (reading.personNamed ? 0.001 : 0);
}

/** Lets the values confirm a header or contradict it. */
function checkValues(claim: Claim): Claim {
  const { profile } = claim.column;
  const share = {
    email: profile.emails,
    phone: profile.phones,
    linkedinUrl: profile.profiles,
    name: profile.names,
    fullName: profile.names,
  };
  const fits = claim.kind in share ? share[claim.kind as keyof typeof share] : null; // `in` has just said so
  if (fits === null || profile.filledCells === 0) return claim;
  // An address inside Sales Navigator opens for its members only; a company's page is no person's.
  const isForeign = profile.salesProfiles >= CONFIRMED || (profile.samples.length > 0 && profile.samples.every(looksLikeCompanyPage));
  if (claim.kind === 'linkedinUrl' && isForeign) return { ...claim, confidence: CONFIDENCE.disagree };
  if (profile.filledCells >= MIN_VALUES && fits < CONTRADICTED)
    return { ...claim, confidence: CONFIDENCE.disagree, reason: byValues('values_disagree', fits, claim.kind) };
  const sure = fits >= CONFIRMED && claim.kind !== 'name' && claim.reason.code === 'known_name';
  return sure
    ? {
        ...claim,
        confidence: Math.max(claim.confidence, CONFIDENCE.withValues),
        reason: byValues('name_and_values', fits, claim.kind),
      }
    : claim;
}

/** Most of the texts hold an address or a number beside a name: "Ann Lee <ann@example.com>, +1 202 …". */
function holdsMore(samples: readonly string[]): boolean {
  return samples.filter((text) => MORE_THAN_NAME.test(text.slice(0, 300))).length * 2 > samples.length;
}
const MORE_THAN_NAME = /\p{L}.*(?:\S@\S|\d(?:[\s().-]?\d){6})/su;

/** A "Name" or "Customer" whose values are companies. */
function claimCompany(column: Column): Claim {
  const reason = byValues('values', column.profile.companies, 'companyName');
  return { column, kind: 'companyName', confidence: CONFIDENCE.weak, reason, rank: 1 };
}

/** What the values alone say of a column whose header says nothing: sure where there is no header to contradict. */
export function claimByValues(column: Column, confidence: number = silentConfidence(column)): Claim | null {
  const { profile } = column;
  if (profile.filledCells === 0) return null;
  const found = (kind: ClaimKind, share: number): Claim => ({
    column,
    kind,
    confidence,
    reason: byValues('values', share, kind),
    rank: 9,
  });
  if (profile.emails >= SPEAKS) return found('email', profile.emails);
  if (profile.emails >= CONFIRMED) return { ...found('email', profile.emails), confidence: CONFIDENCE.disagree };
  if (profile.profiles >= SPEAKS) return found('linkedinUrl', profile.profiles);
  // Digits alone can be anything: without a header a phone must look like one more often.
  if (profile.phones >= SPEAKS && profile.type !== 'number' && profile.type !== 'date') return found('phone', profile.phones);
  return null;
}

function silentConfidence(column: Column): number {
  const isSilent = saysNothing(column.header) || saysWho(column) || /^\W*(?:(?:url|link|profile|website)s?[\W_]*)+$/i.test(column.header);
  return isSilent ? CONFIDENCE.values : CONFIDENCE.disagree;
}

/** No header, or one that a program or a spreadsheet made up: "Column1", "Unnamed: 3", "Field 2", "B". */
export function saysNothing(header: string): boolean {
  return MADE_UP.test(header.trim());
}

const MADE_UP =
  /^(?:|[a-z]|(?:column|col|field|unnamed|untitled|header|spalte|feld|colonne|champ|columna|campo|coluna|colonna|kolom|kolumna|kolumn|kolonne|sarake|sloupec|sütun|столбец|стовпець|колонка|поле|列|字段|열|필드|f|c|v|x)?[\s_#:.-]*\d{1,3})$/i;

/** The header names the person and nothing else: "Contact", "Subscriber", "Main contact". */
export function saysWho({ reading }: Column): boolean {
  const isOne = reading !== null && (reading.role === null || reading.role === 'main');
  return isOne && reading.concept === null && reading.whose === 'person' && reading.personNamed;
}
