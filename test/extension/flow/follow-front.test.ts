// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import type { SheetBook } from '#shared/table/sheet-book.ts';
import { followFront } from '../../../extension/flow/follow-front.ts';
import type { SheetView } from '../../../extension/flow/sheet-flow.ts';
import { type FakeFront, fakeFront, sheetInFront } from '../../support/fake-front.ts';

const SPRING = sheetInFront('Spring', 'spring', 0);
const tab = (gid: number) => ({ gid, title: `Tab ${gid}`, hidden: false, isGrid: true, rows: 10, columns: 5 });
const BOOK: SheetBook = { spreadsheetId: 'spring', title: 'Spring', tabs: [tab(0), tab(7)] };

let front: FakeFront;
let did: string[];
let view: SheetView;
beforeEach(() => {
  front = fakeFront({ sheet: SPRING });
  did = [];
  view = { kind: 'closed' };
  followFront(front, {
    view: () => view,
    offer: (address, name) => void did.push(`offer ${name} ${address.split('/').slice(5).join('/')}`),
    choose: ({ gid }) => void did.push(`choose ${gid}`),
  });
});
const offered = (spreadsheetId: string, gid: number): SheetView => ({
  kind: 'offered',
  sheet: { address: { spreadsheetId, gid }, name: '' },
});
const opened = (gid: number): SheetView => ({
  kind: 'opened',
  sheet: { address: { spreadsheetId: 'spring', gid: 0 }, name: 'Spring' },
  book: BOOK,
  account: null,
  gid,
  range: '',
  isRangeRefused: false,
});

describe('a sheet that is only offered', () => {
  test('is the one in front, whichever comes there', () => {
    view = offered('spring', 0);
    front.show({ sheet: sheetInFront('Autumn', 'autumn', 3) });
    expect(did).toEqual(['offer Autumn autumn/edit#gid=3']);
  });
  test('stays while a page comes to the front that is none', () => {
    view = offered('spring', 0);
    front.show({ sheet: null });
    expect(did).toEqual([]);
    front.show({ sheet: SPRING });
    expect(did).toEqual([]);
    front.show({ sheet: sheetInFront('Spring', 'spring', 7) });
    expect(did).toEqual(['offer Spring spring/edit#gid=7']);
  });
  test('stays when it is not the one that was in front', () => {
    view = offered('pasted', 0);
    front.show({ sheet: sheetInFront('Autumn', 'autumn', 3) });
    expect(did).toEqual([]);
  });
});

describe('a sheet whose tabs are shown', () => {
  test('goes along when its other tab is looked at', () => {
    view = opened(0);
    front.show({ sheet: sheetInFront('Spring', 'spring', 7) });
    expect(did).toEqual(['choose 7']);
  });
  test('stays at the tab somebody has chosen here', () => {
    view = opened(7);
    front.show({ sheet: sheetInFront('Spring', 'spring', 7) });
    expect(did).toEqual([]);
  });
  test('stays when another spreadsheet comes to the front, or a tab that is newer than what is known', () => {
    view = opened(0);
    front.show({ sheet: sheetInFront('Spring', 'spring', 99) });
    front.show({ sheet: sheetInFront('Autumn', 'autumn', 7) });
    expect(did).toEqual([]);
  });
});

test.each(['closed', 'reading', 'failed', 'signingIn'] as const)('what is %s is left alone', (kind) => {
  const known = { address: { spreadsheetId: 'spring', gid: 0 }, name: 'Spring' };
  view =
    kind === 'closed'
      ? { kind }
      : kind === 'reading'
        ? { kind, sheet: known, tab: 'Tab 0', rows: 0, total: 0, wait: null }
        : kind === 'failed'
          ? { kind, sheet: known, failure: { kind: 'unreachable', retry: 'now' }, account: null }
          : { kind, sheet: known, wait: null };
  front.show({ sheet: sheetInFront('Autumn', 'autumn', 3) });
  expect(did).toEqual([]);
});
