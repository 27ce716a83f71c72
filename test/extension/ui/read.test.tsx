import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { TableView } from '../../../extension/flow/draft.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import type { FileFacts, ReadOptions } from '../../../shared/table/table.ts';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { READ, REPORT_TABLE, TABLE, viewOf } from '../../support/ui-states.ts';

function show(table: Partial<TableView> & { readonly facts?: FileFacts } = {}, read: ReadOptions = {}, base: TableView = TABLE) {
  const flow = fakeFlow(viewOf({ draft: { ...READ, read, reading: { kind: 'ready', table: { ...base, ...table }, mapping: [] } } }));
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  return flow;
}
const showReport = (read: ReadOptions = {}) => show({}, read, REPORT_TABLE);
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const chosen = (options: ReadOptions) => [{ kind: 'readOptionsChosen', options }];

describe('the lines of the file', () => {
  test('what stands above and below the table is seen where it is, and why it is no row', () => {
    showReport();
    expect(screen.getByText('Spring roadshow').closest('tr')?.textContent).toContain('Note, skipped');
    expect(screen.getByText('Total, 2547').closest('tr')?.textContent).toContain('Total, skipped');
    expect(screen.getByText('Blank, skipped')).toBeTruthy();
  });

  test('a click on the number of a line makes it the header', () => {
    const flow = showReport({ encoding: 'utf-8' });
    fireEvent.click(button('Use line 5 as the header'));
    fireEvent.click(button('Use line 4 as the header'));
    expect(flow.sent).toEqual(chosen({ encoding: 'utf-8', headerRow: 5 }));
    expect(button('Use line 4 as the header').getAttribute('aria-pressed')).toBe('true');
  });

  test('who chose it by keyboard is still there when the file is read', async () => {
    const flow = showReport();
    button('Use line 5 as the header').focus();
    const facts = { ...REPORT_TABLE.facts, headerRow: 5, preambleRows: 4, rowCount: 2546 };
    const above = { line: 4, kind: 'preamble' as const, cells: TABLE.headers };
    const table = {
      ...REPORT_TABLE,
      facts,
      headers: TABLE.firstRows[0] ?? [],
      firstRows: TABLE.firstRows.slice(1),
      firstLines: REPORT_TABLE.firstLines.slice(1),
      skipped: [...(REPORT_TABLE.skipped ?? []), above],
    };
    flow.show(viewOf({ draft: { ...READ, read: { headerRow: 5 }, reading: { kind: 'ready', table, mapping: [] } } }));
    await waitFor(() => expect(button('Use line 5 as the header').getAttribute('aria-pressed')).toBe('true'));
    expect(document.activeElement).toBe(button('Use line 5 as the header'));
  });

  test('the list of headers shows how each line begins, and that there may be none', () => {
    const flow = showReport();
    const header = screen.getByLabelText('Header');
    expect(within(header).getByText(/^Line 1: Spring roadshow/)).toBeTruthy();
    expect(within(header).getByText(/^Line 4: First Name, Last Name/)).toBeTruthy();
    fireEvent.change(header, { target: { value: '0' } });
    expect(flow.sent).toEqual(chosen({ headerRow: 0 }));
  });

  test('a header below the end of the table chosen before forgets that end', () => {
    const flow = showReport({ headerRow: 1, lastRow: 3 });
    fireEvent.click(button('Use line 6 as the header'));
    expect(flow.sent).toEqual(chosen({ headerRow: 6 }));
  });

  test('without a header the columns are numbered', () => {
    show({
      headers: [],
      facts: { ...TABLE.facts, headerRow: 0 },
      suggestions: TABLE.suggestions.map((one) => ({ ...one, label: `Column ${one.index + 1}` })),
    });
    expect(screen.getByRole('columnheader', { name: 'Column 9' })).toBeTruthy();
    expect(screen.getByText('None')).toBeTruthy();
  });
});

describe('lines that are no rows', () => {
  test('they are counted, and each kind can be opened to see its lines', () => {
    showReport();
    const skipped = button(/^Skipped/);
    expect(skipped.textContent).toBe('Skipped3 lines above, 1 total, 1 test row');
    expect(skipped.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(skipped);
    expect(skipped.getAttribute('aria-expanded')).toBe('true');
    const shown = within(screen.getByRole('region', { name: 'Lines that are no rows' }));
    expect(shown.getByText('1 test row').closest('details')?.textContent).toContain('<test lead: dummy data for first_name>');
    expect(shown.getByText('3 lines above the table').closest('details')?.textContent).toContain('Exported 18 May 2026');
  });

  test('they can be kept as rows, and skipped again', () => {
    const flow = showReport();
    fireEvent.click(button(/^Skipped/));
    fireEvent.click(button('Keep these as rows'));
    expect(flow.sent).toEqual(chosen({ keepRows: true }));
  });

  test('what was kept as rows can be skipped again', () => {
    const flow = show({}, { keepRows: true });
    fireEvent.click(button('Skip them again'));
    expect(flow.sent).toEqual(chosen({ keepRows: false }));
  });

  test('where every line is a row, nothing is said of it', () => {
    show();
    expect(screen.queryByRole('button', { name: /^Skipped/ })).toBeNull();
  });
});

describe('the encoding', () => {
  const unsure = { ...TABLE.facts, encoding: 'windows-1250', encodingSure: false };
  const encodings = [
    { encoding: 'windows-1250', cells: ['Novák', 'Plzeň'] },
    { encoding: 'windows-1252', cells: ['Novák', 'Plzeò'] },
  ];

  test('every encoding is listed by what people call it', () => {
    show();
    expect(within(screen.getByLabelText('Encoding', { exact: true })).getByText('Japanese (Shift-JIS)')).toBeTruthy();
  });

  test('where it is not sure, the same names are shown in the likeliest ones, and one click chooses', () => {
    const flow = show({ facts: unsure, encodings });
    expect(screen.getByText('Do these names look right?')).toBeTruthy();
    expect(button(/^Novák · Plzeň/).getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(button(/^Novák · Plzeò/));
    fireEvent.click(button(/^Novák · Plzeň/));
    expect(flow.sent).toEqual([...chosen({ encoding: 'windows-1252' }), ...chosen({ encoding: 'windows-1250' })]);
  });

  test('the focus goes to the heading when the question is answered, and so is gone', async () => {
    const flow = show({ facts: unsure, encodings });
    button(/^Novák · Plzeò/).focus();
    flow.show(viewOf({ draft: READ }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 })));
  });

  test('where it is sure, nothing is asked, and it says which letters it read', () => {
    show();
    expect(screen.queryByText('Do these names look right?')).toBeNull();
    expect(screen.getByText(/Chloé/, { selector: 'li span' })).toBeTruthy();
  });

  test('letters that went wrong before are mended, marked, and given back with one click', () => {
    const flow = show({ facts: { ...TABLE.facts, repairedRows: 12 }, mendedLines: [3] });
    expect(screen.getByText('Mended').closest('tr')?.textContent).toContain('Tobias');
    expect(screen.getByText(/^12 rows had letters that went wrong before/)).toBeTruthy();
    fireEvent.click(button('Take it back'));
    expect(flow.sent).toEqual(chosen({ repair: false }));
  });

  test('what was given back can be mended again', () => {
    const flow = show({}, { repair: false });
    fireEvent.click(button('Mend them'));
    expect(flow.sent).toEqual(chosen({ repair: true }));
  });
});

describe('the quotes', () => {
  test('what quotes the cells is shown, and chosen otherwise with one click', () => {
    const flow = show({}, { delimiter: ';' });
    const quotes = screen.getByLabelText('Quotes');
    expect(
      within(quotes)
        .getAllByRole('option')
        .map((option) => option.textContent),
    ).toEqual(['Double quotes', 'Single quotes', 'None: quotes are text']);
    fireEvent.change(quotes, { target: { value: 'none' } });
    expect(flow.sent).toEqual(chosen({ delimiter: ';', quote: 'none' }));
  });

  test('a rare style is in the list where it was found', () => {
    show({ facts: { ...TABLE.facts, quote: 'lines' } });
    expect(within(screen.getByLabelText('Quotes')).getByText('Around whole lines')).toBeTruthy();
  });

  test.each([
    ['paste', ['Separator', 'Quotes']],
    ['google-sheet', []],
    ['csv-file', ['Encoding', 'Separator', 'Quotes']],
  ])('what never was bytes or text has no such choice: %s', (source, names) => {
    const draft = { ...READ, file: { ...READ.file, source } };
    render(<ImportScreen flow={fakeFlow(viewOf({ draft }))} host={fakeHost()} />);
    expect(['Encoding', 'Separator', 'Quotes'].filter((name) => screen.queryByLabelText(name))).toEqual(names);
  });

  test('a workbook has none', () => {
    show({ sheets: [{ name: 'A', hidden: false }], sheet: 'A' });
    expect(screen.queryByLabelText('Quotes')).toBeNull();
    expect(screen.queryByLabelText('Encoding')).toBeNull();
  });
});

describe('several tables', () => {
  const table = {
    facts: { ...TABLE.facts, headerRow: 4, rowCount: 120 },
    skipped: [
      { line: 3, kind: 'preamble' as const, cells: ['People', '', ''] },
      { line: 129, kind: 'footer' as const, cells: ['Companies', '', ''] },
    ],
    otherTables: [{ headerRow: 130, lastRow: 144, rows: 14, headers: ['Company', 'City'] }],
  };

  test('all are named with their rows, and another one is chosen with one click', () => {
    const flow = show(table, { keepRows: true });
    expect(screen.getByText('This file holds 2 tables.')).toBeTruthy();
    expect(button('People 120 rows').getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(button('People 120 rows'));
    fireEvent.click(button('Companies 14 rows'));
    expect(flow.sent).toEqual(chosen({ keepRows: true, headerRow: 130, lastRow: 144 }));
  });

  test('a table without a title is called by its columns', () => {
    show({ ...table, skipped: [] });
    expect(button('Company, City 14 rows')).toBeTruthy();
  });
});

describe('a workbook', () => {
  const sheets = [
    { name: 'People', hidden: false },
    { name: 'Old', hidden: true },
  ];

  test('another sheet is chosen from a list, hidden ones are named so; it has its own lines', () => {
    const flow = show({ sheets, sheet: 'People' }, { headerRow: 3, lastRow: 9, includeHidden: true });
    expect(screen.queryByLabelText('Separator')).toBeNull();
    expect(within(screen.getByLabelText('Sheet')).getByText('Old (hidden)')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Sheet'), { target: { value: 'Old' } });
    expect(flow.sent).toEqual(chosen({ includeHidden: true, sheet: 'Old' }));
  });

  test('hidden rows are left out and marked, unless they are included', () => {
    const flow = show({ sheets, sheet: 'People', hiddenRows: 8, hiddenLines: [3] });
    expect(screen.getByText('Hidden, left out').closest('tr')?.textContent).toContain('Tobias');
    expect(screen.getByText(/^8 hidden rows are left out/)).toBeTruthy();
    fireEvent.click(button('Include them'));
    expect(flow.sent).toEqual(chosen({ includeHidden: true }));
  });

  test('once included they can be left out again', () => {
    const flow = show({ sheets, sheet: 'People', hiddenRows: 1, hiddenLines: [3] }, { includeHidden: true });
    fireEvent.click(button('Leave it out'));
    expect(flow.sent).toEqual(chosen({ includeHidden: false }));
  });
});
