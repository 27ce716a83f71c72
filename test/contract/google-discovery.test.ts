import { expect, test } from 'vitest';
import { sleep } from '../../extension/platform/google-sheets.ts';
import { openGoogleSheet, readGoogleSheet } from '../../extension/sources/google-sheet.ts';
import { faultsOf, methodOf, oddParts, readDiscovery } from '../support/google/discovery.ts';
import { SHEETS_SCOPE } from '../support/google/fake-google-auth.ts';
import { readFieldMask } from '../support/google/field-mask.ts';
import { fetchInto, makeGoogle } from '../support/google/start-google.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const discovery = readDiscovery();

/** What is asked when a sheet is read, and what the fake answers. */
async function readOnce() {
  const google = makeGoogle({
    spreadsheets: [
      {
        id: ID,
        title: 'Webinar',
        tabs: [
          {
            gid: 0,
            title: 'Leads',
            rows: [['Name', 'Score', 'Came'], ['Ann', { shown: '4.1E+09', value: 4_100_000_000 }, true], [], [null, '#N/A', 'x']],
            hiddenRows: [1],
            filteredRows: [2],
            merges: [{ sheetId: 0, startRowIndex: 1, endRowIndex: 3, startColumnIndex: 0, endColumnIndex: 1 }],
          },
          { gid: 5, title: 'Old', hidden: true, rows: [] },
          { gid: 7, title: 'Chart', sheetType: 'OBJECT', rows: [] },
        ],
      },
    ],
  });
  const answers: { readonly line: string; readonly body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await fetchInto(google)(input, init);
    answers.push({ line: google.sheets.requests.at(-1) ?? '', body: await response.clone().json() });
    return response;
  };
  const access = {
    apiUrl: 'http://google.test',
    accessToken: google.auth.grant('ann@example.com'),
    fetch,
    now: () => 0,
    random: () => 0,
    sleep,
  };
  const book = await openGoogleSheet(access, { spreadsheetId: ID });
  const cells = book.ok ? await readGoogleSheet(access, book.value, { gid: 0 }) : book;
  expect(cells.ok).toBe(true);
  // Everything Google can say of a spreadsheet that the fake says, too.
  await fetch(`http://google.test/v4/spreadsheets/${ID}`, { headers: { Authorization: `Bearer ${access.accessToken}` } });
  return answers;
}

test.skipIf(discovery === null)(
  'the loopback Sheets answers as Google’s own description of the API has it, and is asked as it',
  async () => {
    if (!discovery) return;
    const answers = await readOnce();
    expect(answers.length).toBeGreaterThan(4);
    for (const { line, body } of answers) {
      const method = methodOf(discovery, line);
      if (!method) throw new Error(`Google has no method for ${line}`);
      const fields = new URL(line.split(' ')[1] ?? '', 'http://google.test').searchParams.get('fields');
      expect(oddParts(discovery, method, line, fields === null ? null : readFieldMask(fields)), line).toEqual([]);
      expect(faultsOf(discovery, method.response, body), line).toEqual([]);
      expect(method.scopes, line).toContain(SHEETS_SCOPE);
    }
  },
);

test.skipIf(discovery === null)('what Google does not say is found', () => {
  if (!discovery) return;
  const schema = { $ref: 'Spreadsheet' };
  expect(faultsOf(discovery, schema, { name: 'x' })).toEqual(['$.name is not Google’s']);
  expect(faultsOf(discovery, schema, { sheets: [{ properties: { sheetId: '0', sheetType: 'CHART' } }] })).toHaveLength(2);
  expect(methodOf(discovery, 'GET /v4/sheets/x')).toBeNull();
});
