// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { h } from 'preact';
import { afterEach, describe, expect, test } from 'vitest';
import type { SheetView } from '../../extension/flow/sheet-flow.ts';
import { NO_WISH } from '../../extension/flow/sheet-state.ts';
import { ImportScreen } from '../../extension/ui/import-screen.tsx';
import { WorkspaceScreen } from '../../extension/ui/workspace/workspace-screen.tsx';
import { fakeFlow, fakeHost } from '../support/fake-flow.ts';
import { fakeSheetFlow } from '../support/fake-sheet-flow.ts';
import { fakeWorkspace } from '../support/fake-workspace.ts';
import { MAP, PREVIEWED, READ, RECEIPT, RECEIVED, SENDING, SOURCE, viewOf } from '../support/ui-states.ts';

/** What the customer's page says of the screen itself. What the steps do is in `csv-upload.test.ts`. */

const SPREADSHEET = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';

afterEach(cleanup);

function show(view: Parameters<typeof fakeFlow>[0]) {
  const flow = fakeFlow(view);
  const host = fakeHost();
  render(h(ImportScreen, { flow, host }));
  return { flow, host };
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('upload', () => {
  test('a file is chosen with “Choose file”', () => {
    const { flow } = show(viewOf({ draft: SOURCE }));
    const file = new File(['Email\nann@example.com\n'], 'leads.csv');
    expect(button('Choose file')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('File to import'), { target: { files: [file] } });
    expect(flow.files).toEqual([file]);
  });
  test('or dropped on the page', () => {
    const { flow } = show(viewOf({ draft: SOURCE }));
    const file = new File(['Email\n'], 'leads.csv');
    const event = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), {
      dataTransfer: { types: ['Files'], files: [file] },
    });
    document.body.dispatchEvent(event);
    expect(flow.files).toEqual([file]);
  });
  test('the size limit is said before', () => {
    show(viewOf({ draft: SOURCE }));
    expect(screen.getByText(/up to 10\s?MB/)).toBeTruthy();
  });
  test('“Download template” gives the file', () => {
    const { host } = show(viewOf({ draft: SOURCE }));
    fireEvent.click(button('Download template'));
    expect(host.saved[0]?.name).toMatch(/\.csv$/);
  });
  test('CSV is named as the method for beginners, first of several', () => {
    show(viewOf({ draft: SOURCE }));
    expect(screen.getByText(/^CSV \(easiest for beginners\), Excel or text/)).toBeTruthy();
    const [firstSheet] = screen.getAllByRole('button', { name: /sheet/i });
    expect(firstSheet?.compareDocumentPosition(button('Choose file'))).toBe(Node.DOCUMENT_POSITION_PRECEDING);
  });
  test('“Leads → Import” leads here', async () => {
    const workspace = fakeWorkspace(1);
    render(h(WorkspaceScreen, { host: workspace.host }));
    await screen.findByRole('heading', { name: /Leads|Home/ });
    fireEvent.click(await screen.findByRole('button', { name: 'Import' }));
    expect(workspace.did).toEqual(['openImporter']);
  });
});

describe('list', () => {
  test('an existing list is chosen from those there are', () => {
    const { flow } = show(viewOf({ draft: READ }));
    fireEvent.click(screen.getByLabelText('Existing list'));
    expect(flow.sent).toContainEqual({ kind: 'listChosen', list: { kind: 'existing', id: 'l1', name: 'My leads' } });
  });
});

describe('map', () => {
  test('required fields are marked, and one without a column is named', () => {
    show(viewOf({ draft: MAP }));
    expect(screen.getByText(/Phone is required, and no column feeds it yet/)).toBeTruthy();
  });
});

describe('preview and import', () => {
  test('the first 10 records are announced as such', () => {
    show(viewOf({ draft: PREVIEWED }));
    expect(screen.getByText(/First .*rows as they will be stored|First 10/)).toBeTruthy();
  });
  test('Import saves', () => {
    const { flow } = show(viewOf({ draft: PREVIEWED }));
    fireEvent.click(button(/^Import [\d,]+ leads$/));
    expect(flow.asked).toContain('confirm');
  });
  test('the receipt says how many were saved and where, and how many were skipped', () => {
    show(viewOf({ draft: RECEIVED, sending: { ...SENDING, kind: 'done', receipt: RECEIPT } }));
    expect(screen.getByText('2,299 leads saved to Q4 Webinar.')).toBeTruthy();
    expect(screen.getByText(/58 invalid records skipped\./)).toBeTruthy();
  });
});

describe('Google Sheets', () => {
  function showSheets(view: SheetView) {
    const sheets = fakeSheetFlow(view);
    render(h(ImportScreen, { flow: fakeFlow(viewOf({ draft: SOURCE })), host: fakeHost({ sheets }) }));
    return sheets;
  }
  const fill = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });

  test('it is chosen from the import methods', () => {
    const sheets = showSheets({ kind: 'closed' });
    fireEvent.click(button(/^Google Sheets/));
    expect(sheets.asked).toEqual(['ask {}']);
  });

  test('it asks for an access token, a spreadsheet ID and, if wanted, a sheet name; “Connect & Import” goes on with them', () => {
    const sheets = showSheets({ kind: 'asking', wish: NO_WISH, refusal: null });
    fireEvent.click(button('Use an access token instead'));
    fill('Access token', 'ya29.x');
    fill('Spreadsheet ID', SPREADSHEET);
    expect(screen.getByLabelText('Sheet name')).toBeTruthy();
    fireEvent.click(button('Connect & Import'));
    expect(sheets.asked).toEqual([`connect ${JSON.stringify({ text: SPREADSHEET, tab: '', range: '', way: 'token', token: 'ya29.x' })}`]);
  });
});
