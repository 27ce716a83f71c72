import { type Claim, type ClaimKind, CONFIDENCE, rankOf } from './claims.ts';
import type { Column } from './mapping-column.ts';
import { normaliseHeader } from './normalise-header.ts';

const NAME_KINDS: readonly ClaimKind[] = ['firstName', 'lastName', 'fullName', 'name'];

/**
 * Leaves the claims of one person: the buyer's fall away beside an attendee of the same name columns, "Person 1" beside
 * columns without a number, and a bare "Name" beside "Contact name" is the name of something else.
 */
export function dropOtherPeople(all: readonly Claim[]): readonly Claim[] {
  const claims = settleAsides(all);
  const isNumbered = ({ column }: Claim) => column.reading?.personNumber === 1;
  const isSecond = ({ column }: Claim) => column.reading?.whose === 'second';
  const isNamedOrWritten = (claim: Claim) => claim.kind === 'email' || isName(claim);
  const numbered = claims.filter(isNumbered);
  const unnumbered = claims.filter((claim) => !isNumbered(claim));
  const things = isRecordOf(numbered, unnumbered) ? unnumbered.filter(({ kind }) => kind === 'name') : [];
  const rest = claims.filter((claim) => !things.includes(claim));
  let left = things.length === 0 && unnumbered.some(isNamedOrWritten) ? unnumbered : withoutSwitchboard(rest, isNumbered);
  const main = left.filter((claim) => !isSecond(claim));
  const hasName = main.some(namesPerson);
  const isTwice = (claim: Claim) => isSecond(claim) && hasName && (isName(claim) || main.some(({ kind }) => kind === claim.kind));
  if (left.some((claim) => isTwice(claim) && isName(claim))) left = left.map((claim) => (isSecond(claim) ? asQuestion(claim) : claim));
  else left = left.filter((claim) => !isTwice(claim));
  const named = left.some((claim) => claim.kind === 'name' && claim.column.reading?.personNamed && !isQuestion(claim));
  const halves = left.some(({ kind }) => kind === 'firstName' || kind === 'lastName');
  return named && !halves ? left.filter((claim) => claim.kind !== 'name' || claim.column.reading?.personNamed || isQuestion(claim)) : left;
}

/**
 * The broker, the bookkeeping: the lead where the file has a name and an address or a phone of that one and of nobody
 * else, and the name's values are names of people. Else a question at most, which falls away beside a surer answer.
 */
function settleAsides(claims: readonly Claim[]): readonly Claim[] {
  const isAside = ({ column }: Claim) => column.reading?.whose === 'aside' && column.sameName === null;
  const asides = claims.filter((claim) => isAside(claim) && (isName(claim) || isWay(claim)));
  if (!claims.some(isAside)) return claims;
  const others = claims.filter((claim) => !isAside(claim));
  const isOne = new Set(asides.map(({ column }) => column.reading?.aside)).size === 1;
  const isNamed = asides.some((claim) => isName(claim) && claim.column.profile.givenNames >= HOLDS_GIVEN_NAMES);
  const isSubject = isOne && isNamed && asides.some(isWay) && !others.some((claim) => isName(claim) || isWay(claim));
  if (isSubject) return [...others, ...asides.map((claim) => ({ ...claim, confidence: Math.min(claim.confidence, CONFIDENCE.weak) }))];
  return [...others, ...asides.filter(fitsItsKind).map(asQuestion)];
}

/** The values are of the kind the header says. */
function fitsItsKind({ kind, column: { profile } }: Claim): boolean {
  const share = kind === 'email' ? profile.emails : kind === 'phone' ? profile.phones : profile.names;
  return share >= HOLDS_NAMES;
}

function isQuestion({ confidence }: Claim): boolean {
  return confidence <= CONFIDENCE.disagree;
}

function asQuestion(claim: Claim): Claim {
  return { ...claim, confidence: CONFIDENCE.disagree, reason: { code: 'other_person' } };
}

const HOLDS_NAMES = 0.6;
const HOLDS_GIVEN_NAMES = 0.5;

/** A bare "Name" beside "Contact 1 name" is what the contacts belong to, where nothing else says it is a person. */
function isRecordOf(numbered: readonly Claim[], unnumbered: readonly Claim[]): boolean {
  const isBare = ({ kind }: Claim) => kind === 'name' || kind === 'companyName' || kind === 'notes' || kind === 'tags';
  return numbered.some(isName) && unnumbered.some(({ kind }) => kind === 'name') && unnumbered.every(isBare);
}

/** Beside "Contact 1 phone" a phone of nobody's is the company's. */
function withoutSwitchboard(claims: readonly Claim[], isNumbered: (claim: Claim) => boolean): readonly Claim[] {
  const hasPhone = claims.some((claim) => claim.kind === 'phone' && isNumbered(claim));
  return hasPhone ? claims.filter((claim) => claim.kind !== 'phone' || isNumbered(claim)) : claims;
}

/** A name that is a person's: a bare "Name" is one where its values are. */
function namesPerson(claim: Claim): boolean {
  const { reading, profile } = claim.column;
  return isName(claim) && !isQuestion(claim) && (claim.kind !== 'name' || reading?.personNamed === true || profile.names >= HOLDS_NAMES);
}

function isWay({ kind }: Claim): boolean {
  return kind === 'email' || kind === 'phone';
}

function isName({ kind }: Claim): boolean {
  return NAME_KINDS.includes(kind);
}

/** A column of short numbers beside one of phones holds rooms, extensions or codes. */
export function dropShortNumbers(claims: readonly Claim[]): readonly Claim[] {
  const phones = claims.filter(({ kind }) => kind === 'phone');
  if (!phones.some(({ column }) => column.profile.phones >= SHOWS_PHONES)) return claims;
  const isShort = ({ column }: Claim) =>
    column.profile.samples.length > 0 && column.profile.samples.every((text) => SHORT.test(text.trim()));
  return claims.filter((claim) => claim.kind !== 'phone' || !isShort(claim));
}

const SHOWS_PHONES = 0.6;
const SHORT = /^\d{1,6}$/;

/** A half understood header counts only where no other column is of its kind; beside others it is a question at most. */
export function dropUnsureParts(claims: readonly Claim[]): readonly Claim[] {
  return claims.map((claim) => {
    const isPart = claim.column.reading?.partial === true && claim.column.sameName === null;
    const hasRival = isPart && claims.some((other) => other !== claim && other.kind === claim.kind);
    return hasRival ? { ...claim, confidence: CONFIDENCE.disagree } : claim;
  });
}

/**
 * Columns of a second record joined to the person's, mostly the company: several headers come twice, and not phones
 * and addresses only. The second "Phone Number" is then not the person's.
 */
export function findSecondRecord(columns: readonly Column[]): ReadonlySet<Column> {
  const seen = new Set<string>();
  const again = new Map<string, Column[]>();
  for (const column of columns) {
    const name = normaliseHeader(column.header);
    if (name === '') continue;
    if (seen.has(name)) again.set(name, [...(again.get(name) ?? []), column]);
    seen.add(name);
  }
  const repeated = [...again.values()];
  const isWayColumn = ({ reading }: Column) => reading?.concept === 'phone' || reading?.concept === 'email';
  const isJoined = repeated.length > 1 && repeated.some(([column]) => column && !isWayColumn(column));
  return new Set(isJoined ? repeated.flat() : []);
}

/** In Chinese, Japanese and Korean address books what is "of the company" beside one at home is the person's at work. */
export function findOfficeWays(columns: readonly Column[], kind: 'phone' | 'email'): readonly Claim[] {
  const ways = columns.filter(({ reading }) => reading?.concept === kind && !reading.partial);
  const has = (role: string) => ways.some(({ reading }) => reading?.role === role && reading.whose === 'person');
  if (!has('home') || has('work')) return [];
  return ways
    .filter(({ reading, header }) => reading?.whose === 'company' && reading.role === null && EAST_ASIAN.test(header))
    .map((column) => ({
      column,
      kind,
      confidence: CONFIDENCE.weak,
      reason: { code: 'known_name' as const },
      rank: rankOf({ profile: column.profile, reading: column.reading && { ...column.reading, role: 'work' } }),
    }));
}

const EAST_ASIAN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
