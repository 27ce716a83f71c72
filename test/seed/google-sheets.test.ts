import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fail } from '#shared/result.ts';
import { createSheetFlow } from '../../extension/flow/sheet-flow.ts';
import { NO_WISH } from '../../extension/flow/sheet-state.ts';
import { openGoogleSheet, readGoogleSheet } from '../../extension/sources/google-sheet.ts';
import { fetchInto, makeGoogle } from '../support/google/start-google.ts';
import { viewWhen } from '../support/view-when.ts';
import { openSeedRoom, type SeedRoom } from './seed-room.ts';

/** What the customer's page says of what comes of a Google Sheet. What its screen asks for is in `import-screen.test.ts`. */

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const HEADER = ['First Name', 'Last Name', 'Email', 'Phone', 'Company', 'Favourite colour'];
const PEOPLE = [
  ['Ann', 'Lee', 'ann@example.com', '+12025550101', 'Fernhill', 'green'],
  ['Bob', 'Ray', 'bob@example.com', '+12025550102', 'Fernhill', 'blue'],
];
const OTHERS = [['Cy', 'Poe', 'cy@example.com', '+12025550103', 'Fernhill', 'red']];

let room: SeedRoom;
let google: ReturnType<typeof makeGoogle>;
beforeEach(async () => {
  room = await openSeedRoom();
  google = makeGoogle();
  const tabs = [
    { gid: 0, title: 'Spring', rows: [HEADER, ...PEOPLE] },
    { gid: 4, title: 'Autumn', rows: [HEADER, ...OTHERS] },
  ];
  google.sheets.spreadsheets.set(ID, { id: ID, title: 'Roadshow', tabs });
});
afterEach(() => room.close());

/** The sheets of that browser; nobody is signed in to Google there. */
function sheets() {
  const access = { fetch: fetchInto(google), now: () => 0, random: () => 0, sleep: async () => {} };
  return createSheetFlow({
    setup: async () => fail({ kind: 'noClient', retry: 'never' }),
    apiUrl: async () => 'http://127.0.0.1:1',
    lastAccount: async () => null,
    tokens: {
      get: async () => Promise.reject(new Error('nobody signs in here')),
      refused: async () => Promise.reject(new Error('nobody signs in here')),
    },
    openBook: (key, address, hooks) => openGoogleSheet({ ...access, ...key, ...hooks }, address),
    readCells: ({ key, book, choice, maxBytes }, { onRows, ...hooks }) =>
      readGoogleSheet({ ...access, ...key, ...hooks }, book, choice, { maxBytes, onRows }),
    limit: room.flow.fileLimit,
    take: room.flow.chooseSheet,
  });
}

/** “Connect & Import”, with what was entered. */
async function connect(sheetName = '') {
  const flow = sheets();
  await flow.connect({ ...NO_WISH, text: ID, tab: sheetName, way: 'token' }, google.auth.grant('ann@example.com'));
  return flow;
}
const tableRead = () => viewWhen(room.flow, ({ draft }) => draft.step === 'read' && draft.reading.kind === 'ready');
async function importedEmails(): Promise<readonly unknown[]> {
  await room.goTo('preview');
  await room.importNow();
  const answer = await room.server.ask('/api/leads?limit=100');
  const { leads } = (await answer.json()) as { leads: Record<string, unknown>[] };
  return leads.map(({ email }) => email).sort();
}

describe('Google Sheets', () => {
  test('“Connect & Import” brings the rows of the named sheet in', async () => {
    await connect('Autumn');
    await tableRead();
    expect(await importedEmails()).toEqual(['cy@example.com']);
  });

  test('the sheet name may be left out: the tabs are named, and the first is chosen', async () => {
    const flow = await connect();
    expect(flow.view()).toMatchObject({ kind: 'opened', gid: 0, book: { tabs: [{ title: 'Spring' }, { title: 'Autumn' }] } });
    await flow.read();
    await tableRead();
    expect(await importedEmails()).toEqual(['ann@example.com', 'bob@example.com']);
  });

  test('a sheet has the same fields as a file', async () => {
    await connect('Spring');
    await tableRead();
    await room.goTo('map');
    const ofSheet = room.flow.view().draft;
    await room.upload([HEADER, ...PEOPLE].map((row) => row.join(',')).join('\r\n'));
    await room.goTo('map');
    const ofFile = room.flow.view().draft;
    expect('mapping' in ofSheet && ofSheet.mapping).toEqual('mapping' in ofFile && ofFile.mapping);
    expect('mapping' in ofSheet && ofSheet.mapping).toHaveLength(HEADER.length);
  });
});
