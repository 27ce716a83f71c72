import { readEmailCell } from './email.ts';
import { readPhone } from './phone.ts';
import { domainForm, emailForms, phoneForm } from './suppression-forms.ts';
import { trimText } from './text.ts';

/** What the suppression list holds. */
export type SuppressionKind = 'email' | 'domain' | 'phone';

/** A host name with a dot, in lower case; letters of any script. */
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,63}$/u;

/**
 * A value of the suppression list in the form it is compared in (`suppression-forms.ts`): an address, a domain without @,
 * scheme, www or path, a number as E.164; of a domain in another script the `xn--` form. Null for what is none.
 */
export function cleanSuppressed(kind: SuppressionKind, value: string, defaultCountry: string): string | null {
  return CLEAN[kind](trimText(value), defaultCountry);
}

/** What a value is meant to be: something before an @ is an address, digits without a letter are a number, the rest is a domain. */
export function guessKind(value: string): SuppressionKind {
  const text = trimText(value);
  if (text.indexOf('@') > 0) return 'email';
  return /\d/.test(text) && !/\p{L}/u.test(text) ? 'phone' : 'domain';
}

const CLEAN: { readonly [K in SuppressionKind]: (value: string, defaultCountry: string) => string | null } = {
  email: (value) => {
    const { good, bad } = readEmailCell(value);
    const [only] = good;
    return only && good.length === 1 && bad.length === 0 ? (emailForms(only.email)[0] ?? null) : null;
  },
  domain: (value) => {
    const domain = domainForm(value.toLowerCase());
    return DOMAIN.test(domain) ? domain : null;
  },
  phone: (value, defaultCountry) => {
    const reading = readPhone(value, { defaultCountry });
    return reading.kind === 'ok' ? phoneForm(reading.e164) : null;
  },
};
