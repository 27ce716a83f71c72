import { fireEvent, render, screen, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { ReadDraft, TableView } from '../../../extension/flow/draft.ts';
import type { ServerView } from '../../../extension/flow/view.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { fakeLinked, linkedSheet } from '../../support/fake-linked.ts';
import { fakeSheetFlow } from '../../support/fake-sheet-flow.ts';
import { MAPPING_WITH_PHONE, NOW, READ, SOURCE, TABLE, viewOf } from '../../support/ui-states.ts';

const FORTNIGHT_MS = 14 * 24 * 60 * 60 * 1_000;
const SINCE: NonNullable<TableView['since']> = {
  at: NOW - FORTNIGHT_MS,
  fresh: 212,
  again: 0,
  changed: 9,
  same: 981,
  removed: { count: 3, first: [12, 40, 41].map((line) => ({ line, name: line === 41 ? '' : `Person ${line}` })) },
  headersChanged: false,
  changedRule: 'overwrite',
};
const SHEET = { spreadsheetId: 's', gid: 7, title: 'Spring roadshow 2026', tab: 'Attendees' };

function show(since: Partial<typeof SINCE> = {}, draft: Partial<ReadDraft> = {}, server?: ServerView) {
  const table = { ...TABLE, since: { ...SINCE, ...since } };
  const read: ReadDraft = {
    ...READ,
    file: { ...READ.file, sheet: SHEET },
    list: { kind: 'existing', id: 'l1', name: 'Spring roadshow' },
    reading: { kind: 'ready', table, mapping: MAPPING_WITH_PHONE },
    since: { fresh: true, changed: 'overwrite' },
    ...draft,
  };
  const flow = fakeFlow(viewOf({ draft: read, ...(server ? { server } : {}) }));
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  return flow;
}
const heading = () => screen.getByRole('heading', { level: 1 }).textContent;
const MEMBERS_ONLY_FILL: ServerView = {
  kind: 'ready',
  address: 'http://localhost:8787',
  lists: [],
  customFields: [],
  withheld: { overwrite: true, undo: false },
};
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('a sheet that was imported before', () => {
  test('says first what is new, changed and gone since when, and how much is as it was', () => {
    show();
    expect(heading()).toBe('Since May 4: 212 new, 9 changed, 3 removed');
    expect(screen.getByText('981 rows are as they were.')).toBeTruthy();
    expect(screen.getByText(/Into the list Spring roadshow/)).toBeTruthy();
    expect(screen.getByText('Google Sheet, tab Attendees')).toBeTruthy();
  });

  test('goes straight to the preview of just those rows', () => {
    const flow = show();
    fireEvent.click(button('Preview 221 rows'));
    expect(flow.sent).toEqual([{ kind: 'wentTo', step: 'preview' }]);
  });

  test('new and changed rows can be left out, and the changed ones have a rule of their own', () => {
    const flow = show();
    const [fresh, changed] = screen.getAllByRole('checkbox');
    fireEvent.click(fresh as HTMLElement);
    fireEvent.click(changed as HTMLElement);
    fireEvent.change(screen.getByLabelText('What a changed row writes'), { target: { value: 'fill' } });
    expect(flow.sent).toEqual([
      { kind: 'sinceChosen', since: { fresh: false, changed: 'overwrite' } },
      { kind: 'sinceChosen', since: { fresh: true, changed: 'skip' } },
      { kind: 'sinceChosen', since: { fresh: true, changed: 'fill' } },
    ]);
  });

  test('counts on its button what is chosen, and none is nothing to preview', () => {
    show({}, { since: { fresh: false, changed: 'skip' } });
    expect(button('Preview 0 rows').getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('No row is chosen')).toBeTruthy();
  });

  test('rows that went are named on request; their leads stay', () => {
    show();
    expect(screen.queryByText('Person 12')).toBeNull();
    expect(screen.getByText(/Their leads stay\./)).toBeTruthy();
    fireEvent.click(button('Show 3'));
    expect(screen.getByText('Person 12')).toBeTruthy();
    expect(screen.getByText('was row 41')).toBeTruthy();
    expect(screen.getByText('Nobody named')).toBeTruthy();
  });

  test('rows that were left out the last time and have changed are told of', () => {
    show({ again: 3 });
    expect(screen.getByText(/3 were left out the last time, and have changed\./)).toBeTruthy();
  });

  test('nothing new is said as that, and there is nothing to click on but to be done', () => {
    const flow = show({ fresh: 0, changed: 0, removed: { count: 0, first: [] } });
    expect(heading()).toBe('Nothing new since May 4');
    fireEvent.click(button('Done'));
    expect(flow.asked).toEqual(['startOver']);
  });

  test('other columns lead to the mapping first', () => {
    const flow = show({ headersChanged: true });
    expect(screen.getByText('The columns of this sheet are other ones than the last time.')).toBeTruthy();
    fireEvent.click(button('Map 221 rows'));
    expect(flow.sent).toEqual([{ kind: 'wentTo', step: 'map' }]);
  });

  test('all rows can be imported again, and then only what is new after all', () => {
    const flow = show();
    fireEvent.click(button('Import all rows again'));
    expect(flow.sent).toEqual([{ kind: 'sinceChosen', since: 'all' }]);
  });

  test.each([
    ['overwrite', undefined, 'overwrite'],
    ['fill', undefined, 'fill'],
    ['overwrite', MEMBERS_ONLY_FILL, 'fill'],
  ] as const)(
    'of a sheet all of whose rows are wanted the way back is one click, with its own rule: %s',
    (changedRule, server, changed) => {
      const flow = show({ changedRule }, { since: 'all' }, server);
      fireEvent.click(button('Only what is new: 221 rows'));
      expect(flow.sent).toEqual([{ kind: 'sinceChosen', since: { fresh: true, changed } }]);
    },
  );

  test('who may not overwrite is told so, and fills blanks', () => {
    show({}, { since: { fresh: true, changed: 'fill' } }, MEMBERS_ONLY_FILL);
    expect(screen.queryByLabelText('What a changed row writes')).toBeNull();
    expect(screen.getByText(/Empty fields are filled\. In this workspace only admins overwrite/)).toBeTruthy();
  });
});

describe('the sheets that were imported before', () => {
  function start(links = [linkedSheet()], parts: Parameters<typeof fakeHost>[0] = {}) {
    const linked = fakeLinked(links);
    const host = fakeHost({ linked, ...parts });
    render(<ImportScreen flow={fakeFlow(viewOf({ draft: SOURCE }))} host={host} />);
    return { linked, host };
  }

  test('are listed with what they were imported into; where there are none nothing is said', () => {
    start();
    const row = button(/^Spring roadshow 2026, Attendees/);
    expect(within(row).getByText('Imported on May 4 into Spring roadshow')).toBeTruthy();
  });

  test('none, no list', () => {
    start([]);
    expect(screen.queryByText('Sheets you imported before')).toBeNull();
  });

  test('more than three are shown on request', () => {
    const many = Array.from({ length: 5 }, (_, at) => linkedSheet({ id: `s${at}` }));
    start(many);
    expect(screen.getAllByRole('button', { name: /^Spring roadshow 2026, Attendees/ })).toHaveLength(3);
    fireEvent.click(button('Show all 5'));
    expect(screen.getAllByRole('button', { name: /^Spring roadshow 2026, Attendees/ })).toHaveLength(5);
  });

  test('in a popup, which Google’s window would close, one is opened elsewhere', () => {
    const opened: string[] = [];
    start([linkedSheet()], { sheetElsewhere: (address) => opened.push(address) });
    fireEvent.click(button(/^Spring roadshow 2026, Attendees/));
    expect(opened).toEqual(['https://docs.google.com/spreadsheets/d/sheet-1/edit#gid=7']);
  });

  test('one is read by its number, with the account that read it the last time', () => {
    const sheets = fakeSheetFlow();
    const link = linkedSheet({ account: 'ann@example.com' });
    start([link], { sheets });
    fireEvent.click(button(/^Spring roadshow 2026, Attendees/));
    expect(sheets.asked).toEqual([`readAgain ${JSON.stringify({ ...link.origin, account: 'ann@example.com' })}`]);
  });

  test('each has its schedule and its history', () => {
    const { linked } = start([
      linkedSheet({
        schedule: 'hourly',
        history: [
          { at: NOW - 60_000, by: 'schedule', outcome: 'needsSignIn' },
          { at: NOW - FORTNIGHT_MS, by: 'person', outcome: 'imported', wrote: { saved: 1_191, updated: 2, rejected: 15 } },
        ],
      }),
    ]);
    expect(screen.getAllByText('Needs your Google sign-in')).toHaveLength(1);
    fireEvent.click(button('Schedule and history of Spring roadshow 2026, Attendees'));
    expect(screen.getAllByText('Needs your Google sign-in')).toHaveLength(2);
    expect(screen.getByText('Imported: 1,191 new leads, 2 updated, 15 skipped')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Look for new rows'), { target: { value: 'daily' } });
    expect(linked.did).toEqual(['schedule sheet-1/7/ daily']);
  });
});
