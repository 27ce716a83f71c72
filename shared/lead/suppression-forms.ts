import { isPlainEmail } from './email.ts';
import { callingCodeAt, isValidPhone } from './phone.ts';

/**
 * The spellings under which an address is looked for on the suppression list, the likeliest first, its own last. A slip of the keyboard
 * must not let an opt-out through: compatibility forms (NFKC) and case are one, blanks, invisible and control characters,
 * stray dots and punctuation around are none, and a domain is written as DNS has it (IDNA, `xn--…`). An address with words
 * beside it is looked for with and without them. For comparing only: what a lead holds stays as it is.
 */
export function emailForms(email: string): readonly string[] {
  if (isPlainEmail(email) && !email.startsWith("'")) return [email];
  const visible = withoutInvisible(email);
  const found = [visible.replace(/\s+/g, ''), visible].flatMap((text) => text.match(ADDRESS) ?? []);
  return [...new Set([...found.flatMap(toForm), email])];
}

/** A domain for comparing, in lower case and as DNS has it; scheme, @, `*.`, `www.`, path and stray dots are taken off. */
export function domainForm(domain: string): string {
  if (PLAIN_DOMAIN.test(domain) && !domain.startsWith('www.')) return domain;
  const host = hostOf(
    withoutInvisible(domain)
      .replace(/\s+/g, '')
      .replace(/^[a-z]+:\/\//, ''),
  );
  return host.replace(/^www\.(?=.*\.)/, '');
}

/** A number for comparing: the 0 of "+1(0)202…", which no number of that country begins with, is none of its digits. */
export function phoneForm(e164: string): string {
  if (!e164.slice(2, 5).includes('0')) return e164;
  const rest = 1 + callingCodeAt(e164).length;
  if (rest === 1 || e164.charAt(rest) !== '0' || isValidPhone(e164)) return e164;
  return e164.slice(0, rest) + e164.slice(rest).replace(/^0+/, '');
}

const PLAIN_DOMAIN = /^(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z]{2,63}$/;
/** What may be an address among other signs. */
const ADDRESS = /[^\s@<>()[\]",;:]+@[^\s@<>()[\]",;]+/g;

function withoutInvisible(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
    .replace(/(?!\s)\p{Cc}/gu, '')
    .replace(/\u3002/g, '.')
    .toLowerCase();
}

function toForm(address: string): readonly string[] {
  const at = address.lastIndexOf('@');
  const local = address
    .slice(0, at)
    .replace(/^[.'’‘`]+|[.'’‘`]+$/g, '')
    .replace(/\.{2,}/g, '.');
  const domain = hostOf(address.slice(at + 1));
  return local === '' || domain === '' ? [] : [`${local}@${domain}`];
}

/** A host name without what stands around it. */
function hostOf(domain: string): string {
  const name = domain.replace(/[/?#:].*$/, '').replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '');
  return toAscii(name.replace(/\.{2,}/g, '.'));
}

/** A host name in ASCII by the rules of WHATWG URLs (UTS #46), which browsers and Node share. */
function toAscii(host: string): string {
  if (!/\P{ASCII}/u.test(host)) return host;
  const address = `http://${host}`;
  return URL.canParse(address) ? new URL(address).hostname : host;
}
