import { decodeBytes } from './decode-bytes.ts';
import { LANGUAGES, type Language, type LanguageId } from './languages.data.ts';
import { scoreText } from './score-text.ts';
import { scoreEchoes, scoreWords } from './score-words.ts';

/** What a file that is not Unicode most likely is. `sure`: no other encoding gives another text nearly as likely. */
export type LegacyGuess = { readonly encoding: string; readonly sure: boolean };

const WESTERN: readonly LanguageId[] = ['western', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'da', 'fi', 'is'];
const CENTRAL: readonly LanguageId[] = ['pl', 'cs', 'sk', 'hu', 'ro', 'hr'];

type Candidate = {
  /** WHATWG label. */
  readonly encoding: string;
  readonly languages: readonly LanguageId[];
  /** How much rarer than Windows-1252, as a logarithm. */
  readonly prior: number;
};
/** Where two give the same text the earlier one is meant. */
const CANDIDATES: readonly Candidate[] = [
  { encoding: 'windows-1252', languages: WESTERN, prior: 0 },
  { encoding: 'windows-1250', languages: CENTRAL, prior: -1 },
  { encoding: 'windows-1251', languages: ['ru', 'uk'], prior: -1 },
  { encoding: 'windows-1254', languages: ['tr'], prior: -2 },
  { encoding: 'iso-8859-7', languages: ['el'], prior: -1 },
  { encoding: 'windows-1253', languages: ['el'], prior: -1.5 },
  { encoding: 'macintosh', languages: WESTERN, prior: -3 },
  { encoding: 'iso-8859-15', languages: WESTERN, prior: -2 },
  { encoding: 'iso-8859-2', languages: CENTRAL, prior: -3 },
  { encoding: 'koi8-r', languages: ['ru'], prior: -4 },
  { encoding: 'shift_jis', languages: ['ja'], prior: -1 },
  { encoding: 'euc-jp', languages: ['ja'], prior: -2 },
  { encoding: 'gbk', languages: ['zh-Hans'], prior: -1 },
  { encoding: 'big5', languages: ['zh-Hant'], prior: -1 },
  { encoding: 'euc-kr', languages: ['ko'], prior: -1 },
];

/** A guess that is this much more likely than the next one (as a logarithm) is sure. */
const SURE_MARGIN = 12;
/** Per odd byte: below it nothing makes sense, and Windows-1252 at least loses nothing. */
const LEAST_LIKELY = -8;

/** Guesses the encoding of bytes that are no Unicode: every candidate is tried on the first odd lines, the likeliest text wins. */
export function guessLegacy(bytes: Uint8Array): LegacyGuess {
  const sample = sampleOf(bytes);
  const guesses = tryCandidates(sample);
  const best = guesses.reduce((a, b) => (b.score > a.score ? b : a));
  const odd = sample.reduce((count, byte) => (byte < 0x80 ? count : count + 1), 0);
  if (best.score < odd * LEAST_LIKELY) return { encoding: 'windows-1252', sure: false };
  const next = Math.max(...guesses.filter(({ text }) => text !== best.text).map(({ score }) => score));
  return { encoding: best.encoding, sure: best.score - next >= SURE_MARGIN };
}

/** The encodings in which such bytes are possible, as WHATWG labels, the likeliest first. */
export function rankLegacy(bytes: Uint8Array): readonly string[] {
  const possible = tryCandidates(sampleOf(bytes)).filter(({ score }) => score > Number.NEGATIVE_INFINITY);
  return possible.toSorted((a, b) => b.score - a.score).map(({ encoding }) => encoding);
}

function tryCandidates(sample: Uint8Array): readonly { readonly encoding: string; readonly text: string; readonly score: number }[] {
  const hints = hintScores(sample);
  return CANDIDATES.map(({ encoding, languages, prior }) => {
    const text = decodeBytes(sample, encoding);
    if (!isPossible(text, encoding)) return { encoding, text, score: Number.NEGATIVE_INFINITY };
    const score = Math.max(
      ...languages.map((id) => scoreText(text, languageOf(id)) + scoreWords(text, languageOf(id)) + (hints.get(id) ?? 0)),
    );
    return { encoding, text, score: score + scoreEchoes(text) + prior };
  });
}

const BY_ID: ReadonlyMap<string, Language> = new Map(LANGUAGES.map((language) => [language.id, language]));

function languageOf(id: LanguageId): Language {
  const language = BY_ID.get(id);
  if (!language) throw new Error(`no language ${id}`);
  return language;
}

/** Text that is enough to judge by. */
const SAMPLE_BYTES = 8 * 1024;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The first line, and the lines with bytes beyond ASCII up to `SAMPLE_BYTES`; no encoding here has a line end inside a character. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(SAMPLE_BYTES);
  let size = 0;
  let start = 0;
  let isOdd = true; // the first line may be the header
  for (let at = 0; at <= bytes.length && size < SAMPLE_BYTES; at++) {
    const byte = bytes[at] ?? LINE_FEED;
    if (byte >= 0x80) isOdd = true;
    else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
      if (isOdd && at > start) {
        const line = bytes.subarray(start, Math.min(at, start + SAMPLE_BYTES - size - 1));
        sample.set(line, size);
        size += line.length;
        sample[size++] = LINE_FEED;
      }
      start = at + 1;
      isOdd = false;
    }
  }
  return sample.subarray(0, size);
}

/** A file may have a cell cut inside a character now and then; with more slips the encoding is not the file's. */
const CHARACTERS_PER_SLIP = 1_000;
/** Of the characters of a script that has thousands, at least this share are common ones. */
const MIN_COMMON_SHARE = 0.2;
const WIDE_LANGUAGES: ReadonlyMap<string, LanguageId> = new Map([
  ['shift_jis', 'ja'],
  ['euc-jp', 'ja'],
  ['gbk', 'zh-Hans'],
  ['big5', 'zh-Hant'],
  ['euc-kr', 'ko'],
]);

/** Windows-1252 fits any bytes; of the others, no file has a byte that stands for nothing. */
function isPossible(text: string, encoding: string): boolean {
  if (encoding === 'windows-1252') return true;
  const wide = WIDE_LANGUAGES.get(encoding);
  if (wide === undefined) return !/[\ufffd\u0080-\u009f]/.test(text);
  const slips = text.match(/\ufffd/g)?.length ?? 0;
  if (slips > 1 + text.length / CHARACTERS_PER_SLIP) return false;
  const letters = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/g) ?? [];
  const { common, rare } = languageOf(wide);
  return letters.filter((letter) => common.includes(letter) || rare.includes(letter)).length >= letters.length * MIN_COMMON_SHARE;
}

const HINT_SCORE = 1.5;
const MAX_HINTS = 4;

/** What header words, country domains and calling codes in plain ASCII say about the language. */
function hintScores(sample: Uint8Array): ReadonlyMap<LanguageId, number> {
  const ascii = String.fromCharCode(...sample.map((byte) => (byte < 0x80 ? byte : 0x7f))).toLowerCase();
  const words = new Map<string, number>();
  for (const word of ascii.match(/\.[a-z]{2}(?![a-z.\x7f])|\+\d{2}|[a-z][a-z.]*/g) ?? []) words.set(word, (words.get(word) ?? 0) + 1);
  const scores = new Map<LanguageId, number>();
  for (const { id, hints } of LANGUAGES) {
    const seen = hints.split(' ').reduce((count, hint) => count + Math.min(2, words.get(hint) ?? 0), 0);
    scores.set(id, HINT_SCORE * Math.min(MAX_HINTS, seen));
  }
  return scores;
}
