import { readEmailCell } from '../lead/email.ts';
import { isPlusOneCountry, readPhone } from '../lead/phone.ts';
import { digitsOfPhone, splitExtension, stripPhoneDecoration } from '../lead/phone-text.ts';
import { splitPhoneCell } from '../lead/split-phone-cell.ts';
import { trimText, unguardFormula } from '../lead/text.ts';
import type { OwnProblemCode } from './repair.ts';

/** Between the values of a cell that was taken apart; every reader parts a cell at it. */
const SEPARATOR = '; ';

/**
 * A cell of phones with `country` for those that carry none; with `code` only for numbers that have this problem when
 * read in `defaultCountry`. The cell itself where nothing changes.
 */
export function withCountry(cell: string, country: string, defaultCountry: string, code: OwnProblemCode | undefined): string {
  let isChanged = false;
  const parts = splitPhoneCell(unguardFormula(cell))
    .map(trimText)
    .map((part) => {
      if (hasCountry(part, defaultCountry) || (code !== undefined && phoneProblem(part, defaultCountry) !== code)) return part;
      const reading = readPhone(part, { defaultCountry: country });
      if (reading.kind !== 'ok') return part;
      isChanged = true;
      return reading.extension ? `${reading.e164} x${reading.extension}` : reading.e164;
    });
  return isChanged ? parts.join(SEPARATOR) : cell;
}

/** A number that begins with +, 00, or in the +1 plan with 011 says its country itself. */
function hasCountry(part: string, defaultCountry: string): boolean {
  const digits = digitsOfPhone(splitExtension(stripPhoneDecoration(part)).number);
  if (digits === null) return true; // no number: nothing to read in any country
  return digits.startsWith('+') || digits.startsWith('00') || (digits.startsWith('011') && isPlusOneCountry(defaultCountry));
}

function phoneProblem(part: string, defaultCountry: string): OwnProblemCode | null {
  const reading = readPhone(part, { defaultCountry });
  if (reading.kind === 'invalid') return 'phone_invalid';
  if (reading.kind === 'digits_lost') return 'phone_digits_lost';
  return reading.kind === 'ok' && reading.doubtful ? 'phone_doubtful' : null;
}

/**
 * A cell without the values that have a problem: of several addresses or numbers the good ones stay, of a cell that was
 * spread over alternates the first. Any other cell is blank then.
 */
export function withoutBad(cell: string, code: OwnProblemCode, defaultCountry: string): string {
  if (code === 'owner_invalid') return readEmailCell(cell).good[0]?.email ?? '';
  if (code.startsWith('phone')) return withoutBadPhones(unguardFormula(cell), code, defaultCountry);
  return code.startsWith('email') ? withoutBadEmails(unguardFormula(cell), code) : '';
}

function withoutBadPhones(cell: string, code: OwnProblemCode, defaultCountry: string): string {
  const parts = splitPhoneCell(cell).map(trimText);
  if (code === 'phones_spread') return parts.find((part) => readPhone(part, { defaultCountry }).kind === 'ok') ?? '';
  return parts.filter((part) => phoneProblem(part, defaultCountry) !== code).join(SEPARATOR);
}

function withoutBadEmails(cell: string, code: OwnProblemCode): string {
  const { good, bad } = readEmailCell(cell);
  if (code === 'emails_spread') return good[0]?.email ?? '';
  const kept = good.filter(({ warnings }) => !warnings.some((warning) => warning === code)).map(({ email }) => email);
  return [...kept, ...bad.filter((one) => one.code !== code).map(({ text }) => text)].join(SEPARATOR);
}

/** A cell of addresses with what is suggested for those that have the problem. */
export function withFix(cell: string, code: OwnProblemCode): string {
  const { good, bad } = readEmailCell(unguardFormula(cell));
  let isChanged = false;
  const take = (text: string, has: boolean, suggestion: string | undefined) => {
    if (!has || suggestion === undefined) return text;
    isChanged = true;
    return suggestion;
  };
  const parts = [
    ...good.map(({ email, warnings, suggestion }) =>
      take(
        email,
        warnings.some((warning) => warning === code),
        suggestion,
      ),
    ),
    ...bad.map((one) => take(one.text, one.code === code, one.suggestion)),
  ];
  return isChanged ? parts.join(SEPARATOR) : cell;
}

/** What a cell says, without the apostrophe that guards a formula and without outer blanks. */
export function plainText(cell: string): string {
  return trimText(unguardFormula(cell));
}
