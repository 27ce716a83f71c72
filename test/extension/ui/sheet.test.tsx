import { act, fireEvent, render, screen } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { readSheetAddress } from '#shared/table/sheet-address.ts';
import type { SheetBook, SheetTab } from '#shared/table/sheet-book.ts';
import { SHEET_FAILURES, sheetFailure } from '#shared/table/sheet-failure.ts';
import { linkedAddress } from '../../../extension/flow/linked-sheets.ts';
import type { SheetTroubleOrGoogle, SheetView } from '../../../extension/flow/sheet-flow.ts';
import { NO_WISH } from '../../../extension/flow/sheet-state.ts';
import { GOOGLE_FAILURES, googleFailure } from '../../../extension/platform/google-failure.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { ADDRESS_REFUSALS, sheetWords } from '../../../extension/ui/sheet-words.ts';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { fakeLinks } from '../../support/fake-links.ts';
import { fakeSheetFlow } from '../../support/fake-sheet-flow.ts';
import { NOW, READ, SOURCE, viewOf } from '../../support/ui-states.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const SHEET = { address: { spreadsheetId: ID, gid: 4 }, name: 'Spring roadshow' };
const tab = (gid: number, title: string, more: Partial<SheetTab> = {}): SheetTab => ({
  gid,
  title,
  hidden: false,
  isGrid: true,
  rows: 1_000,
  columns: 26,
  ...more,
});
const BOOK: SheetBook = {
  spreadsheetId: ID,
  title: 'Spring roadshow',
  tabs: [tab(0, 'Attendees'), tab(4, 'Old', { hidden: true }), tab(5, 'Notes'), tab(7, 'Chart 1', { isGrid: false })],
};
const opened = (more: object = {}): SheetView => ({
  kind: 'opened',
  sheet: SHEET,
  book: BOOK,
  account: 'ana@example.com',
  gid: 0,
  range: '',
  isRangeRefused: false,
  ...more,
});

function show(view: SheetView, parts: Parameters<typeof fakeHost>[0] = {}, draft: typeof SOURCE | typeof READ = SOURCE) {
  const sheets = fakeSheetFlow(view);
  const links = fakeLinks();
  const host = fakeHost({ place: 'panel', sheets, links, ...parts });
  const flow = fakeFlow(viewOf({ draft }));
  render(<ImportScreen flow={flow} host={host} />);
  return { sheets, links, host, flow };
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const fill = (name: string, value: string) => fireEvent.input(screen.getByLabelText(name), { target: { value } });
const failed = (failure: SheetTroubleOrGoogle, account: string | null = null): SheetView => ({
  kind: 'failed',
  sheet: SHEET,
  failure,
  account,
});

describe('the way in', () => {
  test('Google Sheets stands on the first screen and leads to its form', () => {
    const { sheets } = show({ kind: 'closed' });
    fireEvent.click(button(/^Google Sheets/));
    expect(sheets.asked).toEqual(['ask {}']);
  });
  test('in a popup, which Google’s window would close, the panel takes it', () => {
    const carried: string[] = [];
    const { sheets } = show({ kind: 'closed' }, { place: 'popup', sheetElsewhere: (address) => carried.push(address) });
    fireEvent.click(button(/^Google Sheets/));
    expect([carried, sheets.asked]).toEqual([[''], []]);
  });
  test('the form begins in its first field, so that one types at once', () => {
    const { sheets } = show({ kind: 'closed' });
    act(() => sheets.show({ kind: 'asking', wish: NO_WISH, refusal: null }));
    expect(document.activeElement).toBe(screen.getByLabelText('Link or ID of the sheet'));
  });
  test('a screen without a field of its own begins at its heading', () => {
    const { sheets } = show({ kind: 'closed' });
    act(() => sheets.show({ kind: 'offered', sheet: SHEET }));
    expect(document.activeElement?.tagName).toBe('H1');
  });
  test('link, tab and range; Connect & Import is off until a sheet is given, and says why', () => {
    const { sheets } = show({ kind: 'asking', wish: NO_WISH, refusal: null });
    expect(button('Connect & Import').getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(button('Connect & Import'));
    expect(sheets.asked).toEqual([]);
    fill('Link or ID of the sheet', ID);
    fill('Tab', 'Attendees');
    fill('Range', 'A1:F20');
    fireEvent.click(button('Connect & Import'));
    expect(sheets.asked).toEqual([`connect ${JSON.stringify({ text: ID, tab: 'Attendees', range: 'A1:F20', way: 'google' })}`]);
  });
  test('“Use an access token instead” always shows Access token, Spreadsheet ID and Sheet name', () => {
    const { sheets } = show({ kind: 'asking', wish: NO_WISH, refusal: null });
    fireEvent.click(button('Use an access token instead'));
    expect(screen.getByLabelText('Access token').getAttribute('type')).toBe('password');
    fill('Access token', 'ya29.x');
    fill('Spreadsheet ID', ID);
    fill('Sheet name', 'Attendees');
    fireEvent.click(button('Connect & Import'));
    expect(sheets.asked).toEqual([`connect ${JSON.stringify({ text: ID, tab: 'Attendees', range: '', way: 'token', token: 'ya29.x' })}`]);
  });
  test.each(Object.entries(ADDRESS_REFUSALS))('an address that leads to no sheet (%s) is told beside its field', (kind, words) => {
    show({ kind: 'asking', wish: { ...NO_WISH, text: 'x' }, refusal: kind as keyof typeof ADDRESS_REFUSALS }); // its own key
    expect(screen.getByRole('alert').textContent).toContain(words);
    expect(screen.getByLabelText('Link or ID of the sheet').getAttribute('aria-invalid')).toBe('true');
  });
  test('a sheet in front that nobody signed in for: sign in, paste, CSV or token', () => {
    const { sheets, links } = show({ kind: 'offered', sheet: SHEET });
    expect(screen.getByText('Spring roadshow')).toBeTruthy();
    fireEvent.click(button('Sign in with Google'));
    fireEvent.click(button(/^Use an access token/));
    fireEvent.click(button(/^Get it as a CSV file/));
    expect(sheets.asked).toEqual(['signIn', `ask ${JSON.stringify({ text: ID, way: 'token' })}`, 'leave']);
    expect(links.asked).toEqual([`open https://docs.google.com/spreadsheets/d/${ID}/export?format=csv&gid=4`]);
    expect(button(/^Paste a range/)).toBeTruthy();
  });
  test('a draft that it would take the place of is named', () => {
    show({ kind: 'asking', wish: NO_WISH, refusal: null }, {}, READ);
    expect(screen.getByText(/takes the place of /)).toBeTruthy();
  });
});

describe('the tabs', () => {
  const choices = () => [...screen.getByLabelText<HTMLSelectElement>('Tab').options].map(({ text }) => text);
  test('hidden ones are named and off, charts are told as that', () => {
    show(opened());
    expect(choices()).toEqual(['Attendees', 'Notes']);
    expect(screen.getByText(/1 hidden tab is left out: “Old”/)).toBeTruthy();
    expect(screen.getByText(/“Chart 1” is a chart, without rows/)).toBeTruthy();
    fireEvent.click(button('Include it'));
    expect(choices()).toEqual(['Attendees', 'Old (hidden)', 'Notes']);
  });
  test('a hidden one that the link names is meant, and among them', () => {
    show(opened({ gid: 4 }));
    expect(screen.getByLabelText<HTMLSelectElement>('Tab').value).toBe('4');
  });
  test('another tab, a range, then it is read; the account can be another', () => {
    const { sheets } = show(opened());
    fireEvent.change(screen.getByLabelText('Tab'), { target: { value: '5' } });
    fill('Range', 'A1:C9');
    fireEvent.click(button('Use another account'));
    fireEvent.click(button('Read this tab'));
    expect(sheets.asked).toEqual(['choose {"gid":5}', 'choose {"range":"A1:C9"}', 'signIn as another', 'read']);
  });
  test('Enter in the range reads', () => {
    const { sheets } = show(opened());
    const { form } = screen.getByLabelText<HTMLInputElement>('Range');
    expect(form).not.toBeNull();
    if (form) fireEvent.submit(form);
    expect(sheets.asked).toEqual(['read']);
  });
  test('a range that is none is told beside its field', () => {
    show(opened({ isRangeRefused: true, range: 'x' }));
    expect(screen.getByRole('alert').textContent).toContain('This is no range');
  });
});

describe('while it is read', () => {
  test('rows are counted, what Google waits for is told in seconds, and Stop stops it', () => {
    const wait = { until: NOW + 6_000, why: 'quota' } as const;
    const { sheets } = show({ kind: 'reading', sheet: SHEET, tab: 'Attendees', rows: 800, total: 1_206, wait });
    expect(screen.getByText(/800 of 1,206 rows\. Google asks us to wait 6 seconds\./)).toBeTruthy();
    expect(screen.getByLabelText<HTMLProgressElement>('Rows read').value).toBe(800);
    fireEvent.click(button('Stop'));
    expect(sheets.asked).toEqual(['cancel']);
  });
  test('of a sign-in it is said where to look', () => {
    show({ kind: 'signingIn', sheet: SHEET, wait: null });
    expect(screen.getByText(/in the window that Google opened/)).toBeTruthy();
  });
});

describe('every trouble has a sentence of its own and a button that mends it', () => {
  const ALL: readonly SheetTroubleOrGoogle[] = [
    ...(Object.keys(GOOGLE_FAILURES) as (keyof typeof GOOGLE_FAILURES)[]).map(
      (
        kind, // its own keys
      ) => (kind === 'wrongAccount' ? googleFailure(kind, { wanted: 'ana@example.com', got: 'bob@example.com' }) : googleFailure(kind)),
    ),
    ...(Object.keys(SHEET_FAILURES) as (keyof typeof SHEET_FAILURES)[]) // its own keys
      .filter((kind) => kind !== 'unreachable' && kind !== 'timedOut')
      .map((kind) => sheetFailure(kind)),
    { kind: 'badRange', retry: 'never' },
    { kind: 'notPaired', retry: 'never' },
    { kind: 'noServer', retry: 'now' },
  ];
  test('no two are alike, and none is without a way on', () => {
    const facts = ALL.map((failure) => sheetWords(failure, null));
    expect(new Set(facts.map(({ fact }) => fact)).size).toBe(ALL.length);
    expect(facts.filter(({ mends, offersOtherWays }) => mends.length === 0 && !offersOtherWays)).toEqual([]);
    expect(facts.every(({ fact, advice }) => fact !== '' && advice !== '')).toBe(true);
  });
  const CASES: readonly (readonly [SheetTroubleOrGoogle, string, string, string])[] = [
    [googleFailure('expired'), 'has run out', 'Sign in again', 'signIn'],
    [googleFailure('revoked'), 'was taken back', 'Sign in again', 'signIn'],
    [googleFailure('denied'), 'not to let Leadline in', 'Sign in again', 'signIn'],
    [
      googleFailure('wrongAccount', { wanted: 'a@x.example', got: 'b@x.example' }),
      'as b@x.example',
      'Use another account',
      'signIn as another',
    ],
    [sheetFailure('noAccess'), 'ana@example.com can’t open this sheet', 'Use another account', 'signIn as another'],
    [sheetFailure('notFound'), 'no such sheet', 'Give another link', 'ask {}'],
    [sheetFailure('tabIsNoGrid', { data: { tab: 'Chart 1' } }), '“Chart 1” is a chart', 'Choose another tab', 'backToTabs'],
    [sheetFailure('tabEmpty', { data: { tab: 'Old' } }), 'nothing in these cells of “Old”', 'Choose another tab', 'backToTabs'],
    [sheetFailure('tooLarge', { data: { limit: 10 * 1024 * 1024 } }), 'more than 10', 'Choose a range', 'backToTabs'],
    [sheetFailure('tooLarge', { data: { rows: 500_000 } }), 'more than 500,000 rows', 'Choose a range', 'backToTabs'],
    [sheetFailure('quota'), 'longer break', 'Try again', 'again'],
    [googleFailure('unreachable'), 'can’t reach Google', 'Try again', 'again'],
    [sheetFailure('signedOut'), 'doesn’t accept this token', 'Give another token', `ask ${JSON.stringify({ text: ID, way: 'token' })}`],
  ];
  test.each(CASES)('%j: %s', (failure, words, mend, asked) => {
    const { sheets } = show(failed(failure, 'ana@example.com'));
    expect(screen.getByRole('alert').textContent).toContain(words);
    fireEvent.click(button(mend));
    expect(sheets.asked).toEqual([asked]);
  });
  test('without a client id there are three other ways, and nothing to click in vain', () => {
    const { flow, sheets } = show(failed({ kind: 'noClient', retry: 'never' }));
    expect(screen.getByRole('alert').textContent).toContain('has no Google sign-in yet');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    expect(button('Open the options')).toBeTruthy();
    for (const way of [/^Paste a range/, /^Get it as a CSV file/, /^Use an access token/]) expect(button(way)).toBeTruthy();
    fireEvent.paste(document.body, { clipboardData: { getData: () => 'Name\tEmail\nAnn\tann@example.com', files: [] } });
    expect([flow.pasted.length, sheets.asked]).toEqual([1, ['leave']]);
  });
  test('nobody is paired: the options are where that is done', () => {
    const { host } = show(failed({ kind: 'notPaired', retry: 'never' }));
    fireEvent.click(button('Open the options'));
    expect(host.did).toEqual(['openOptions']);
  });
  test('of a token that can’t open the sheet the first way on is another token', () => {
    const { sheets } = show({ kind: 'failed', sheet: SHEET, failure: sheetFailure('noAccess'), account: null, byToken: true });
    expect(screen.getByRole('alert').textContent).toContain('The account of this token can’t open this sheet');
    const [first] = [...document.querySelectorAll('main button')];
    expect(first?.textContent).toBe('Give another token');
    fireEvent.click(button('Give another token'));
    expect(sheets.asked).toEqual([`ask ${JSON.stringify({ text: ID, way: 'token' })}`]);
  });
  test('a private sheet can be opened to ask its owner', () => {
    const { host } = show(failed(sheetFailure('noAccess')));
    fireEvent.click(button('Open the sheet'));
    expect(host.did).toEqual([`openAddress https://docs.google.com/spreadsheets/d/${ID}`]);
  });
  test('a file that is dropped on any of it is taken instead', () => {
    const { flow, sheets } = show(opened(), { place: 'tab' });
    const file = new File(['a'], 'x.csv');
    fireEvent(document, Object.assign(new Event('drop'), { dataTransfer: { types: ['Files'], files: [file] } }));
    expect([sheets.asked, flow.files]).toEqual([['leave'], [file]]);
  });
  test('an Excel file in Drive: the file is chosen instead', () => {
    const { flow, sheets } = show(failed(sheetFailure('notASpreadsheet')));
    const file = new File(['a'], 'x.xlsx');
    fireEvent.change(screen.getByLabelText('File to import'), { target: { files: [file] } });
    expect([sheets.asked, flow.files]).toEqual([['leave'], [file]]);
  });
});

describe('cells that were read', () => {
  const draft = {
    ...READ,
    file: { ...READ.file, sheet: { spreadsheetId: ID, gid: 5, title: 'Spring roadshow', tab: 'Notes', range: 'A1:C9' } },
  };
  test('lead back to the tabs of their sheet', () => {
    const { sheets } = show({ kind: 'closed' }, { place: 'tab' }, draft);
    fireEvent.click(button('Another tab or range'));
    expect(sheets.asked).toEqual([`open https://docs.google.com/spreadsheets/d/${ID}/edit#gid=5&range=A1:C9 Spring roadshow`]);
  });
  test.each(['B3', 'A3:20', 'A1:C9'])('their range %s is in the address that leads back', (range) => {
    const address = linkedAddress({ origin: { ...draft.file.sheet, range } });
    expect(readSheetAddress(address)).toEqual(ok({ spreadsheetId: ID, gid: 5, range }));
  });
  test('a file has no tabs of that kind', () => {
    show({ kind: 'closed' }, { place: 'tab' }, READ);
    expect(screen.queryByRole('button', { name: 'Another tab or range' })).toBeNull();
  });
});
