/** Well-known mailbox providers whose names are long enough that one edit away is a slip of a finger. */
const WELL_KNOWN: readonly string[] = [
  'gmail.com',
  'yahoo.com',
  'hotmail.com',
  'outlook.com',
  'icloud.com',
  'googlemail.com',
  'protonmail.com',
  'comcast.net',
  'verizon.net',
  'btinternet.com',
  'yahoo.co.uk',
  'hotmail.co.uk',
  't-online.de',
  'wanadoo.fr',
];
/** Domains people really have that are one edit from one of those. */
const REAL_NEIGHBOURS: readonly string[] = [
  'mail.com',
  'email.com',
  'ymail.com',
  'gmail.co',
  'yahoo.co',
  'gail.com',
  'fmail.com',
  'zmail.com',
];

/**
 * The well-known domain that the domain of an address (lower case; it begins at `start`) is one edit away from: a letter
 * too many, one missing, one wrong, or two neighbours swapped. Null when it is well-known itself or far from all of them.
 */
export function suggestDomain(email: string, start = 0): string | null {
  const length = email.length - start;
  if (length < 8 || length > 15) return null;
  let near: string | null = null;
  for (const known of WELL_KNOWN) {
    const edits = countEdits(email, start, known);
    if (edits === 0) return null;
    if (edits === 1) near ??= known;
  }
  return near === null || REAL_NEIGHBOURS.includes(email.slice(start)) ? null : near;
}

/** 0, 1, or 2 for more: edits between a text from `start` on and another. */
function countEdits(text: string, start: number, known: string): 0 | 1 | 2 {
  const difference = text.length - start - known.length;
  if (difference > 1 || difference < -1) return 2;
  let same = 0;
  while (same < known.length && text.charCodeAt(start + same) === known.charCodeAt(same)) same++;
  let end = text.length - 1;
  let knownEnd = known.length - 1;
  while (end >= start + same && knownEnd >= same && text.charCodeAt(end) === known.charCodeAt(knownEnd)) {
    end--;
    knownEnd--;
  }
  const left = end - start - same + 1;
  const knownLeft = knownEnd - same + 1;
  if (left <= 1 && knownLeft <= 1) return left === 0 && knownLeft === 0 ? 0 : 1;
  const isSwap = left === 2 && knownLeft === 2 && text[end] === known[same] && text[end - 1] === known[knownEnd];
  return isSwap ? 1 : 2;
}
