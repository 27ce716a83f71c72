import { mendWestern } from '../table/double-encoding.ts';

/** Letters that Unicode does not decompose, in the spelling people use without them. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['ł', 'l'],
  ['ø', 'o'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['đ', 'd'],
  ['ı', 'i'],
]);

/** Words that are written apart, together or with a hyphen: one spelling for all. */
const JOINED: readonly (readonly [RegExp, string])[] = [
  [/\be mails?\b/g, 'email'],
  [/\bmails? e\b/g, 'email'],
  [/\blinked in\b/g, 'linkedin'],
  [/\bwhats app\b/g, 'whatsapp'],
];

const EAST_ASIAN = '\\u3005\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\uac00-\\ud7af';
/** "TEL会社" and "Eメール": letters beside Chinese, Japanese or Korean are words of their own. */
const EAST_ASIAN_EDGE = new RegExp(`(?<=[${EAST_ASIAN}])(?=[a-z])|(?<=[a-z])(?=[${EAST_ASIAN}])`, 'g');
/** Blanks between Chinese, Japanese and Korean say nothing: "電話 番号" is "電話番号". */
const EAST_ASIAN_GAP = new RegExp(`(?<=[${EAST_ASIAN}]) (?=[${EAST_ASIAN}])`, 'g');

/** A header is looked at up to here: a cell of megabytes is no name. */
const MAX_HEADER = 500;

/**
 * A header as words for looking up: compatibility form, no accents, lower case, camelCase and digits apart,
 * punctuation gone, one blank between words. Both sides of a lookup go through it.
 */
export function normaliseHeader(header: string): string {
  if (header.length <= MAX_HEADER && PLAIN_WORDS.test(header)) return joinWords(header.toLowerCase());
  let text = mendWestern(header.slice(0, MAX_HEADER)).normalize('NFKC');
  text = text.replace(/['’`´]s(?![\p{L}\p{N}])/gu, '');
  if (text.includes('__')) text = text.replace(CUSTOM_SUFFIX, ' ');
  // ASCII only: in a wrongly decoded header ("PrÈnom") the capital is a damaged small letter.
  text = text.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  text = text.replace(/〒/g, '郵便番号');
  // "Phone #" is a number, "Phone #2" the second one.
  text = foldLetters(text.replace(/#(?!\s*\d)(?=\s*\S)|(?<=\S\s*)#(?!\s*\d)/g, ' number ')).replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ');
  text = text
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .replace(/(\d)(\p{L})/gu, '$1 $2')
    .replace(EAST_ASIAN_EDGE, ' ')
    .replace(EAST_ASIAN_GAP, '')
    .trim();
  return joinWords(text);
}

/** Most headers: words of one kind of letters with one blank between them. */
const PLAIN_WORDS = /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)(?: (?:[a-z]+|[A-Z]+|[A-Z][a-z]+))*$/;

/** What Salesforce writes behind the names of fields somebody made: "Last_Name__c", "Account__r.Name". */
const CUSTOM_SUFFIX = /__(?:p?c|r)(?![\p{L}\p{N}])/giu;

function joinWords(text: string): string {
  if (!MAY_JOIN.test(text)) return text;
  let joined = text;
  for (const [apart, together] of JOINED) joined = joined.replace(apart, together);
  return joined;
}

const MAY_JOIN = /\be mail|mails? e\b|linked in|whats app/;

/** Lower case, and Latin, Greek and Cyrillic letters without their marks; vowel signs of other scripts stay. */
export function foldLetters(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßłøæœđı]/g, (letter) => PLAIN_LETTERS.get(letter) ?? letter);
}

const BEYOND_ASCII = /[\u0080-\uffff]/;
