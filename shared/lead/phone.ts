import { getCountries, getCountryCallingCode, isSupportedCountry, Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { MAX_PHONE_DIGITS, MIN_PHONE_DIGITS } from '../limits.ts';
import { type AreaCodeVerdict, areaCodeVerdict } from './area-code.ts';
import { compilePlan, type NumberPlan, type PlanSource } from './phone-plan.ts';
import { digitsOfPhone, hasLostDigits, isPhoneBlank, splitExtension, stripPhoneDecoration } from './phone-text.ts';

export type PhoneOptions = {
  /** ISO 3166-1 alpha-2, upper case. Anything else: only numbers with their country code are read. */
  readonly defaultCountry: string;
};

export type PhoneReading =
  /** `e164`: + and digits · `doubtful`: libphonenumber does not hold the number valid · `extension`: digits. */
  | { readonly kind: 'ok'; readonly e164: string; readonly doubtful: boolean; readonly extension?: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'invalid' }
  /** A spreadsheet wrote the number as 4.15555E+09: its last digits are gone. */
  | { readonly kind: 'digits_lost' };

export type GoodPhone = Extract<PhoneReading, { kind: 'ok' }>;

const BLANK = { kind: 'blank' } as const;
const INVALID = { kind: 'invalid' } as const;
const DIGITS_LOST = { kind: 'digits_lost' } as const;

/** Longer than any number with its extension and words around it. */
const MAX_PHONE_TEXT = 80;

/**
 * Reads one phone number, of whatever spelling, as E.164 (ITU-T E.164; product rule "Phone"): `+`, `00`, in the +1 plan
 * `011`, and the country come first, digits after. Shape decides between ok and invalid, libphonenumber's verdict only
 * decides `doubtful`.
 */
export function readPhone(text: string, options: PhoneOptions): PhoneReading {
  if (countPlainDigits(text) > 0) return readDialled(withPlainDigits(text.charCodeAt(0) === PLUS ? '+' : '', text), options.defaultCountry);
  const stripped = stripPhoneDecoration(text);
  if (isPhoneBlank(stripped)) return BLANK;
  if (hasLostDigits(stripped)) return DIGITS_LOST;
  if (stripped.length > MAX_PHONE_TEXT) return INVALID;
  const { number, extension } = splitExtension(stripped);
  const dialled = digitsOfPhone(number);
  if (dialled === null) return INVALID;
  const reading = readDialled(dialled, options.defaultCountry);
  return extension !== '' && reading.kind === 'ok' ? { ...reading, extension } : reading;
}

/** `dialled` is digits, after a + where there was one. */
function readDialled(dialled: string, country: string): PhoneReading {
  const inPlusOne = isPlusOneCountry(country);
  if (dialled.startsWith('+')) return readInternational(dialled);
  if (dialled.startsWith('00')) return readDoubleZero(dialled, country, inPlusOne);
  if (!inPlusOne) return readNational(dialled, country);
  if (dialled.startsWith('011')) return readInternational(`+${dialled.slice(3)}`);
  if (dialled.length === 10) return readInternational(`+1${dialled}`);
  if (dialled.length === 11 && dialled.startsWith('1')) return readInternational(`+${dialled}`);
  return readShortPlusOne(dialled, country);
}

/** Canada's 310-1234, the one number of the +1 plan without an area code; elsewhere such a one has lost its area code. */
function readShortPlusOne(dialled: string, country: string): PhoneReading {
  const known = dialled.length === 7 && country === 'CA' ? askLibrary(dialled, country) : null;
  return known?.isValid ? { kind: 'ok', e164: known.e164, doubtful: false } : INVALID;
}

/** + and digits. The library's spelling is taken where it holds the number valid: "+44 (0)20 …" loses the 0. */
function readInternational(e164: string): PhoneReading {
  if (callingCodeAt(e164) === '') return INVALID;
  if (e164.length === 12 && e164.charCodeAt(1) === ONE) {
    const verdict = areaVerdictOf(e164);
    if (verdict !== 'unsure') return { kind: 'ok', e164, doubtful: verdict === 'doubtful' };
  }
  if (isSurelyValid(e164)) return { kind: 'ok', e164, doubtful: false };
  const known = askLibrary(e164);
  if (known?.isValid && known.e164.length <= MAX_PHONE_DIGITS + 1) return { kind: 'ok', e164: known.e164, doubtful: false };
  const digits = e164.length - 1;
  return digits < MIN_PHONE_DIGITS || digits > MAX_PHONE_DIGITS ? INVALID : { kind: 'ok', e164, doubtful: true };
}

/** `00` stands for +, unless only the country's own way out (0011 in Australia) makes a valid number of it. */
function readDoubleZero(dialled: string, country: string, inPlusOne: boolean): PhoneReading {
  const plain = readInternational(`+${dialled.slice(2)}`);
  if ((plain.kind === 'ok' && !plain.doubtful) || inPlusOne) return plain;
  const known = askLibrary(dialled, country);
  return known?.isValid && known.callingCode !== callingCodeOf(country) ? readInternational(known.e164) : plain;
}

/** A number as dialled inside a country outside the +1 plan. Once it has its code it is judged like any other with one. */
function readNational(dialled: string, country: string): PhoneReading {
  const callingCode = callingCodeOf(country);
  if (callingCode === null) return INVALID;
  const national = mainPlanOf(country, callingCode)?.readNational(dialled) ?? null;
  if (national !== null) return readInternational(`+${callingCode}${national}`);
  const known = askLibrary(dialled, country);
  return known ? readInternational(known.e164) : INVALID;
}

/**
 * The usual cell in one step: a surely valid number written with digits, blanks and ( ) - . only, as E.164; '' for any
 * other text, of which `readPhone` knows more.
 */
export function readPlainPhone(text: string, options: PhoneOptions): string {
  const count = countPlainDigits(text);
  if (text.charCodeAt(0) === PLUS) {
    const e164 = count + 1 === text.length ? text : withPlainDigits('+', text);
    return count > 0 && isSurelyValid(e164) ? e164 : '';
  }
  if ((count !== 10 && count !== 11) || !isPlusOneCountry(options.defaultCountry)) return '';
  const e164 = withPlainDigits(count === 10 ? '+1' : '+', text);
  return e164.charCodeAt(1) === ONE && areaVerdictOf(e164) === 'valid' ? e164 : '';
}

const PLUS = 0x2b;
const ONE = 0x31;
/** A number of 15 digits with a few blanks to spare. */
const LONGEST_PLAIN = 32;

/** How many digits a text has that has nothing but digits, blanks and ( ) - . after a leading +; 0 for any other text. */
function countPlainDigits(text: string): number {
  // 4155552671.0 is a number that a program wrote as a quantity: its last digit is none.
  if (text.length > LONGEST_PLAIN || text.endsWith('.0')) return 0;
  let count = 0;
  for (let index = text.charCodeAt(0) === PLUS ? 1 : 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) count++;
    else if (code !== 0x20 && code !== 0x2d && code !== 0x2e && code !== 0x28 && code !== 0x29) return 0;
  }
  return count;
}

/** A start and the digits of a plain text, run by run. */
function withPlainDigits(start: string, text: string): string {
  let result = start;
  let runStart = -1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isDigit = code >= 0x30 && code <= 0x39;
    if (isDigit && runStart < 0) runStart = index;
    if (isDigit || runStart < 0) continue;
    result += text.slice(runStart, index);
    runStart = -1;
  }
  return runStart < 0 ? result : result + text.slice(runStart);
}

/** + and digits that are valid and written as they are, known without asking the library. */
function isSurelyValid(e164: string): boolean {
  if (e164.length === 12 && e164.charCodeAt(1) === ONE) return areaVerdictOf(e164) === 'valid';
  if (e164.length > MAX_PHONE_DIGITS + 1) return false;
  const code = callingCodeAt(e164);
  return code !== '' && (planOf(code)?.isSurelyValid(e164.slice(1 + code.length)) ?? false);
}

/** The area code's verdict on +1 and ten digits. */
function areaVerdictOf(e164: string): AreaCodeVerdict {
  const area = digitAt(e164, 2) * 100 + digitAt(e164, 3) * 10 + digitAt(e164, 4);
  return areaCodeVerdict(area, digitAt(e164, 5));
}

function digitAt(digits: string, index: number): number {
  return digits.charCodeAt(index) - 0x30;
}

const E164 = /^\+[1-9]\d{1,14}$/;

/** Says whether a text is + and digits that have the shape of a number: the cheap check of an already cleaned lead. */
export function isPhoneShape(e164: string): boolean {
  if (!E164.test(e164)) return false;
  if (e164.length === 12 && e164.charCodeAt(1) === ONE) return true;
  if (callingCodeAt(e164) === '') return false;
  return e164.length > MIN_PHONE_DIGITS || isValidPhone(e164);
}

/**
 * libphonenumber's own reading of digits, with or without +, asked without any short way: every verdict here is this
 * one. Null where it sees no number at all.
 */
export function askLibrary(dialled: string, country?: string): LibraryReading | null {
  const known = parsePhoneNumberFromString(dialled, country !== undefined && isSupportedCountry(country) ? country : undefined);
  return known ? { e164: known.number, isValid: known.isValid(), callingCode: known.countryCallingCode } : null;
}
export type LibraryReading = { readonly e164: string; readonly isValid: boolean; readonly callingCode: string };

/** libphonenumber's verdict on an E.164 number. */
export function isValidPhone(e164: string): boolean {
  return askLibrary(e164)?.isValid ?? false;
}

/** Says whether a country's numbers are read in the +1 plan. */
export function isPlusOneCountry(country: string): boolean {
  return callingCodeOf(country) === '1';
}

/** The calling code of + and digits, '' when none exists. No code is the start of another. */
export function callingCodeAt(e164: string): string {
  for (let length = 1; length <= 3 && length < e164.length; length++) {
    const code = e164.slice(1, 1 + length);
    if (metadataOf(code)) return code;
  }
  return '';
}

/** The country a calling code belongs to first (44: GB, 7: RU); null for codes of no country. */
export function mainCountryOf(callingCode: string): string | null {
  return metadataOf(callingCode)?.mainCountry ?? null;
}

/** Every country that has numbers, as ISO 3166-1 alpha-2. */
export function knownCountries(): readonly string[] {
  return getCountries();
}

/** The calling code of an ISO country, null when it is none. */
export function callingCodeOf(country: string): string | null {
  let code = callingCodes.get(country);
  if (code === undefined) {
    code = isSupportedCountry(country) ? getCountryCallingCode(country) : null;
    if (callingCodes.size < 1_000) callingCodes.set(country, code);
  }
  return code;
}
const callingCodes = new Map<string, string | null>();

/** The numbers of a country by its calling code, and how they are known to be valid. Compiled when first asked for. */
type CallingCode = { readonly plan: NumberPlan; readonly mainCountry: string | null };
const codes = new Map<string, CallingCode | null>();

function metadataOf(callingCode: string): CallingCode | null {
  let known = codes.get(callingCode);
  if (known === undefined) {
    known = readMetadata(callingCode);
    if (codes.size < 2_000) codes.set(callingCode, known);
  }
  return known;
}

function planOf(callingCode: string): NumberPlan | undefined {
  return metadataOf(callingCode)?.plan;
}

/** A country's own plan where it is the first of its calling code; the others are the library's. */
function mainPlanOf(country: string, callingCode: string): NumberPlan | undefined {
  const known = metadataOf(callingCode);
  return known?.mainCountry === country ? known.plan : undefined;
}

/** The parts of the library's metadata reader that its types leave out; the parity test notices when one is gone. */
type MetadataReader = {
  readonly hasCallingCode: (code: string) => boolean | undefined;
  readonly getCountryCodesForCallingCode: (code: string) => readonly string[] | undefined;
  readonly selectNumberingPlan: (code: string) => void;
  readonly type: (kind: string) => { readonly pattern: () => string; readonly possibleLengths: () => readonly number[] } | undefined;
  readonly hasTypes: () => boolean;
  readonly nationalNumberPattern: () => string;
  readonly nationalPrefixForParsing: () => string | null | undefined;
  readonly leadingDigits: () => string | null | undefined;
  readonly IDDPrefix: () => string | null | undefined;
};

const KINDS = 'FIXED_LINE MOBILE TOLL_FREE PREMIUM_RATE PERSONAL_NUMBER VOICEMAIL UAN PAGER VOIP SHARED_COST'.split(' ');

function readMetadata(callingCode: string): CallingCode | null {
  // The class is exported with two of its members in its types; at run time it has all of these.
  const reader = new Metadata() as unknown as MetadataReader;
  if (!reader.hasCallingCode(callingCode)) return null;
  reader.selectNumberingPlan(callingCode);
  const types = KINDS.map((kind) => reader.type(kind)).filter((type) => type !== undefined);
  const source: PlanSource = {
    callingCode,
    pattern: reader.nationalNumberPattern(),
    types: reader.hasTypes() ? types.map((type) => ({ pattern: type.pattern(), lengths: type.possibleLengths() })) : null,
    prefixForParsing: reader.nationalPrefixForParsing() || null,
    leadingDigits: reader.leadingDigits() || null,
    internationalPrefix: reader.IDDPrefix() || null,
  };
  return { plan: compilePlan(source), mainCountry: reader.getCountryCodesForCallingCode(callingCode)?.[0] ?? null };
}
