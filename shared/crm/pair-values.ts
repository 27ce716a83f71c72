import { linkedinKey, readLinkedin } from '../lead/linkedin.ts';
import { type GoodPhone, readPhone } from '../lead/phone.ts';
import { readTags } from '../lead/tags.ts';
import { isNullWord, trimText, utf8Bytes } from '../lead/text.ts';
import { MAX_CELL_BYTES } from '../limits.ts';
import { choiceLabel, choiceMeant, choiceValue, readChoices, readValues } from './choices.ts';
import { toDecimal } from './decimal.ts';
import type { FieldPair, ValueType } from './record.ts';

/** What reading a value needs to know of its pair. */
export type PairType = Pick<FieldPair, 'valueType' | 'options' | 'local'>;
export type ValueOptions = {
  /** ISO 3166-1 alpha-2: how phones without their country code are read. */
  readonly defaultCountry: string;
};

/**
 * What a lead's value means, as a text that is equal for equal meanings: blanks are '', an email has no case,
 * `+12025550123` is `(202) 555-0123`, a choice is its label, a set has no order.
 */
export function meaningOf(pair: PairType, text: string | undefined, options: ValueOptions): string {
  const plain = text === undefined ? '' : trimText(text);
  return saysNothing(pair, plain, options) ? '' : MEANINGS[pair.valueType](plain, pair, options);
}

/** Blank, or a word for it where an import reads it so, too: "n/a" is no phone, no address and no profile, and may be a name. */
function saysNothing(pair: PairType, plain: string, options: ValueOptions): boolean {
  if (plain === '' || pair.local.kind === 'custom') return plain === '';
  if (pair.valueType === 'phone') return readPhone(plain, options).kind === 'blank';
  return (pair.valueType === 'email' || isField(pair, 'linkedinUrl')) && isNullWord(plain);
}

/** The same of a value of the CRM, which writes its choices in its own way; a lead that has taken it over means the same. */
export function meaningThere(pair: PairType, text: string | undefined, options: ValueOptions): string {
  const isChoice = pair.valueType === 'choice' || pair.valueType === 'choices';
  return meaningOf(pair, isChoice ? (toLocalText(pair, text, options) ?? text) : text, options);
}

const MEANINGS: Readonly<Record<ValueType, (text: string, pair: PairType, options: ValueOptions) => string>> = {
  text: (text, pair) => {
    if (isField(pair, 'tags')) return sortedSet(readTags(text));
    const profile = isField(pair, 'linkedinUrl') ? linkedinKey(text) : null;
    return profile ?? text.replace(/\r\n?/g, '\n');
  },
  email: (text) => text.toLowerCase(),
  phone: (text, pair, options) => {
    const reading = readPhone(text, options);
    return reading.kind === 'ok' ? withExtension(pair, reading) : text;
  },
  number: (text) => toDecimal(text) ?? text,
  date: (text) => toDay(text) ?? text,
  dateTime: (text) => {
    const at = toTime(text);
    return at === null ? text : String(at);
  },
  yesNo: (text) => (YES.test(text) ? 'true' : NO.test(text) ? 'false' : text),
  choice: (text, pair) => choiceMeant(pair, text),
  choices: (text, pair) => sortedSet(readChoices(pair, text).map((choice) => choiceMeant(pair, choice))),
};

/**
 * A value of the CRM as Leadline keeps it; '' = blank. Null where the lead's field cannot hold it (an email without an @,
 * a number that is no phone, a text over the size limit): such a one is left alone on both sides.
 */
export function toLocalText(pair: PairType, text: string | undefined, options: ValueOptions): string | null {
  const plain = text === undefined ? '' : trimText(text);
  if (saysNothing(pair, plain, options)) return '';
  if (utf8Bytes(plain, MAX_CELL_BYTES) > MAX_CELL_BYTES) return null;
  const isFreeText = pair.local.kind === 'custom';
  switch (pair.valueType) {
    case 'email':
      return isEmailShape(plain) ? plain.toLowerCase() : isFreeText ? plain : null;
    case 'phone': {
      const reading = readPhone(plain, options);
      return reading.kind === 'ok' ? withExtension(pair, reading) : isFreeText ? plain : null;
    }
    case 'date':
      return toDay(plain) ?? plain;
    case 'dateTime': {
      const at = toTime(plain);
      return at === null ? plain : new Date(at).toISOString();
    }
    case 'yesNo':
      return YES.test(plain) ? 'Yes' : NO.test(plain) ? 'No' : plain;
    case 'choice':
      return choiceLabel(pair, plain);
    case 'choices':
      return readValues(plain)
        .map((value) => choiceLabel(pair, value))
        .join('; ');
    case 'text': {
      if (isField(pair, 'tags')) return readTags(plain).join('; ');
      if (!isField(pair, 'linkedinUrl')) return plain;
      const reading = readLinkedin(plain);
      return reading.kind === 'profile' ? reading.url : null;
    }
    case 'number':
      return plain;
  }
}

/** A value of the CRM as a person is shown it: in its own words where the lead's field would hold less of it. */
export function toShownText(pair: PairType, text: string, options: ValueOptions): string | null {
  const reading = pair.valueType === 'phone' ? readPhone(text, options) : null;
  return reading?.kind === 'ok' && reading.extension !== undefined ? trimText(text) : toLocalText(pair, text, options);
}

/** A text that a person was shown, as the lead's field holds it. */
export function fromShownText(pair: PairType, text: string, options: ValueOptions): string {
  return pair.valueType === 'phone' ? (toLocalText(pair, text, options) ?? text) : text;
}

/** A value of a lead as the CRM is sent it; '' clears. */
export function toRemoteText(pair: PairType, text: string | undefined, options: ValueOptions): string {
  const plain = text === undefined ? '' : trimText(text);
  if (plain === '') return '';
  switch (pair.valueType) {
    case 'choices':
      return choicesOf(pair, plain).join(';');
    case 'choice':
      return choiceValue(pair, plain);
    case 'dateTime': {
      const at = toTime(plain);
      return at === null ? plain : new Date(at).toISOString();
    }
    case 'phone':
      return plain;
    case 'text':
      return isField(pair, 'tags') ? readTags(plain).join(';') : plain;
    case 'email':
    case 'number':
    case 'date':
    case 'yesNo':
      return meaningOf(pair, plain, options);
  }
}

/** Says whether the CRM's field can hold a lead's value at all: a word is no number, no day and no yes. Choices are the CRM's own. */
export function canBeSaid({ valueType }: Pick<PairType, 'valueType'>, text: string | undefined): boolean {
  const plain = text === undefined ? '' : trimText(text);
  if (plain === '') return true;
  switch (valueType) {
    case 'number':
      return toDecimal(plain) !== null;
    case 'date':
      return isDay(toDay(plain));
    case 'dateTime':
      return toTime(plain) !== null;
    case 'yesNo':
      return YES.test(plain) || NO.test(plain);
    default:
      return true;
  }
}

const YES = /^(?:yes|y|true|t|1|on|ja|oui|s[ií])$/i;
const NO = /^(?:no|n|false|f|0|off|nein|non)$/i;

function isField({ local }: PairType, id: 'tags' | 'linkedinUrl'): boolean {
  return local.kind === 'field' && local.id === id;
}

/** The product's hard rule for an address. */
function isEmailShape(text: string): boolean {
  return text.includes('@') && text.includes('.');
}

/** A lead's phone fields hold the number alone: an extension stays where it is, and is no difference. */
function withExtension({ local }: PairType, { e164, extension }: GoodPhone): string {
  return local.kind === 'custom' && extension !== undefined ? `${e164} x${extension}` : e164;
}

/** The choices a lead's text names, in the CRM's words. */
export function choicesOf(pair: PairType, text: string): readonly string[] {
  const plain = trimText(text);
  const choices = pair.valueType === 'choices' ? readChoices(pair, plain) : plain === '' ? [] : [plain];
  return choices.map((choice) => choiceValue(pair, choice));
}

function sortedSet(parts: readonly string[]): string {
  return [...new Set(parts)].sort().join('\n');
}

const ISO_DAY = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/;
const EPOCH_MS = /^-?\d{11,14}$/;
/** Both vendors write moments in UTC where they name no zone. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** The day of an ISO date or moment, or of milliseconds since 1970, in UTC. */
function toDay(text: string): string | null {
  if (EPOCH_MS.test(text)) return new Date(Number(text)).toISOString().slice(0, 10);
  return ISO_DAY.exec(text)?.[1] ?? null;
}

/** The calendar has it: February has no 30th. */
function isDay(day: string | null): boolean {
  const at = day === null ? Number.NaN : Date.parse(day);
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === day;
}

function toTime(text: string): number | null {
  if (EPOCH_MS.test(text)) return Number(text);
  const iso = ISO_TIME.exec(text);
  if (!iso) return null;
  const at = Date.parse(iso[1] === undefined && text.length > 10 ? `${text}Z` : text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isFinite(at) ? at : null;
}
