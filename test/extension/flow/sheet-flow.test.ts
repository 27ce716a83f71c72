// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { fail, ok, type Result } from '#shared/result.ts';
import { createSheetFlow, type SheetEffects, type SheetTroubleOrGoogle, type SheetView } from '../../../extension/flow/sheet-flow.ts';
import type { SheetCells } from '../../../extension/flow/sheet-job.ts';
import { NO_WISH } from '../../../extension/flow/sheet-state.ts';
import { googleFailure } from '../../../extension/platform/google-failure.ts';
import type { GoogleSetup } from '../../../extension/platform/google-setup.ts';
import type { TokenWish } from '../../../extension/platform/google-token.ts';
import type { GoogleToken } from '../../../extension/platform/google-token-store.ts';
import { openGoogleSheet, readGoogleSheet } from '../../../extension/sources/google-sheet.ts';
import type { FakeTab } from '../../support/google/fake-sheets.ts';
import { ERRORS } from '../../support/google/google-errors.ts';
import { fetchInto, makeGoogle } from '../../support/google/start-google.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const LINK = `https://docs.google.com/spreadsheets/d/${ID}/edit#gid=0`;
const ROWS = [
  ['Name', 'Email'],
  ['Ann', 'ann@example.com'],
];
const LEADS: FakeTab = { gid: 0, title: 'Leads', rows: ROWS };
const OTHER: FakeTab = { gid: 4, title: 'Other', rows: [['Name'], ['Bob']] };
const CHART: FakeTab = { gid: 7, title: 'Chart', sheetType: 'OBJECT', rows: [] };
const SETUP: GoogleSetup = { clientId: 'x', hasSecret: false, authUrl: 'http://a', tokenUrl: 'http://a', apiUrl: 'http://127.0.0.1:1' };

let google: ReturnType<typeof makeGoogle>;
beforeEach(() => {
  google = makeGoogle();
  put([LEADS]);
});
function put(tabs: readonly FakeTab[]): void {
  google.sheets.spreadsheets.set(ID, { id: ID, title: 'Roadshow', tabs });
}

type Changed = {
  readonly setup?: SheetEffects['setup'];
  readonly answers?: (Result<string, SheetTroubleOrGoogle> | Promise<Result<string, SheetTroubleOrGoogle>>)[];
  readonly lastAccount?: string;
  readonly limit?: number;
};

/** A page with Google behind it; `answers`: who signs in, one after another. */
function room({ setup = async () => ok(SETUP), answers = [], lastAccount, limit = 1_000_000 }: Changed = {}) {
  const wishes: TokenWish[] = [];
  const taken: SheetCells[] = [];
  const limits: number[] = [];
  const refused: string[] = [];
  const tokenOf = (account: string): GoogleToken => ({
    accessToken: google.auth.grant(account),
    expiresAt: 10,
    account,
    clientId: 'x',
  });
  const effects: SheetEffects = {
    setup,
    apiUrl: async () => SETUP.apiUrl,
    lastAccount: async () => lastAccount ?? null,
    tokens: {
      get: async (_setup, wish) => {
        wishes.push(wish);
        const answer = await (answers.shift() ?? ok('ann@example.com'));
        // The failures of a sign-in are Google's own here.
        return answer.ok ? ok(tokenOf(answer.value)) : fail(answer.error as ReturnType<typeof googleFailure>);
      },
      refused: async ({ accessToken }) => {
        refused.push(accessToken);
        return googleFailure('revoked');
      },
    },
    openBook: (key, address, hooks) => openGoogleSheet({ ...access(), ...key, ...hooks }, address),
    readCells: ({ key, book, choice, maxBytes }, { onRows, ...hooks }) => {
      limits.push(maxBytes);
      return readGoogleSheet({ ...access(), ...key, ...hooks }, book, choice, { maxBytes, onRows });
    },
    limit: () => limit,
    take: async (cells) => void taken.push(cells),
  };
  const access = () => ({ fetch: fetchInto(google), now: () => 0, random: () => 0, sleep: async () => {} });
  const sheets = createSheetFlow(effects);
  const seen: SheetView[] = [];
  sheets.subscribe(() => seen.push(sheets.view()));
  return { sheets, wishes, taken, limits, refused, kinds: () => [...new Set(seen.map(({ kind }) => kind))] };
}
const wish = (more: Partial<typeof NO_WISH> = {}) => ({ ...NO_WISH, text: LINK, ...more });

describe('a sheet becomes the draft’s cells', () => {
  test('by its link: sign in, open, read; what is taken knows where it is from and who read it', async () => {
    const { sheets, taken, limits, kinds } = room();
    await sheets.connect(wish({ range: 'a1:b2' }));
    expect(kinds()).toEqual(['signingIn', 'opening', 'reading', 'closed']);
    expect(taken[0]?.sheet).toEqual({
      spreadsheetId: ID,
      gid: 0,
      title: 'Roadshow',
      tab: 'Leads',
      range: 'A1:B2',
      account: 'ann@example.com',
    });
    expect(limits).toEqual([1_000_000]);
  });
  test('a sheet with one tab is read at once', async () => {
    const { sheets, taken } = room();
    await sheets.connect(wish({ text: ID, tab: 'leads' }));
    expect([taken.length, sheets.view().kind]).toEqual([1, 'closed']);
  });
  test('of several tabs one is chosen, unless the form names it; hidden ones stand last', async () => {
    put([{ ...OTHER, hidden: true }, CHART, LEADS, { ...OTHER, gid: 5, title: 'More' }]);
    const { sheets, taken } = room();
    await sheets.connect(wish({ text: ID }));
    expect(sheets.view()).toMatchObject({ kind: 'opened', gid: 0, account: 'ann@example.com' });
    sheets.choose({ gid: 5 });
    await sheets.read();
    await sheets.connect(wish({ tab: 'leads' }));
    expect(taken.map(({ sheet }) => sheet.tab)).toEqual(['More', 'Leads']);
  });
  test('a range may name the tab, too', async () => {
    put([LEADS, OTHER]);
    const { sheets, taken } = room();
    await sheets.connect(wish({ text: ID, range: 'Other!A1:A2' }));
    expect(taken[0]?.sheet).toMatchObject({ tab: 'Other', range: 'A1:A2' });
  });
  test('one that was imported before is read at once by its number, whatever its tab is called now, with the account of then', async () => {
    put([OTHER, { ...LEADS, gid: 9, title: 'Renamed' }, { ...OTHER, gid: 5, title: 'Leads' }]);
    const { sheets, taken, wishes } = room({ lastAccount: 'bob@example.com' });
    await sheets.readAgain({ spreadsheetId: ID, gid: 9, title: 'Roadshow', tab: 'Leads', range: 'A1:B', account: 'ann@example.com' });
    expect(taken[0]?.sheet).toMatchObject({ gid: 9, tab: 'Renamed', range: 'A1:B' });
    expect(wishes[0]).toEqual({ interactive: true, account: 'ann@example.com' });
  });
  test('with the account of then it is tried again, too', async () => {
    const { sheets, taken, wishes } = room({ answers: [fail(googleFailure('unreachable'))] });
    await sheets.readAgain({ spreadsheetId: ID, gid: 0, title: 'Roadshow', tab: 'Leads', account: 'ann@example.com' });
    await sheets.again();
    expect([taken.length, wishes[1]]).toEqual([1, { interactive: true, account: 'ann@example.com' }]);
  });
  test('with a token nobody signs in, and no account is known', async () => {
    const { sheets, taken, wishes } = room({ setup: async () => fail({ kind: 'noClient', retry: 'never' }) });
    await sheets.connect(wish({ text: ID, way: 'token' }), ` ${google.auth.grant('bob@example.com')} `);
    expect([taken[0]?.sheet.tab, taken[0]?.sheet.account, wishes]).toEqual(['Leads', undefined, []]);
  });
});

describe('a sheet in front', () => {
  test('nothing of it is read before somebody signs in', async () => {
    const { sheets, wishes } = room();
    await sheets.open(LINK, 'Roadshow');
    expect(sheets.view()).toMatchObject({ kind: 'offered', sheet: { name: 'Roadshow' } });
    expect([google.sheets.requests, wishes]).toEqual([[], []]);
    await sheets.signIn();
    expect(sheets.view()).toMatchObject({ kind: 'opened', gid: 0 });
  });
  test('of somebody who signed in before has its tabs named at once, however few', async () => {
    const { sheets } = room({ lastAccount: 'ann@example.com' });
    await sheets.open(LINK);
    expect([sheets.account(), sheets.view().kind]).toEqual(['ann@example.com', 'opened']);
  });
  test('that is only offered asks nobody, whoever signed in before', async () => {
    const { sheets, wishes } = room({ lastAccount: 'ann@example.com' });
    await sheets.open('');
    sheets.offer(LINK, 'Roadshow');
    expect([sheets.view(), wishes]).toMatchObject([{ kind: 'offered', sheet: { name: 'Roadshow' } }, []]);
  });
  test('no address at all is the form', async () => {
    const { sheets } = room();
    await sheets.open('');
    expect(sheets.view()).toMatchObject({ kind: 'asking', refusal: null });
  });
  test('another account is asked for as one to choose', async () => {
    const { sheets, wishes } = room({ answers: [ok('ann@example.com'), ok('bob@example.com')] });
    await sheets.open(LINK);
    await sheets.signIn();
    await sheets.signIn({ choose: true });
    expect(wishes).toEqual([{ interactive: true }, { interactive: true, choose: true }]);
    expect(sheets.view()).toMatchObject({ account: 'bob@example.com' });
  });
});

describe('what was left is let fall', () => {
  test('Stop while reading leads back to the tabs, and nothing is taken', async () => {
    put([LEADS, OTHER]);
    const { sheets, taken } = room();
    await sheets.connect(wish({ text: ID }));
    google.sheets.before = () => {
      sheets.cancel();
      return null;
    };
    await sheets.read();
    expect([sheets.view().kind, taken]).toEqual(['opened', []]);
  });
  test('what else is brought in while a sheet is read takes its place', async () => {
    const { sheets, taken } = room();
    google.sheets.before = (url) => {
      if (url.pathname.includes('values')) sheets.leave();
      return null;
    };
    await sheets.connect(wish({ tab: 'Leads' }));
    expect([sheets.view().kind, taken]).toEqual(['closed', []]);
  });
  test('a sign-in that ends after it was left opens nothing', async () => {
    let signIn = (_: Result<string, SheetTroubleOrGoogle>) => {};
    const slow = new Promise<Result<string, SheetTroubleOrGoogle>>((resolve) => {
      signIn = resolve;
    });
    const { sheets } = room({ answers: [slow] });
    const connecting = sheets.connect(wish());
    sheets.cancel();
    signIn(ok('ann@example.com'));
    await connecting;
    expect([sheets.view().kind, google.sheets.requests]).toEqual(['closed', []]);
  });
  test('another sheet takes the place of the former', async () => {
    const id = ID.replace('1B', '1C');
    google.sheets.spreadsheets.set(id, { id, title: 'Second', tabs: [OTHER] });
    const { sheets, taken } = room();
    await Promise.all([sheets.connect(wish({ tab: 'Leads' })), sheets.connect(wish({ text: id, tab: 'Other' }))]);
    expect(taken.map(({ sheet }) => sheet.title)).toEqual(['Second']);
  });
});

describe('what goes wrong', () => {
  const failure = async (changed: Changed, text = ID) => {
    const { sheets } = room(changed);
    await sheets.connect(wish({ text, tab: 'Leads' }));
    const view = sheets.view();
    return view.kind === 'failed' ? view.failure.kind : view.kind;
  };
  test('a token that was taken back is renewed without asking, once', async () => {
    let refusals = 1;
    google.sheets.before = () => (refusals-- > 0 ? ERRORS.noToken : null);
    const { sheets, wishes, taken, refused } = room();
    await sheets.connect(wish({ tab: 'Leads' }));
    expect([taken.length, refused.length]).toEqual([1, 1]);
    expect(wishes[1]).toEqual({ interactive: false, account: 'ann@example.com' });
  });
  test('where that is not possible it is said which of the two it was', async () => {
    google.sheets.before = () => ERRORS.noToken;
    expect(await failure({ answers: [ok('ann@example.com'), fail(googleFailure('signInNeeded'))] })).toBe('revoked');
  });
  test.each(['notPaired', 'noServer', 'noClient'] as const)('nobody can sign in: %s', async (kind) => {
    expect(await failure({ setup: async () => fail({ kind, retry: 'never' }) })).toBe(kind);
  });
  test.each(['denied', 'closed', 'scopeRefused', 'blocked', 'clientRefused'] as const)('the sign-in: %s', async (kind) => {
    expect(await failure({ answers: [fail(googleFailure(kind))] })).toBe(kind);
    expect(google.sheets.requests).toEqual([]);
  });
  test('a published page is told as that before anybody signs in', async () => {
    const { sheets, wishes } = room();
    await sheets.connect(wish({ text: `https://docs.google.com/spreadsheets/d/e/2PACX-${'a'.repeat(60)}/pub` }));
    expect(sheets.view()).toMatchObject({ kind: 'failed', failure: { kind: 'published' } });
    expect(wishes).toEqual([]);
  });
  test('an address that is none stays in the form with what was typed', async () => {
    const { sheets } = room();
    await sheets.connect(wish({ text: 'leads', tab: 'T' }));
    expect(sheets.view()).toMatchObject({ kind: 'asking', refusal: 'not_an_address', wish: { text: 'leads', tab: 'T' } });
  });
  test('a range that is none is told beside the tabs', async () => {
    const { sheets } = room();
    await sheets.connect(wish({ tab: 'Leads', range: 'from A to B' }));
    expect(sheets.view()).toMatchObject({ kind: 'opened', isRangeRefused: true, range: 'from A to B' });
  });
  test('after a tab that can’t be read the tabs are there again', async () => {
    put([LEADS, CHART]);
    const { sheets, taken } = room();
    await sheets.connect(wish({ tab: 'Chart' }));
    expect(sheets.view()).toMatchObject({ kind: 'failed', failure: { kind: 'tabIsNoGrid' } });
    sheets.backToTabs();
    expect(sheets.view()).toMatchObject({ kind: 'opened', gid: 0 });
    await sheets.read();
    expect(taken).toHaveLength(1);
  });
  test('of a tab that is too large the same tab is there again, to give a range', async () => {
    put([LEADS, OTHER]);
    const { sheets } = room({ limit: 3 });
    await sheets.connect(wish({ tab: 'Other' }));
    expect(sheets.view()).toMatchObject({ kind: 'failed', failure: { kind: 'tooLarge' } });
    sheets.backToTabs();
    expect(sheets.view()).toMatchObject({ kind: 'opened', gid: 4 });
  });
  test('of a token it is not said that the one who signed in last can’t open the sheet', async () => {
    google.sheets.before = () => ERRORS.noAccess;
    const { sheets } = room({ lastAccount: 'ann@example.com' });
    await sheets.connect(wish({ way: 'token' }), google.auth.grant('bob@example.com'));
    expect(sheets.view()).toMatchObject({ kind: 'failed', failure: { kind: 'noAccess' }, account: null, byToken: true });
  });
  test('again does what failed once more', async () => {
    google.sheets.before = () => ERRORS.apiDisabled;
    const { sheets, taken } = room();
    await sheets.connect(wish({ tab: 'Leads' }));
    google.sheets.before = () => null;
    await sheets.again();
    expect(taken).toHaveLength(1);
  });
});
