// @vitest-environment node
import { readFile } from '#shared/table/read-file.ts';
import { openGoogleSheet, readGoogleSheet } from '../../../extension/sources/google-sheet.ts';
import { ERRORS } from '../../support/google/google-errors.ts';
import { fetchInto, makeGoogle } from '../../support/google/start-google.ts';
import { type RemoteSituation, remoteSourceContract } from './remote-source-contract.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const HEADER = ['Name', 'Email'];
const people = (count: number, of: string) => Array.from({ length: count }, (_, at) => [`${of} ${at}`, `${of}${at}@example.com`]);
const tab = (rows: readonly (readonly string[])[]) => ({ gid: 0, title: 'Leads', rows: [HEADER, ...rows] });
/** More than the contract's limit of a megabyte. */
const TOO_MANY = 40_000;
/** Several pages. */
const SOME = 12_000;

/** A spreadsheet in such a situation. */
function googleIn(situation: RemoteSituation) {
  const google = makeGoogle();
  const sheet = { id: ID, title: 'Webinar', tabs: [tab(people(situation === 'too large' ? TOO_MANY : SOME, 'Ann'))] };
  google.sheets.spreadsheets.set(ID, sheet);
  if (situation === 'not found') google.sheets.before = () => ERRORS.notFound;
  if (situation === 'refused') google.sheets.before = () => ERRORS.noAccess;
  if (situation === 'changes meanwhile')
    google.sheets.before = (_url, count) => {
      if (count === 4) sheet.tabs = [tab(people(SOME, 'Bo'))];
      return null;
    };
  return google;
}

/** Ends when somebody gives up, and never before. */
const silent: typeof globalThis.fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });

remoteSourceContract('google-sheet', async () => ({
  fetch: async (situation, { signal, limit, onProgress }) => {
    const google = googleIn(situation);
    const access = {
      apiUrl: 'http://127.0.0.1:4000',
      accessToken: google.auth.grant('ann@example.com'),
      fetch: situation === 'never answers' ? silent : fetchInto(google),
      now: () => 0,
      random: () => 0,
      sleep: async () => {},
      signal,
    };
    const book = await openGoogleSheet(access, { spreadsheetId: ID });
    return book.ok ? readGoogleSheet(access, book.value, {}, { maxBytes: limit, onRows: onProgress }) : book;
  },
  kinds: { 'too large': 'tooLarge', 'not found': 'notFound', refused: 'noAccess', cancelled: 'cancelled' },
  sizeOf: () => SOME + 1,
  isOneMoment: async ({ blob }) => {
    const read = await readFile(new Uint8Array(await blob.arrayBuffer()));
    if (!read.ok) throw new Error(read.error.code);
    const of = new Set(read.value.rows.map(([name = '']) => name.split(' ')[0]));
    return read.value.rows.length === SOME && of.size === 1;
  },
  close: async () => {},
}));
