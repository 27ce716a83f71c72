import type { FakeCell, FakeSpreadsheet } from '../support/google/fake-sheets.ts';

/** Two spreadsheets of invented people, and the pages that show them: an address of Google's, and a title with the name. */

export const SPRING = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
export const AUTUMN = '1aUtUmNs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';

const HEADER = ['First Name', 'Last Name', 'Email', 'Phone', 'Company'];

/** A row of the sheets; `at` tells the phones apart. */
export function personRow(name: string, at: number): readonly FakeCell[] {
  return [name, 'Example', `${name.toLowerCase()}@example.com`, `(202) 555-01${at}`, 'Acme'];
}

export const SHEETS: readonly FakeSpreadsheet[] = [
  {
    id: SPRING,
    title: 'Spring roadshow 2026',
    tabs: [
      { gid: 0, title: 'Attendees', rows: [HEADER, personRow('Maya', 43), personRow('Tobias', 44), personRow('Nadia', 45)] },
      { gid: 7, title: 'Speakers', rows: [['Talks of the day'], [], HEADER, personRow('Chloe', 46), personRow('Samuel', 47)] },
    ],
  },
  { id: AUTUMN, title: 'Autumn fair', tabs: [{ gid: 0, title: 'Visitors', rows: [HEADER, personRow('Hana', 48)] }] },
];

/** The address of a spreadsheet as the editor shows it, or in another shape. */
export function sheetAddress(id: string, rest = 'edit#gid=0'): string {
  return `https://docs.google.com/spreadsheets/d/${id}/${rest}`;
}

/** What is answered under Google's address. */
export function sheetPage(url: string): string {
  const sheet = SHEETS.find(({ id }) => url.includes(id));
  const title = sheet ? `${sheet.title} - Google Sheets` : 'Google Sheets';
  return `<!doctype html><title>${title}</title><h1>${title}</h1>`;
}
