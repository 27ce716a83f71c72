import type { LinkFailure, LinkRefusal } from '../flow/link-flow.ts';
import { size, span } from './numbers.ts';

/** What mends it: the same again, the page in a tab of its own, a file from the disk, or another link. */
export type LinkMend = 'again' | 'openPage' | 'chooseFile' | 'otherLink';
export type LinkTrouble = { readonly fact: string; readonly advice: string; readonly mends: readonly LinkMend[] };

/** Why a link is not even tried. */
export const REFUSALS = {
  script: {
    fact: 'This link runs a script on its page.',
    advice: 'There is no file behind it. Click it on its page, and choose the file it saves.',
    mends: ['chooseFile', 'otherLink'],
  },
  data: {
    fact: 'This link holds the file in itself.',
    advice: 'Click it on its page to save the file, then choose it here.',
    mends: ['chooseFile', 'otherLink'],
  },
  local_file: {
    fact: 'This link leads to a file on your own computer.',
    advice: 'The browser lets no extension follow it. Choose the file here instead.',
    mends: ['chooseFile', 'otherLink'],
  },
  extension: {
    fact: 'This link leads to a page of the browser or of another extension.',
    advice: 'These are closed to Leadline. Save the file there, and choose it here.',
    mends: ['chooseFile', 'otherLink'],
  },
  blob: {
    fact: 'This file exists in its page only.',
    advice: 'Click the link there to save it, then choose it here.',
    mends: ['chooseFile', 'otherLink'],
  },
  mail: { fact: 'This link writes a mail or makes a call.', advice: 'There is no file behind it.', mends: ['otherLink'] },
  other_scheme: {
    fact: 'Leadline follows web links only.',
    advice: 'A link has to begin with https:// or http://. Download this one another way, and choose the file here.',
    mends: ['chooseFile', 'otherLink'],
  },
  password_in_link: {
    fact: 'This link has a password in it.',
    advice: 'Browsers send none from a link. Open the site, sign in there, and take the link without the password.',
    mends: ['otherLink'],
  },
  not_a_link: {
    fact: 'This is not a link.',
    advice: 'It looks like https://files.example.com/leads.csv. Copy it with “Copy link address”.',
    mends: ['otherLink'],
  },
} as const satisfies Record<LinkRefusal, LinkTrouble>;

/** Why a link gave no file, and what mends it. `host` is the site that was asked. */
export function linkTrouble(failure: LinkFailure, host: string): LinkTrouble {
  switch (failure.kind) {
    case 'unreachable':
      return {
        fact: `Leadline can’t reach ${host}.`,
        advice:
          'You may be offline, the address may be wrong, or the site led on to another one. If the link works in a tab, save the file there.',
        mends: ['again', 'openPage'],
      };
    case 'timeout':
      return {
        fact: `${host} has sent nothing for ${span(failure.waitedMs / 1_000)}.`,
        advice: 'The download was stopped, and nothing of it was kept.',
        mends: ['again', 'openPage'],
      };
    case 'not_found':
      return {
        fact: `${host} has no such file (any more).`,
        advice: 'It was moved or deleted, or the link is shortened. Open the page, and copy the link anew.',
        mends: ['openPage', 'otherLink'],
      };
    case 'sign_in':
      return {
        fact: `${host} wants you to sign in.`,
        advice:
          'Open the page and sign in there, then try again: Leadline uses the sign-in of this browser. If you are signed in, the link may have expired.',
        mends: ['openPage', 'again'],
      };
    case 'web_page':
      return {
        fact: 'This link leads to a web page, not to a file.',
        advice: 'Open the page, look for its download button, and use the right mouse button on that.',
        mends: ['openPage', 'otherLink'],
      };
    case 'site_failed':
      return {
        fact: `${host} answered with error ${failure.status}.`,
        advice: failure.status === 429 ? 'It asks to wait a little.' : 'That is a trouble of the site. It may be over in a minute.',
        mends: ['again', 'openPage'],
      };
    case 'too_large':
      return {
        fact:
          failure.bytes === null
            ? `This file is larger than ${size(failure.limit)}, which is the limit.`
            : `This file has ${size(failure.bytes)}; the limit is ${size(failure.limit)}.`,
        advice: 'The download was stopped. Save it, split it into smaller files, and choose them one after another.',
        mends: ['openPage', 'chooseFile'],
      };
    case 'other_site':
    case 'cancelled':
      return { fact: 'The download was stopped.', advice: 'Nothing of it was kept.', mends: ['again'] };
  }
}
