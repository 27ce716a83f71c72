import { isNullWord, trimText } from './text.ts';

export type LinkedinReading =
  /** `url` is the one spelling of a person's profile. */
  | { readonly kind: 'profile'; readonly url: string }
  | { readonly kind: 'blank' }
  /** A page of LinkedIn that is not a person's public profile: a company, a school, a Sales Navigator link. */
  | { readonly kind: 'company' }
  | { readonly kind: 'invalid' };

const BLANK = { kind: 'blank' } as const;
const COMPANY = { kind: 'company' } as const;
const INVALID = { kind: 'invalid' } as const;
const HOME = 'https://www.linkedin.com/';
const PROFILES = 'https://www.linkedin.com/in/';
/** A plain profile link in the spelling that is stored. */
const STORED = /^https:\/\/www\.linkedin\.com\/in\/[\w-]{1,200}$/;
/** The spellings nearly every file has. */
const USUAL = /^(?:https?:\/\/)?(?:www\.)?linkedin\.com\/in\/[\w-]{1,200}\/?$/;
const MAX_LINK = 2_000;
/** The longest name in a link: 100 letters, each written as up to three %-codes of a byte. */
const MAX_NAME = 900;

/** Host (any country's or device's), then the kind of page, then the rest of the path without query and fragment. */
const LINK = /^(?:https?:\/\/)?(?:[a-z0-9-]{1,20}\.)?linkedin\.com\/(?:mwlite\/)?([a-z-]{1,30})(?:\/([^?#]*))?/i;
const NO_PERSON = /^(?:company|company-beta|school|showcase|groups|jobs|sales|talent|recruiter|edu|pulse|posts|feed|events|learning)$/i;

/** Reads a link to a person's LinkedIn profile and gives its one spelling, `https://www.linkedin.com/in/<name>`. */
export function readLinkedin(text: string): LinkedinReading {
  const link = trimText(text);
  if (link.length > MAX_LINK) return INVALID;
  if (STORED.test(link)) return { kind: 'profile', url: link };
  if (USUAL.test(link))
    return { kind: 'profile', url: `${PROFILES}${link.slice(link.indexOf('/in/') + 4, link.endsWith('/') ? -1 : undefined)}` };
  if (link === '' || isNullWord(link)) return BLANK;
  const found = LINK.exec(link);
  if (!found) return INVALID;
  const page = found[1] ?? '';
  const path = found[2] ?? '';
  if (NO_PERSON.test(page)) return COMPANY;
  const isOld = /^pub$/i.test(page);
  if (!isOld && !/^in$/i.test(page)) return INVALID;
  // A name may be followed by a language or a tab of the page; the old form's numbers belong to the name.
  const slash = path.indexOf('/');
  const name = isOld ? withoutSlash(path) : slash < 0 ? path : path.slice(0, slash);
  if (name === '' || name.length > MAX_NAME || /[\s<>"]/.test(name)) return INVALID;
  return { kind: 'profile', url: `${HOME}${isOld ? 'pub' : 'in'}/${name}` };
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

/** A profile link for comparing: its one spelling without case and with one spelling of accents. Null for anything else. */
export function linkedinKey(text: string): string | null {
  if (STORED.test(text)) return text.toLowerCase();
  const reading = readLinkedin(text);
  return reading.kind === 'profile' ? decodePath(reading.url).normalize('NFC').toLowerCase() : null;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a stray % is part of the name as far as anybody can tell
  }
}
