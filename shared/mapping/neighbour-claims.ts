import type { Reason } from '../problems.ts';
import { type Claim, CONFIDENCE, saysWho } from './claims.ts';
import type { Column } from './mapping-column.ts';

/** Share of values that look like names from which they speak for themselves. */
const SPEAKS = 0.8;

/**
 * What a header means only beside others or by its values: a "Lead" beside a company is the person's name, an "Account"
 * beside a person the company's, as is a "Customer" with legal forms; a "Title" without a person is something else's.
 */
export function settleByNeighbours(claims: readonly Claim[], columns: readonly Column[]): readonly Claim[] {
  const hasCompany = claims.some(({ kind }) => kind === 'companyName');
  const hasName = claims.some(isName);
  const whole = hasCompany && !hasName ? columns.find((column) => isSomebody(column) && holdsWholeNames(column)) : undefined;
  const company = hasCompany ? undefined : columns.find((column) => holdsCompanies(column) || (hasName && isAccount(column)));
  const isTitle = ({ column }: Claim) => column.reading?.concept === 'title' && column.sameName === null;
  const isOfRecord = (claim: Claim) => isTitle(claim) && !hasCompany && standsBeforePerson(claim, claims);
  const kept = hasName || whole ? claims.filter((claim) => !isOfRecord(claim)) : claims.filter((claim) => !isTitle(claim));
  return [
    ...kept,
    ...(whole ? [claimOf(whole, 'fullName', { code: 'values', data: { share: whole.profile.names, kind: 'name' } })] : []),
    ...(company ? [claimOf(company, 'companyName', reasonForCompany(company))] : []),
  ];
}

function isName({ kind }: Claim): boolean {
  return kind === 'firstName' || kind === 'lastName' || kind === 'fullName' || kind === 'name';
}

/** "title, client_name": the title of what the file lists, which has a client. */
function standsBeforePerson({ column }: Claim, claims: readonly Claim[]): boolean {
  const names = claims.filter(isName);
  const isNamed = names.length > 0 && names.every((name) => name.column.reading?.personNamed);
  return isNamed && column.reading?.personNamed === false && names.every((name) => column.index < name.column.index);
}

/** "Contact", "담당자", "Founder": somebody, where nobody else is. */
function isSomebody(column: Column): boolean {
  const { reading } = column;
  return saysWho(column) || (reading?.concept === null && reading.whose === 'second' && reading.role === null);
}

function holdsWholeNames({ profile }: Column): boolean {
  return profile.names >= SPEAKS && profile.samples.every((text) => WHOLE_NAME.test(text.trim()));
}

/** Two words, or the few signs of a Chinese, Japanese or Korean name. */
const WHOLE_NAME = /\S\s+\S|^[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2,6}$/;

function holdsCompanies(column: Column): boolean {
  return saysWho(column) && column.profile.companies >= SPEAKS;
}

function isAccount({ reading, profile }: Column): boolean {
  return reading?.concept === null && reading.whose === 'account' && reading.role === null && profile.names >= SPEAKS;
}

function reasonForCompany(column: Column): Reason {
  if (!holdsCompanies(column)) return { code: 'known_name' };
  return { code: 'values', data: { share: column.profile.companies, kind: 'company' } };
}

function claimOf(column: Column, kind: 'fullName' | 'companyName', reason: Reason): Claim {
  return { column, kind, confidence: CONFIDENCE.weak, reason, rank: 2 };
}
