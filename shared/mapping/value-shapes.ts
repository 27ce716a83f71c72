import { isGivenName } from '../lead/name-given.ts';

/** Shapes of cell texts, loose on purpose: they say what a column holds, `lead/` says what is right. */

/** Longer texts have none of these shapes; nothing below looks at them, so that no pattern runs over megabytes. */
const MAX_EMAIL = 320;
const MAX_URL = 2_000;
const MAX_SHORT = 100;

const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]{2,}$/;
const PROFILE = /(^|[/.])linkedin\.com\/(in|pub)\//i;
const SALES_PROFILE = /(^|[/.])linkedin\.com\/(sales\/(lead|people)|talent\/profile)\//i;
const COMPANY_PAGE = /(^|[/.])linkedin\.com\/(company|school|showcase)\//i;
const CODE = /^[#\d\s.,/_-]+$/;
const PHONE_CHARACTERS = /^[\s'"]*(p:|tel:)?[\s+()\d./\-–‑]*\d[\s()\d./\-–‑]*((x|ext\.?|extension|#)\s*\d{1,6})?$/i;
const SHORTENED_PHONE = /^\d([.,]\d+)?E\+\d{1,2}$/i;
const DATE =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})|\d{1,2}\.? \p{L}{3,10}\.?,? \d{4}|\p{L}{3,10}\.? \d{1,2}, ?\d{4})([T ,]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]\.?m\.?)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?$/iu;
const NUMBER = /^[-+]?(\d{1,15}([.,]\d+)?|\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(\.\d{3})+(,\d+)?|\d{1,3}( \d{3})+([.,]\d+)?)$/;
const NAME = /^(?=.*\p{L})[\p{Lu}\p{Lo}\p{Lt}][\p{L}\p{M}'’.\- ]{0,59}$/u;
/** Mr, Ms and their like, as people write them in a column of their own. */
const HONORIFICS = new Set(
  'mr mrs ms miss mx dr prof sir madam m mme mlle herr frau sr sra srta d dna dott sig sigra ing dhr mevr mw dhr'.split(' '),
);

/** What stands behind a company's name, without its dots. */
const LEGAL_FORMS = new Set(
  'gmbh ag kg ohg ug ek ev inc llc llp ltd limited corp corporation plc pty pte sa sas sarl srl spa bv nv ab aps oy oyj sl ltda zoo sro kft oü şti ооо оао зао тов'.split(
    ' ',
  ),
);
const EAST_ASIAN_FORM = /株式会社|有限会社|合同会社|有限公司|集团|集團|주식회사|㈜/;

/** One address and nothing else. */
export function looksLikeEmail(text: string): boolean {
  return text.length <= MAX_EMAIL && text.includes('@') && EMAIL.test(text.trim());
}

/** Seven to fifteen digits with nothing but phone punctuation, and no date; or what a spreadsheet left of one. */
export function looksLikePhone(text: string): boolean {
  if (text.length > MAX_URL) return false;
  const cell = (text.split(':::')[0] ?? '').trim(); // address books put several into one cell
  if (cell.length > MAX_SHORT) return false;
  if (SHORTENED_PHONE.test(cell)) return true;
  if (!PHONE_CHARACTERS.test(cell) || DATE.test(cell)) return false;
  const digits = cell.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 20;
}

/** A person's LinkedIn address, not a company's. */
export function looksLikeProfile(text: string): boolean {
  return text.length <= MAX_URL && PROFILE.test(text);
}

/** Words with blanks between them: no address and no name of a page. */
export function looksLikeProse(text: string): boolean {
  return /\S\s+\S/.test(text.slice(0, MAX_SHORT)) && !text.includes('/');
}

/** The same person inside Sales Navigator or Recruiter: an address only its members can open. */
export function looksLikeSalesProfile(text: string): boolean {
  return text.length <= MAX_URL && SALES_PROFILE.test(text);
}

/** LinkedIn's page of a company or a school. */
export function looksLikeCompanyPage(text: string): boolean {
  return text.length <= MAX_URL && COMPANY_PAGE.test(text);
}

/** A number or a code of one, no name: "#1001", "2026-04". */
export function looksLikeCode(text: string): boolean {
  return text.length <= MAX_SHORT && CODE.test(text.trim());
}

/** Letters only, beginning with a capital, at most five words; turned round by a comma where a given name is behind it. */
export function looksLikeName(text: string): boolean {
  if (text.length > MAX_SHORT) return false;
  const cell = text.trim();
  const comma = cell.indexOf(',');
  if (comma >= 0) return looksLikeGivenName(cell) && NAME.test(cell.slice(0, comma) + cell.slice(comma + 1));
  return NAME.test(cell) && cell.split(/\s+/).length <= 5;
}

/** A name with a common given name in the first place: "Ann", "Ann Lee", "Lee, Ann". */
export function looksLikeGivenName(text: string): boolean {
  if (text.length > MAX_GIVEN) return false;
  const cell = text.trim();
  const given = cell.slice(cell.indexOf(',') + 1).trimStart();
  const end = given.indexOf(' ');
  const word = end < 0 ? given : given.slice(0, end);
  return word.length > 1 && FIRST_LETTER.test(word) && isGivenName(word);
}

const MAX_GIVEN = 60;
const FIRST_LETTER = /^\p{Lu}/u;

export function looksLikeHonorific(text: string): boolean {
  return text.length <= MAX_SHORT && HONORIFICS.has(text.trim().toLowerCase().replace(/\./g, ''));
}

/** A name with a company's legal form: "Nordwind GmbH". */
export function looksLikeCompany(text: string): boolean {
  if (text.length > MAX_SHORT) return false;
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[.,()]/g, '')
    .split(/\s+/);
  return (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) || EAST_ASIAN_FORM.test(text);
}

export function looksLikeDate(text: string): boolean {
  return text.length <= MAX_SHORT && DATE.test(text.trim());
}

/** A number to count with. Leading zeros and long ids are texts: as numbers they would lose digits. */
export function looksLikeNumber(text: string): boolean {
  if (text.length > MAX_SHORT) return false;
  const cell = text.trim();
  return NUMBER.test(cell) && !/^[-+]?0\d/.test(cell);
}

const LOGIN_ROLES = new Set('admin administrator user users member viewer editor subscriber guest student participant role'.split(' '));

/** The role of somebody's login, no job: "admin", "SUPER_USER", "Member". */
export function looksLikeLoginRole(text: string): boolean {
  if (text.length > MAX_SHORT) return false;
  return /^(?:[a-z_-]+|[A-Z_-]{4,})$/.test(text) || LOGIN_ROLES.has(text.trim().toLowerCase());
}

/** Letters without a digit: whatever a column of phones is called, this is none. Words for nothing say nothing. */
export function looksLikeWord(text: string): boolean {
  return text.length <= MAX_SHORT && /\p{L}{2}/u.test(text) && !/\d/.test(text) && !NO_VALUE.test(text.trim());
}

const NO_VALUE = /^(?:none|null|nil|nan|n\/a|na|unknown|undefined|empty|missing|tbd)$/i;
