import { type Claim, type ClaimKind, CONFIDENCE, saysNothing } from './claims.ts';
import type { Column } from './mapping-column.ts';

/** Filled cells from which names are a question, and from which they are taken. */
const FEWEST = 3;
const ENOUGH = 5;
/** Share of values that look like names, and of those with a common given name in front, from which a column is one of people. */
const LOOKS = 0.8;
const KNOWN = 0.6;
/** Share of legal forms from which a column holds no people, and from which it holds companies. */
const SOME_COMPANIES = 0.2;

/**
 * What values alone say of columns whose headers do not tell: whole names, a column of given names with one of family
 * names beside it, companies by their legal forms, bare phone numbers. Taken only where the header says nothing at all
 * or a word for the person ("Employee"), and the values leave no doubt; a question otherwise. `kinds` are those the
 * file has already.
 */
export function claimByShares(columns: readonly Column[], kinds: ReadonlySet<ClaimKind>): readonly Claim[] {
  const has = (...some: readonly ClaimKind[]) => some.some((kind) => kinds.has(kind));
  const people = has('firstName', 'lastName', 'fullName', 'name') ? [] : claimPeople(columns);
  const taken = new Set(people.map(({ column }) => column));
  const free = columns.filter((column) => !taken.has(column) && saysNothing(column.header));
  const companies = has('companyName') ? [] : free.filter(({ profile }) => profile.companies >= KNOWN).slice(0, 1);
  const phones = has('phone') ? [] : free.filter(holdsBareNumbers);
  return [
    ...people,
    ...companies.map((column) => {
      const { companies: share, filledCells } = column.profile;
      return claimOf(column, 'companyName', share, share >= LOOKS && filledCells >= ENOUGH, 'fullName');
    }),
    ...phones.map((column) => claimOf(column, 'phone', 1, false)),
  ];
}

function claimPeople(columns: readonly Column[]): readonly Claim[] {
  const named = columns.filter(({ profile }) => holdsPeople(profile));
  const whole = named.filter((column) => column.profile.samples.every((text) => WHOLE_NAME.test(text.trim())));
  if (whole.length > 0) {
    const isOnly = whole.length === 1;
    return whole.map((column) => claimOf(column, 'fullName', column.profile.givenNames, isOnly && isSure(column), 'companyName'));
  }
  const given = named.filter((column) => column.profile.samples.every((text) => !/\S\s+\S/.test(text)));
  const [first] = given;
  if (!first || given.length > 1) return given.map((column) => claimOf(column, 'firstName', column.profile.givenNames, false, 'lastName'));
  const beside = columns.filter((column) => Math.abs(column.index - first.index) === 1 && holdsFamilies(column));
  const [last] = beside;
  const isPair = last !== undefined && beside.length === 1;
  return [
    claimOf(first, 'firstName', first.profile.givenNames, isPair && isSure(first) && isSure(last), 'fullName'),
    ...beside.map((column) => claimOf(column, 'lastName', column.profile.names, isPair && isSure(first) && isSure(column), 'companyName')),
  ];
}

function holdsPeople({ filledCells, names, givenNames, companies }: Column['profile']): boolean {
  return filledCells >= FEWEST && names >= LOOKS && givenNames >= KNOWN && companies < SOME_COMPANIES;
}

/** Names of one word, or with a particle, that are no given names, and not the same few again and again. */
function holdsFamilies({ header, profile }: Column): boolean {
  const { filledCells, names, givenNames, companies, samples, type } = profile;
  if (!saysNothing(header) || filledCells < FEWEST || type === 'choice' || samples.length < Math.min(FEWEST, filledCells)) return false;
  return (
    names >= LOOKS &&
    givenNames < KNOWN &&
    companies === 0 &&
    samples.every((text) => text.length > 1 && text.trim().split(/\s+/).length < 3)
  );
}

/** Ten digits as they are dialled in North America. */
function holdsBareNumbers({ profile }: Column): boolean {
  return (
    profile.filledCells >= FEWEST && profile.phones >= LOOKS && profile.samples.every((text) => /^[2-9]\d{2}[2-9]\d{6}$/.test(text.trim()))
  );
}

/** Nothing in the header speaks against it, and there are values enough. */
function isSure({ header, reading, profile }: Column): boolean {
  return profile.filledCells >= ENOUGH && (saysNothing(header) || reading !== null);
}

function claimOf(column: Column, kind: ClaimKind, share: number, isSafe: boolean, also?: ClaimKind): Claim {
  const values = kind === 'phone' ? 'phone' : kind === 'companyName' ? 'company' : 'name';
  const claim: Claim = {
    column,
    kind,
    confidence: isSafe ? CONFIDENCE.weak : CONFIDENCE.disagree,
    reason: { code: 'values', data: { share, kind: values } },
    rank: 9,
  };
  return also === undefined ? claim : { ...claim, also };
}

/** Two words, or a few signs of Chinese, Japanese or Korean. */
const WHOLE_NAME = /\S\s+\S|^[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2,6}$/;
