import type { SheetAddressError } from '#shared/table/sheet-address.ts';
import type { SheetTroubleOrGoogle } from '../flow/sheet-flow.ts';
import { count, size } from './numbers.ts';

/**
 * What mends it: the same again, the person's sign-in, another account, the sheet in a tab, its tabs, a part of one, another link or
 * token, the CSV of it, a file from the disk, or the options page.
 */
export type SheetMend =
  | 'again'
  | 'signIn'
  | 'otherAccount'
  | 'openSheet'
  | 'tabs'
  | 'range'
  | 'otherSheet'
  | 'otherToken'
  | 'csvLink'
  | 'chooseFile'
  | 'options';
export type SheetWords = {
  readonly fact: string;
  readonly advice: string;
  readonly mends: readonly SheetMend[];
  /** The ways that need no sign-in are offered below. */
  readonly offersOtherWays?: true;
};

/** Why what was typed leads to no sheet. */
export const ADDRESS_REFUSALS = {
  not_an_address: 'This is no link and no ID. Copy the address of the sheet from the top of its window.',
  other_site: 'This link is not to Google Sheets. For a file behind a link, use “Link” on the first screen.',
  no_spreadsheet: 'This page of Google shows no sheet. Open the sheet, and copy its address.',
  other_document: 'This is another kind of Google document. Only sheets can be read.',
  drive_file: 'This is a file in Google Drive. Open it as a Google Sheet and copy that address, or download it.',
  old_link: 'This link is from before 2014. Open it, and copy the address it leads to.',
} as const satisfies Record<SheetAddressError, string>;

type Kind = SheetTroubleOrGoogle['kind'];

const NOTHING_READ = 'Nothing was read.';

const WORDS = {
  noClient: {
    fact: 'Your server has no Google sign-in yet.',
    advice: 'Whoever runs it sets one up once, with a client ID of your own; after that nobody types anything. Until then:',
    mends: ['options'],
    offersOtherWays: true,
  },
  notPaired: {
    fact: 'This browser is not connected to a server.',
    advice: 'The Google sign-in is set up there. Connect this browser, or take another way:',
    mends: ['options'],
    offersOtherWays: true,
  },
  noServer: {
    fact: 'Your server doesn’t answer.',
    advice: 'The Google sign-in is set up there. Start it and try again, or take another way:',
    mends: ['again'],
    offersOtherWays: true,
  },
  denied: {
    fact: 'Google was told not to let Leadline in.',
    advice: `${NOTHING_READ} Leadline asks to see sheets, and can change none.`,
    mends: ['signIn', 'otherAccount'],
    offersOtherWays: true,
  },
  scopeRefused: {
    fact: 'The tick for seeing your spreadsheets was taken away.',
    advice: 'Without it a sheet can’t be read. Sign in again and leave it ticked.',
    mends: ['signIn'],
    offersOtherWays: true,
  },
  closed: {
    fact: 'Google’s window was closed before you were signed in.',
    advice: `${NOTHING_READ} If it showed an error, whoever runs your server has to add this browser’s address to the client: it stands in the options.`,
    mends: ['signIn', 'options'],
    offersOtherWays: true,
  },
  signInNeeded: { fact: 'Google wants you to sign in again.', advice: NOTHING_READ, mends: ['signIn'], offersOtherWays: true },
  wrongAccount: { fact: '', advice: 'Choose that account, or open the sheet with the new one.', mends: ['otherAccount'] },
  expired: {
    fact: 'Your sign-in at Google has run out.',
    advice: 'One lasts about an hour. Sign in again, and the sheet is read from the start.',
    mends: ['signIn'],
  },
  revoked: {
    fact: 'Your sign-in was taken back at Google.',
    advice: 'Somebody removed Leadline from the account, or an administrator did. Sign in to allow it again.',
    mends: ['signIn', 'otherAccount'],
  },
  blocked: {
    fact: 'Signing in to Google is blocked for Leadline.',
    advice: 'This browser or your organisation forbids it. An administrator can allow it. Until then:',
    mends: ['again'],
    offersOtherWays: true,
  },
  forged: {
    fact: 'What came back was not Google’s answer to this sign-in.',
    advice: 'It was thrown away, and nothing was read. Sign in again.',
    mends: ['signIn'],
  },
  clientRefused: {
    fact: 'Google doesn’t accept your server’s client ID.',
    advice: 'The ID, its secret or its redirect address is not as Google has it. Whoever runs the server can mend that. Until then:',
    mends: ['again', 'options'],
    offersOtherWays: true,
  },
  unreachable: { fact: 'Leadline can’t reach Google.', advice: 'You may be offline. What you chose is kept.', mends: ['again'] },
  timedOut: { fact: 'Google hasn’t answered in time.', advice: 'What you chose is kept.', mends: ['again'] },
  signedOut: {
    fact: 'Google doesn’t accept this token.',
    advice: 'A token lasts about an hour. Get a new one, or sign in instead.',
    mends: ['otherToken', 'signIn'],
  },
  scopeMissing: {
    fact: 'This sign-in doesn’t cover reading sheets.',
    advice: 'Sign in again and leave the tick for spreadsheets, or use a token that has it.',
    mends: ['signIn', 'otherToken'],
  },
  noAccess: {
    fact: 'This account can’t open this sheet.',
    advice: 'Ask its owner for access, or sign in with the account that has it.',
    mends: ['otherAccount', 'openSheet'],
  },
  apiDisabled: {
    fact: 'The Sheets API is switched off in your Google project.',
    advice: 'Whoever made the client ID switches it on in Google’s console. Until then:',
    mends: ['again'],
    offersOtherWays: true,
  },
  notFound: {
    fact: 'Google has no such sheet.',
    advice: 'It was deleted, or a part of its link is missing.',
    mends: ['openSheet', 'otherSheet'],
  },
  notASpreadsheet: {
    fact: 'This is an Excel file in Google Drive, not a Google Sheet.',
    advice: 'Download it and choose the file, or open it and save it as a Google Sheet.',
    mends: ['chooseFile', 'openSheet'],
  },
  published: {
    fact: 'This link is to a published page of a sheet.',
    advice: 'It needs no sign-in: Leadline can get it as a CSV file.',
    mends: ['csvLink', 'otherSheet'],
  },
  tabNotFound: { fact: 'The tab of this link is not there.', advice: 'It was renamed or deleted.', mends: ['tabs', 'otherSheet'] },
  tabIsNoGrid: { fact: 'This tab is a chart.', advice: 'A chart has no rows. Choose another tab.', mends: ['tabs', 'otherSheet'] },
  tabEmpty: { fact: 'There is nothing in these cells.', advice: 'Choose another tab or another range.', mends: ['tabs', 'otherSheet'] },
  tooLarge: { fact: 'This tab is too large.', advice: 'Give a range, and import it part by part.', mends: ['range'] },
  quota: {
    fact: 'Google wants a longer break.',
    advice: 'It answers sixty questions a minute for each person. Try again in a minute; what you chose is kept.',
    mends: ['again'],
  },
  keepsChanging: {
    fact: 'This sheet is being edited faster than it can be read.',
    advice: 'No half-read row was kept. Try again in a quiet moment.',
    mends: ['again'],
  },
  googleTrouble: {
    fact: 'Google has a trouble of its own.',
    advice: 'It may be over in a minute. What you chose is kept.',
    mends: ['again'],
  },
  unexpected: {
    fact: 'This answer is not one of Google’s.',
    advice: 'A network that wants you to log in first may have given it. Open the sheet to see.',
    mends: ['again', 'openSheet'],
  },
  cancelled: { fact: 'Reading was stopped.', advice: 'Nothing of it was kept.', mends: ['again'] },
  badRange: { fact: 'This is no range.', advice: 'A range looks like B2:F40 or A:F.', mends: ['tabs', 'otherSheet'] },
} as const satisfies Record<Kind, SheetWords>;

/** Why a sheet is not read, and what mends it. `account`: who is signed in, as far as known; `byToken`: by a token from elsewhere. */
export function sheetWords(failure: SheetTroubleOrGoogle, account: string | null, byToken = false): SheetWords {
  const words: SheetWords = WORDS[failure.kind];
  const fact = byToken && failure.kind === 'noAccess' ? 'The account of this token can’t open this sheet.' : factOf(failure, account);
  const mends = byToken ? mendsOfToken(words.mends) : words.mends;
  return { ...words, ...(fact === null ? {} : { fact }), mends };
}

/** Where a sign-in mends it, so does another token, and that is nearer. */
function mendsOfToken(mends: readonly SheetMend[]): readonly SheetMend[] {
  const isAboutWho = mends.some((mend) => mend === 'signIn' || mend === 'otherAccount' || mend === 'otherToken');
  return isAboutWho ? ['otherToken', ...mends.filter((mend) => mend !== 'otherToken')] : mends;
}

/** The fact alone, of a failure that was noted by its kind; null where that says too little. */
export function sheetFact(kind: string): string | null {
  return Object.entries(WORDS).find(([name]) => name === kind)?.[1].fact || null;
}

/** Facts with a name or a number in them. */
function factOf(failure: SheetTroubleOrGoogle, account: string | null): string | null {
  const data = 'data' in failure ? (failure.data ?? {}) : {};
  const { tab, rows, limit, wanted, got } = Object.fromEntries(Object.entries(data)) as Partial<Record<string, string | number>>; // facts of our own
  switch (failure.kind) {
    case 'noAccess':
      return account === null ? null : `${account} can’t open this sheet.`;
    case 'wrongAccount':
      return `You signed in as ${got}, and this sheet was read as ${wanted}.`;
    case 'tabNotFound':
      return tab === undefined ? null : `This sheet has no tab “${tab}”.`;
    case 'tabIsNoGrid':
      return tab === undefined ? null : `“${tab}” is a chart.`;
    case 'tabEmpty':
      return tab === undefined ? null : `There is nothing in these cells of “${tab}”.`;
    case 'tooLarge':
      if (typeof rows === 'number') return `This tab has more than ${count(rows)} rows, which is the limit.`;
      return typeof limit === 'number' ? `This tab has more than ${size(limit)} of text, which is the limit.` : null;
    default:
      return null;
  }
}
