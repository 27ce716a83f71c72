import type { ProblemCode } from '../problems.ts';
import { suggestDomain } from './email-domain.ts';
import { isNullWord, trimText } from './text.ts';

export type EmailWarning = Extract<ProblemCode, 'email_doubtful' | 'email_typo' | 'email_role'>;
/** An address as it is stored, with what is worth a look. `suggestion`: the likely right address. */
export type GoodEmail = { readonly email: string; readonly warnings: readonly EmailWarning[]; readonly suggestion?: string };
export type BadEmail = { readonly code: 'email_no_at' | 'email_no_dot'; readonly text: string; readonly suggestion?: string };
/** The addresses of one cell in their order, without repeats. Both lists are empty for a blank cell. */
export type EmailCell = { readonly good: readonly GoodEmail[]; readonly bad: readonly BadEmail[] };

const NOTHING: readonly never[] = [];
const BLANK_CELL: EmailCell = { good: NOTHING, bad: NOTHING };
/** RFC 5321, 4.5.3.1: a path of 256 with its brackets, a local part of 64. */
const MAX_ADDRESS = 254;
const MAX_LOCAL = 64;
/** Longer cells are no list of addresses and are not taken apart. */
const MAX_EMAIL_CELL = 2_000;

/** The usual address: HTML's pattern for `input type=email` with whole labels and a name of letters at the end. */
const PLAIN = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z]{1,63}$/;
/** The same for addresses with letters of any script (RFC 6531), part by part. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,62}$/u;

const ROLES = new Set(
  (
    'abuse admin administrator accounting accounts all billing bookings career careers contact customerservice enquiries enquiry feedback ' +
    'finance hello help helpdesk hostmaster hr info information inquiries inquiry invoices it jobs kontakt mail mailer-daemon marketing ' +
    'media newsletter no-reply noc noreply office orders postmaster press pr privacy reception recruiting root sales security service ' +
    'shop spam staff subscribe support team tech unsubscribe vertrieb verkauf webmaster'
  ).split(' '),
);

/**
 * Reads a cell that may hold several addresses, `Name <a@b.co>`, or a `mailto:` link. An address is trimmed, in lower
 * case, and has an @ and a dot (the hard rule); everything else that looks wrong is a warning.
 */
export function readEmailCell(text: string): EmailCell {
  const address = trimText(WIDE.test(text) ? text.normalize('NFKC') : text).toLowerCase();
  if (PLAIN.test(address)) return { good: [judge(address)], bad: NOTHING };
  if (address === '' || isNullWord(address)) return BLANK_CELL;
  const parts = address.length > MAX_EMAIL_CELL ? [address] : unwrapAll(address, 0);
  const good: GoodEmail[] = [];
  const bad: BadEmail[] = [];
  const seen = new Set<string>();
  for (const part of parts) {
    if (!part.includes('@')) bad.push({ code: 'email_no_at', text: part, ...suggestAt(part) });
    else if (!part.includes('.')) bad.push({ code: 'email_no_dot', text: part });
    else if (!seen.has(part)) good.push(judge(part));
    seen.add(part);
  }
  return { good, bad };
}

/** Parts and unwraps until nothing changes, so that reading an address that was read gives the same. */
function unwrapAll(text: string, depth: number): readonly string[] {
  const parts = splitEmailCell(text).map(withoutWrapping);
  if (depth === MAX_DEPTH || (parts.length === 1 && parts[0] === text)) return parts;
  return parts.flatMap((part) => unwrapAll(part, depth + 1));
}

/** Each step takes something off; nobody wraps an address more often. */
const MAX_DEPTH = 8;

/** The usual cell in one step: an address nothing is to be said about, in lower case; '' for any other cell. */
export function readPlainEmail(text: string): string {
  if (text.length > MAX_LOCAL) return '';
  const trimmed = trimText(text);
  const isLower = PLAIN.test(trimmed);
  const email = isLower ? trimmed : trimmed.toLowerCase();
  if (!isLower && !PLAIN.test(email)) return '';
  const at = email.indexOf('@');
  if (suggestDomain(email, at + 1) !== null) return '';
  return at <= LONGEST_ROLE && ROLES.has(email.slice(0, at)) ? '' : email;
}

const LONGEST_ROLE = 15;
/** Full-width letters and signs, as Japanese keyboards write them. */
const WIDE = /[\uff01-\uff5e]/;
/** What stands beside one of several addresses and is none of them. */
const BESIDE = /^(?:or|and|und|oder|et|ou|y|o|[&·+-]|[([]?(?:work|home|personal|private|office|business|primary|main|other)[)\]]?)$/;

/** Parts a cell into addresses. What has no @ stands alone only where no address explains it. */
function splitEmailCell(address: string): readonly string[] {
  const inBrackets = [...address.matchAll(/<([^<>@]{1,128}@[^<>@]{1,255})>/g)].map((match) => match[1] ?? '');
  if (inBrackets.length > 0) return inBrackets;
  const isSeveral = address.indexOf('@') !== address.lastIndexOf('@');
  const parts = address.split(isSeveral ? /[\s;,、|]+|:::|\/(?=[^/]*@)/ : /[;,、|\r\n]|:::/).map(trimText);
  const filled = parts.filter((part) => part !== '' && !isNullWord(part) && !BESIDE.test(part));
  const addresses = filled.filter((part) => part.includes('@'));
  if (addresses.length === 0) return [address];
  return isSeveral || filled.length === addresses.length ? filled : [address];
}

/** Takes off `mailto:` with its query, a label such as "Work: ", quotes and brackets around an address, a leading apostrophe, a comma left over. */
function withoutWrapping(part: string): string {
  let result = part;
  for (let before = ''; before !== result; ) {
    before = result;
    if (result.startsWith('mailto:')) result = result.slice(7).replace(/\?.*$/, '');
    result = result.replace(/^[\p{L}-]{1,12}:\s*(?=[^\s@/]{1,64}@)/u, '');
    const pair = WRAPPINGS.find((both) => result.length > 2 && result.startsWith(both.charAt(0)) && result.endsWith(both.charAt(1)));
    if (pair) result = result.slice(1, -1);
    result = trimText(result.replace(/^['<]|[,;>]$/g, ''));
  }
  return result;
}

const WRAPPINGS = ['""', "''", '<>', '()', '[]', '“”'];

function judge(email: string): GoodEmail {
  if (isSoundEmail(email)) return judgeSound(email);
  const warnings = ['email_doubtful'] as const;
  const suggestion = repair(email);
  return suggestion === null ? { email, warnings } : { email, warnings, suggestion };
}

/** The address that is likely meant: the sound one among other words, else all of it without blanks and dots too many. */
function repair(email: string): string | null {
  if (email.length > MAX_EMAIL_CELL) return null;
  const inside = email.split(/[\s()[\]<>"]+/).filter((part) => part.includes('@') && isSoundEmail(part));
  const [only] = inside;
  // One word before it may be its beginning: "ann lee@example.com".
  const mayBeginBefore = only !== undefined && email.endsWith(only) && /^\S+\s+\S+$/.test(email);
  if (only !== undefined && inside.length === 1 && !mayBeginBefore) return only;
  const closed = email
    .replace(/\s+/g, '')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$|\.(?=@)|(?<=@)\./g, '');
  return closed !== email && isSoundEmail(closed) ? closed : null;
}

function judgeSound(email: string): GoodEmail {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  const domain = suggestDomain(email, at + 1);
  const isRole = ROLES.has(local);
  if (domain === null) return { email, warnings: isRole ? ['email_role'] : NOTHING };
  return { email, warnings: isRole ? ['email_typo', 'email_role'] : ['email_typo'], suggestion: `${local}@${domain}` };
}

/** Says whether an address is the usual one: lower case, ASCII, nothing around it. A few sound ones are not. */
export function isPlainEmail(email: string): boolean {
  return PLAIN.test(email);
}

/** Says whether an address in lower case has nothing doubtful about its spelling. */
export function isSoundEmail(email: string): boolean {
  if (email.length > MAX_ADDRESS) return false;
  const at = email.lastIndexOf('@');
  if (at > MAX_LOCAL) return false;
  if (PLAIN.test(email))
    return (
      email.length - at < 64 ||
      email
        .slice(at + 1)
        .split('.')
        .every((label) => label.length < 64)
    );
  const labels = email.slice(at + 1).split('.');
  const last = labels.at(-1) ?? '';
  if (at < 1 || labels.length < 2 || /^\d+$/.test(last)) return false;
  return LOCAL_PART.test(email.slice(0, at)) && labels.every((label) => LABEL.test(label) && !label.endsWith('-'));
}

/** "ann at example.com" is how people hide an address from robots. */
function suggestAt(text: string): { readonly suggestion?: string } {
  if (text.length > MAX_LOCAL) return {};
  const suggestion = text.replace(/\s*[([]?\s?\bat\b\s?[)\]]?\s*/, '@').replace(/\s*[([]\s?dot\s?[)\]]\s*/g, '.');
  return suggestion !== text && isSoundEmail(suggestion) ? { suggestion } : {};
}
