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
 * The well-known domain a domain (lower case) is one edit away from: a letter too many, one missing, one wrong, or two
 * neighbours swapped. Null when it is well-known itself or far from all of them.
 */
export function suggestDomain(domain: string): string | null {
  if (domain.length < 8 || domain.length > 15) return null;
  for (const known of WELL_KNOWN) {
    if (known === domain) return null;
  }
  for (const known of WELL_KNOWN) {
    if (isOneEditAway(domain, known)) return REAL_NEIGHBOURS.includes(domain) ? null : known;
  }
  return null;
}

function isOneEditAway(a: string, b: string): boolean {
  const difference = a.length - b.length;
  if (difference > 1 || difference < -1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let endA = a.length - 1;
  let endB = b.length - 1;
  while (endA >= start && endB >= start && a.charCodeAt(endA) === b.charCodeAt(endB)) {
    endA--;
    endB--;
  }
  const leftA = endA - start + 1;
  const leftB = endB - start + 1;
  if (leftA <= 1 && leftB <= 1) return true;
  return leftA === 2 && leftB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
