import { act, fireEvent, render, screen } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { DraftState } from '../../../extension/flow/draft.ts';
import type { FrontView } from '../../../extension/flow/front-sheet.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { fakeFront, sheetInFront } from '../../support/fake-front.ts';
import { fakeLinks } from '../../support/fake-links.ts';
import { fakeSheetFlow } from '../../support/fake-sheet-flow.ts';
import { CHECK, IMPORTING, MAP, READ, SENDING, SOURCE, viewOf } from '../../support/ui-states.ts';

const SPRING = sheetInFront('Spring roadshow 2026', 'spring', 0);
const AUTUMN = sheetInFront('Autumn fair', 'autumn', 4);
const LINK = { address: 'https://files.example.com/leads.csv', host: 'files.example.com', fileName: 'leads.csv' };

function show(view: Partial<FrontView>, draft: DraftState = SOURCE, parts: Parameters<typeof fakeHost>[0] = {}) {
  const front = fakeFront(view);
  const sheets = fakeSheetFlow();
  const host = fakeHost({ place: 'panel', front, sheets, ...parts });
  render(<ImportScreen flow={fakeFlow(viewOf({ draft, sending: draft === IMPORTING ? SENDING : null }))} host={host} />);
  return { front, host, did: sheets.asked };
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const missing = (name: string | RegExp) => expect(screen.queryByRole('button', { name })).toBeNull();

describe('a Google Sheet in the tab in front', () => {
  test.each(['popup', 'panel'] as const)('is what the %s offers first, by its name, and with the one primary button', (place) => {
    const { did } = show({ sheet: SPRING }, SOURCE, { place });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Spring roadshow 2026');
    expect([...document.querySelectorAll('.btn.primary')].map((one) => one.textContent)).toEqual(['Import this sheet']);
    fireEvent.click(button('Import this sheet'));
    expect(did).toEqual([`open ${SPRING.address} Spring roadshow 2026`]);
  });
  test('is taken to the panel by the popup, which Google’s window would close', () => {
    const carried: string[] = [];
    const { did } = show({ sheet: SPRING }, SOURCE, { place: 'popup', sheetElsewhere: (address) => carried.push(address) });
    fireEvent.click(button('Import this sheet'));
    expect([carried, did]).toEqual([[SPRING.address], []]);
  });
  test('whose page has not loaded yet is offered all the same', () => {
    show({ sheet: { ...SPRING, name: '' } });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Google Sheet');
  });
  test('goes before the file of a link, and an open file before all that is chosen by hand', () => {
    show({ sheet: SPRING }, SOURCE, { links: fakeLinks({ kind: 'closed' }, LINK) });
    missing('Import this file');
  });
  test('that comes to the front later is there at once, and so is its other tab', () => {
    const { front, did } = show({});
    missing('Import this sheet');
    act(() => front.show({ sheet: SPRING }));
    act(() => front.show({ sheet: sheetInFront('Spring roadshow 2026', 'spring', 7) }));
    fireEvent.click(button('Import this sheet'));
    expect(did).toEqual(['open https://docs.google.com/spreadsheets/d/spring/edit#gid=7 Spring roadshow 2026']);
  });
  test('no sheet: the first screen is as ever', () => {
    show({}, SOURCE, { place: 'popup' });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Bring in your leads');
  });
});

describe('an import that is under way while another sheet comes to the front', () => {
  const ours = (draft: typeof READ | typeof MAP | typeof CHECK) => ({
    ...draft,
    file: { ...draft.file, sheet: { spreadsheetId: 'spring', gid: 0, title: 'Spring roadshow 2026', tab: 'Attendees' } },
  });
  test.each([READ, MAP, CHECK])('stays, and a quiet line offers the other (step %#)', (draft) => {
    const { front, did } = show({ sheet: SPRING }, ours(draft));
    missing('Start with it');
    act(() => front.show({ sheet: AUTUMN }));
    expect(screen.getByText('Autumn fair is in front')).toBeTruthy();
    expect(did).toEqual([]);
    fireEvent.click(button('Start with it'));
    expect(did).toEqual([`open ${AUTUMN.address} Autumn fair`]);
  });
  test('“Stay” puts the line away until yet another one comes', () => {
    const { front } = show({ sheet: AUTUMN }, ours(MAP));
    fireEvent.click(button('Stay'));
    missing('Stay');
    act(() => front.show({ sheet: SPRING }));
    missing('Stay');
    act(() => front.show({ sheet: sheetInFront('Winter', 'winter', 0) }));
    expect(button('Stay')).toBeTruthy();
  });
  test('another tab of the same spreadsheet is told as that', () => {
    show({ sheet: sheetInFront('Spring roadshow 2026', 'spring', 9) }, ours(MAP));
    expect(screen.getByText('Another tab of this sheet is in front')).toBeTruthy();
  });
  test('of a file: any sheet is another one', () => {
    show({ sheet: SPRING }, MAP);
    expect(button('Start with it')).toBeTruthy();
  });
  test('of a sheet whose tabs are being chosen: the line is about the tab that is chosen', () => {
    const sheet = { address: { spreadsheetId: 'spring', gid: 0 }, name: 'Spring roadshow 2026' };
    const sheets = fakeSheetFlow({ kind: 'reading', sheet, tab: 'Attendees', rows: 0, total: 0, wait: null });
    const { front } = show({ sheet: SPRING }, SOURCE, { sheets });
    missing('Start with it');
    act(() => front.show({ sheet: AUTUMN }));
    expect(button('Start with it')).toBeTruthy();
  });
  test('the popup says so of an open file, too, above a draft that waits', () => {
    const links = fakeLinks({ kind: 'closed' }, LINK);
    show({}, MAP, { place: 'popup', links });
    expect(screen.getByText('leads.csv is in front')).toBeTruthy();
    fireEvent.click(button('Start with it'));
    expect(links.asked).toEqual([`open ${LINK.address}`]);
  });
  test('a file that the draft came from is no other', () => {
    show({}, { ...MAP, file: { ...MAP.file, from: LINK.address } }, { links: fakeLinks({ kind: 'closed' }, LINK) });
    missing('Start with it');
  });
  test('nothing can begin while rows are on their way, and a tab of its own sees no other', () => {
    show({ sheet: AUTUMN }, IMPORTING);
    missing('Start with it');
    show({ sheet: AUTUMN }, ours(MAP), { place: 'tab' });
    missing('Start with it');
  });
});

describe('following the tabs', () => {
  test('is asked for in the panel by a row that says what for', () => {
    const { front } = show({});
    expect(button(/^Follow Google Sheets/).textContent).toMatch(/docs\.google\.com.*No cell is read before you ask/);
    fireEvent.click(button(/^Follow Google Sheets/));
    expect(front.asked).toEqual(['follow']);
  });
  test('that was refused says what works all the same', () => {
    show({ wasRefused: true });
    expect(screen.getByRole('alert').textContent).toMatch(/Permission was not given.*toolbar/);
  });
  test('is said, with the way to stop it', () => {
    const { front } = show({ follows: true });
    missing(/^Follow Google Sheets/);
    expect(screen.getByText('Follows the tab in front')).toBeTruthy();
    fireEvent.click(button('Stop following'));
    expect(front.asked).toEqual(['unfollow']);
  });
  test.each(['popup', 'tab'] as const)('is nothing for a %s', (place) => {
    show({}, SOURCE, { place });
    missing(/^Follow Google Sheets/);
  });
});
