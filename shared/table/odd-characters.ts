/** Text without NULs. `nulOffsets`: where in the new text they stood, ascending. */
export type NulFreeText = { readonly text: string; readonly nulOffsets: readonly number[] };

/** Takes NUL characters out: no cell may hold one, and a quote behind one opens its cell as if it were not there. */
export function takeOutNuls(text: string): NulFreeText {
  if (!text.includes('\0')) return { text, nulOffsets: [] };
  const parts: string[] = [];
  const nulOffsets: number[] = [];
  let length = 0;
  let from = 0;
  for (let nul = text.indexOf('\0'); nul >= 0; nul = text.indexOf('\0', from)) {
    if (nul > from) parts.push(text.slice(from, nul));
    length += nul - from;
    if (nulOffsets.at(-1) !== length) nulOffsets.push(length);
    from = nul + 1;
  }
  parts.push(text.slice(from));
  return { text: parts.join(''), nulOffsets };
}

/** Which stretches hold one of the offsets before `end`: indexes into `starts`, each once. All lists are ascending. */
export function stretchesAt(starts: readonly number[], offsets: readonly number[], end: number): number[] {
  const found: number[] = [];
  let stretch = 0;
  for (const offset of offsets) {
    if (offset >= end) break;
    while (stretch + 1 < starts.length && (starts[stretch + 1] ?? 0) <= offset) stretch++;
    if (found.at(-1) !== stretch) found.push(stretch);
  }
  return found;
}

/** Below this a text is too short to judge. */
const MIN_SAMPLE = 64;
const MAX_SAMPLE = 4096;
/** Control characters other than NUL, blanks and line ends. No list of people has one in ten. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]/g;

/** Says whether a decoded text is no text at all, by its control characters. */
export function looksBinary(text: string): boolean {
  const sample = text.slice(0, MAX_SAMPLE);
  return sample.length >= MIN_SAMPLE && (sample.match(CONTROLS)?.length ?? 0) > sample.length / 10;
}
