// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { DOCUMENTS, isElsewhere, sheetOn, watchFrontSheet } from '../../../extension/flow/front-sheet.ts';
import type { FrontPage } from '../../../extension/platform/front-page.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const PUBLISHED = '2PACX-1vQx8pT0aa9Ab3cD4eF5gH6iJ7kL8mN9oP0qR1sT2uV3wX4yZ5';
const EDITOR = `https://docs.google.com/spreadsheets/d/${ID}/edit`;
const page = (address: string, title = 'Spring roadshow 2026 - Google Sheets'): FrontPage => ({ address, title });

describe('the sheet in the tab in front is known by its address, in every shape the browser shows', () => {
  test.each([
    ['the editor', `${EDITOR}#gid=0`, { spreadsheetId: ID, gid: 0 }],
    ['the tab in the query and in the fragment, as the editor has it today', `${EDITOR}?gid=7#gid=7`, { spreadsheetId: ID, gid: 7 }],
    ['only in the query', `${EDITOR}?gid=7`, { spreadsheetId: ID, gid: 7 }],
    ['a second account', `https://docs.google.com/spreadsheets/u/1/d/${ID}/edit#gid=3`, { spreadsheetId: ID, gid: 3, account: 1 }],
    ['a company’s own', `https://docs.google.com/a/example.com/spreadsheets/d/${ID}/edit`, { spreadsheetId: ID }],
    ['the html view', `https://docs.google.com/spreadsheets/d/${ID}/htmlview#gid=5`, { spreadsheetId: ID, gid: 5 }],
    ['the preview', `https://docs.google.com/spreadsheets/d/${ID}/preview`, { spreadsheetId: ID }],
    [
      'published to the web',
      `https://docs.google.com/spreadsheets/d/e/${PUBLISHED}/pubhtml`,
      { spreadsheetId: PUBLISHED, published: true },
    ],
  ])('%s', (_, address, sheet) => {
    expect(sheetOn(page(address))?.sheet).toEqual(sheet);
  });
});

describe('no other page is one', () => {
  test.each([
    ['the list of all sheets', 'https://docs.google.com/spreadsheets/u/0/'],
    ['a document', `https://docs.google.com/document/d/${ID}/edit`],
    ['a form', `https://docs.google.com/forms/d/${ID}/edit`],
    ['a page that leads to a sheet', `https://www.google.com/url?q=${encodeURIComponent(EDITOR)}`],
    ['a site that is called nearly so', `https://docs.google.com.example.net/spreadsheets/d/${ID}/edit`],
    ['a page of the browser', 'about:blank'],
    ['no address', ''],
  ])('%s', (_, address) => {
    expect(sheetOn(page(address))).toBeNull();
  });
});

describe('the spreadsheet’s name is in the page’s title', () => {
  test.each([
    ['Spring roadshow 2026 - Google Sheets', 'Spring roadshow 2026'],
    ['Messe-Kontakte - Hamburg - Google Tabellen', 'Messe-Kontakte - Hamburg'],
    ['リスト - Google スプレッドシート', 'リスト'],
    ['Контакты – Google Таблицы', 'Контакты'],
    ['العملاء - جداول بيانات Google', 'العملاء'],
    ['Leads for Google', 'Leads for Google'],
    ['Google Sheets', ''],
    ['docs.google.com/spreadsheets/d/1', ''],
    [EDITOR, ''],
    ['', ''],
  ])('%s', (title, name) => {
    expect(sheetOn(page(EDITOR, title))?.name).toBe(name);
  });
});

test.each([
  ['another spreadsheet', { spreadsheetId: 'b', gid: 1 }, true],
  ['another tab of the same', { spreadsheetId: 'a', gid: 2 }, true],
  ['the same tab', { spreadsheetId: 'a', gid: 1 }, false],
  ['the same, whose tab the address does not tell', { spreadsheetId: 'a' }, false],
])('%s is elsewhere: %s', (_, front, answer) => {
  expect(isElsewhere(front, { spreadsheetId: 'a', gid: 1 })).toBe(answer);
});

/** A window with tabs, and a browser that answers as told. */
async function room(first: FrontPage | null, says = true) {
  const state = { page: first, sites: new Set<string>(), look: () => {}, stopped: false };
  const front = await watchFrontSheet({
    frontPage: async () => state.page,
    watchFront: (listener) => {
      state.look = listener;
      return () => {
        state.stopped = true;
      };
    },
    hasAccess: async (address) => state.sites.has(address),
    ask: async (address) => {
      if (says) state.sites.add(address);
      return says;
    },
    giveBack: async (address) => void state.sites.delete(address),
  });
  const goTo = async (next: FrontPage | null) => {
    state.page = next;
    state.look();
    await settled();
  };
  return { front, state, goTo };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('what is in front', () => {
  test('follows the tabs, also from one tab of a spreadsheet to another', async () => {
    const { front, goTo } = await room(page(`${EDITOR}#gid=0`));
    expect(front.view().sheet).toMatchObject({ name: 'Spring roadshow 2026', sheet: { gid: 0 } });
    await goTo(page(`${EDITOR}#gid=12`));
    expect(front.view().sheet?.sheet.gid).toBe(12);
    await goTo(page('https://mail.example.com/'));
    expect(front.view().sheet).toBeNull();
    await goTo(null);
    expect(front.view().sheet).toBeNull();
  });
  test('is told once, not again while nothing changed', async () => {
    const { front, goTo } = await room(page(EDITOR));
    let told = 0;
    front.subscribe(() => {
      told += 1;
    });
    await goTo(page(EDITOR));
    expect(told).toBe(0);
    await goTo(page(EDITOR, 'Autumn - Google Sheets'));
    expect(told).toBe(1);
  });
  test('a slow answer about a former page does not come after the newer one', async () => {
    const answers: ((page: FrontPage | null) => void)[] = [];
    let look = () => {};
    const opening = watchFrontSheet({
      frontPage: () => new Promise((resolve) => answers.push(resolve)),
      watchFront: (listener) => {
        look = listener;
        return () => {};
      },
      hasAccess: async () => true,
      ask: async () => true,
      giveBack: async () => {},
    });
    look();
    answers[1]?.(page(`${EDITOR}#gid=2`));
    await settled();
    answers[0]?.(page(`${EDITOR}#gid=1`));
    const front = await opening;
    expect(front.view().sheet?.sheet.gid).toBe(2);
  });
  test('is watched only as long as somebody looks', async () => {
    const { front, state } = await room(null);
    front.close();
    expect(state.stopped).toBe(true);
  });
});

describe('following the tabs', () => {
  test('is asked for one site only, and can be taken back', async () => {
    const { front, state } = await room(null);
    expect(front.view().follows).toBe(false);
    await front.follow();
    expect([...state.sites]).toEqual([DOCUMENTS]);
    expect(front.view().follows).toBe(true);
    await front.unfollow();
    expect(front.view().follows).toBe(false);
  });
  test('a no is remembered as that until it is a yes', async () => {
    const { front, state, goTo } = await room(null, false);
    await front.follow();
    expect(front.view()).toMatchObject({ follows: false, wasRefused: true });
    state.sites.add(DOCUMENTS); // in the browser’s own settings
    await goTo(null);
    expect(front.view()).toMatchObject({ follows: true, wasRefused: false });
  });
});
