import { trimText } from '../lead/text.ts';
import { cutPhrases } from '../mapping/cut-phrases.ts';
import { foldLetters, normaliseHeader } from '../mapping/normalise-header.ts';
import { looksLikeDate } from '../mapping/value-shapes.ts';
import { vocabularyIndex } from '../mapping/vocabulary-index.ts';
import {
  NO_WORDS,
  OPT_IN_WORDS,
  OPT_OUT_WORDS,
  type OptOutKind,
  OTHER_WORDS,
  STATUS_WORDS,
  WAY_WORDS,
  YES_WORDS,
} from './opt-out-words.data.ts';

export const BOTH_KINDS: readonly OptOutKind[] = ['email', 'phone'];

/**
 * What a header says.
 * - `yes`: an opt-out; a yes shuts out `kinds`, and so does the date since when.
 * - `words`: a status; "Unsubscribed" shuts out what the words themselves say.
 * - `no`: an opt-in; an explicit no shuts out. In many files it means "not asked yet": it counts only where somebody says so.
 */
export type OptOutHeader = { readonly says: 'yes' | 'words' | 'no'; readonly kinds: readonly OptOutKind[] };

/** What a header says of opt-outs, in any of the languages headers are understood in; null where it is about something else. */
export function readOptOutHeader(header: string): OptOutHeader | null {
  const normal = normaliseHeader(header);
  const { out: outWords, optIn, status, other } = lexicon();
  const out = outWords.find(({ words }) => hasWords(normal, words));
  const rest = out ? ` ${normal} `.replace(out.words, ' ') : normal;
  if (hasAny(rest, other)) return null;
  if (out && !hasAny(rest, CONTRARY)) return { says: 'yes', kinds: narrowed(out.kinds, rest) };
  if (out || hasAny(normal, status)) return { says: 'words', kinds: BOTH_KINDS };
  return hasAny(normal, optIn) ? { says: 'no', kinds: narrowed(BOTH_KINDS, rest) } : null;
}

/** The ways a header names beside the opt-out ("Email opt out"), in any language; else what the words say by themselves. */
function narrowed(kinds: readonly OptOutKind[], rest: string): readonly OptOutKind[] {
  const words = rest.trim();
  const { ways } = lexicon();
  const index = vocabularyIndex(words);
  const meanings = cutPhrases(words.split(' '), index).flatMap((piece) => (piece.kind === 'phrase' ? piece.meanings : []));
  const named = BOTH_KINDS.filter(
    (kind) => hasAny(words, ways[kind]) || meanings.some(({ concepts, weak }) => concepts.has(kind) || weak.has(kind)),
  );
  return named.length === 0 ? kinds : named;
}

/** What a cell under such a header shuts out; nothing where it says nothing of the kind. */
export function readOptOutCell({ says, kinds }: OptOutHeader, cell: string | undefined): readonly OptOutKind[] {
  if (cell === undefined || cell === '' || cell.length > LONGEST_CELL) return NONE;
  const text = folded(cell);
  const { yes, no } = lexicon();
  if (says === 'yes') return yes.has(text) || isDay(text) || kindsOfWords(text) ? kinds : NONE;
  if (says === 'no' && no.has(text)) return kinds;
  return kindsOfWords(text) ?? NONE;
}

function folded(cell: string): string {
  return foldLetters(trimText(cell).normalize('NFKC'));
}

/** What the words of a cell say; undefined where it says something else, or more. */
function kindsOfWords(text: string): readonly OptOutKind[] | undefined {
  return text.length < SHORTEST_WORDS ? undefined : lexicon().kindsOfWords.get(normaliseHeader(text));
}

/** A day since when. What stands for "never" in databases is none: year 0, 1 and 1900, and the first of 1970. */
function isDay(text: string): boolean {
  return (looksLikeDate(text) && SINCE_1971.test(text)) || UNIX_TIME.test(text);
}
const SINCE_1971 = /(?:^|\D)(?:197[1-9]|19[89]\d|20\d\d)|^\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)/;
const UNIX_TIME = /^1\d{9}(?:\d{3})?$/;

function hasAny(normal: string, list: readonly string[]): boolean {
  return list.some((words) => hasWords(normal, words));
}

/** Whole words; Chinese, Japanese and Korean has no blanks between them. */
function hasWords(normal: string, words: string): boolean {
  return EAST_ASIAN.test(words) ? normal.includes(words) : ` ${normal} `.includes(` ${words} `);
}
const EAST_ASIAN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** No cell that says so is longer. */
const LONGEST_CELL = 60;
const SHORTEST_WORDS = 2;
const NONE: readonly OptOutKind[] = [];

/** Beside an opt-out: the header names both sides, and only the words of a cell say which. */
const CONTRARY = ['opt in', 'optin', 'opted in', 'subscribed'];

let made: ReturnType<typeof makeLexicon> | null = null;

/** The words as they are looked up, made on first use. */
function lexicon(): ReturnType<typeof makeLexicon> {
  made ??= makeLexicon();
  return made;
}

function makeLexicon() {
  const out = OPT_OUT_WORDS.flatMap(({ kinds, words }) => words.map((one) => ({ kinds, words: normaliseHeader(one) })));
  return {
    /** The longest first: "unsubscribed from all" is more than "unsubscribed". */
    out: out.sort((a, b) => b.words.length - a.words.length),
    kindsOfWords: new Map(out.map(({ kinds, words }) => [words, kinds])),
    optIn: OPT_IN_WORDS.map(normaliseHeader),
    status: STATUS_WORDS.map(normaliseHeader),
    other: OTHER_WORDS.map(normaliseHeader),
    ways: { email: WAY_WORDS.email.map(normaliseHeader), phone: WAY_WORDS.phone.map(normaliseHeader) },
    yes: new Set(YES_WORDS.map(folded)),
    no: new Set(NO_WORDS.map(folded)),
  };
}
