import { trimText } from './text.ts';

const NONE: readonly string[] = [];

/** Tags of a text or a list: parted at `;`, `,`, `|` and line breaks, blanks off, each once whatever its case (the first spelling stays). */
export function readTags(input: string | readonly string[]): readonly string[] {
  if (input.length === 0) return NONE;
  const texts = typeof input === 'string' ? [input] : input;
  const tags: string[] = [];
  const seen = new Set<string>();
  for (const text of texts) {
    for (const part of text.split(/[;,|\r\n]/)) {
      const tag = trimText(part);
      const folded = tag.toLowerCase();
      if (tag === '' || seen.has(folded)) continue;
      seen.add(folded);
      tags.push(tag);
    }
  }
  return tags.length === 0 ? NONE : tags;
}
