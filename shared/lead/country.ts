import { ALPHA_3, COUNTRY_ALIASES, COUNTRY_LANGUAGES } from './country.data.ts';
import { knownCountries, mainCountryOf } from './phone.ts';
import { foldText } from './text.ts';

/** Longer texts are no names of countries. */
const MAX_COUNTRY = 80;
const REMEMBERED = 2_000;
const CALLING_CODE = /^(?:\+|00)\s?(\d{1,3})$/;
const FLAG = /[\u{1f1e6}-\u{1f1ff}]{2}/u;
const PARTS = /[()/,;|:–—]|\s-\s/;

/**
 * The ISO 3166-1 alpha-2 code of a country as people write it: its name in one of many languages, an ISO code of two or
 * three letters, a flag, its calling code (+91). Of "Mumbai, India" the country; null where none or several are named.
 */
export function readCountry(text: string): string | null {
  if (text === '' || text.length > MAX_COUNTRY) return null;
  let country = remembered.get(text);
  if (country === undefined) {
    country = readAnew(text);
    if (remembered.size < REMEMBERED) remembered.set(text, country);
  }
  return country;
}
const remembered = new Map<string, string | null>();

function readAnew(text: string): string | null {
  const plain = text.trim();
  const code = plain.toUpperCase();
  if (codes().has(code)) return code;
  const calling = CALLING_CODE.exec(plain)?.[1];
  if (calling !== undefined) return mainCountryOf(calling);
  const flag = FLAG.exec(plain)?.[0];
  if (flag !== undefined) return readFlag(flag);
  return readName(plain) ?? readParts(plain);
}

function readName(text: string): string | null {
  return countryNames().get(nameKey(text)) ?? null;
}

/** Parts of two letters are as likely a state as a country. */
function readParts(text: string): string | null {
  const found = new Set(text.split(PARTS).flatMap((part) => readName(part) ?? []));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

/** A flag is the two letters of a code, each as a letter of its own kind. */
function readFlag(flag: string): string | null {
  const code = Array.from(flag, (letter) => String.fromCharCode((letter.codePointAt(0) ?? 0) - 0x1f1e6 + 0x41)).join('');
  return codes().has(code) ? code : null;
}

function nameKey(name: string): string {
  const words = foldText(name)
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  return words.startsWith('the ') ? words.slice(4) : words;
}

let knownCodes: ReadonlySet<string> | null = null;
function codes(): ReadonlySet<string> {
  knownCodes ??= new Set(knownCountries());
  return knownCodes;
}

let knownNames: ReadonlyMap<string, string> | null = null;
/** Made when a country is first asked for: some thousand names. What means two countries in two languages is the first's. */
function countryNames(): ReadonlyMap<string, string> {
  if (knownNames) return knownNames;
  const names = new Map<string, string>();
  const add = (name: string, code: string) => {
    const key = nameKey(name);
    if (key.length > 1 && !names.has(key)) names.set(key, code);
  };
  for (const entry of ALPHA_3.split(' ')) add(entry.slice(2), entry.slice(0, 2));
  for (const [code, aliases] of COUNTRY_ALIASES) for (const alias of aliases) add(alias, code);
  for (const language of COUNTRY_LANGUAGES) {
    const known = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of codes()) {
      const name = known.of(code);
      if (name !== undefined) add(name, code);
    }
  }
  knownNames = names;
  return names;
}
