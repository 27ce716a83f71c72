import { describe, test } from 'vitest';

/** What the customer's page promises of the other sources; each becomes a test where it is built. */

describe('import methods', () => {
  test.todo('leads come from Google Sheets');
});

describe('Google Sheets', () => {
  test.todo('it is chosen from the import methods');
  test.todo('it asks for an access token and a spreadsheet id');
  test.todo('the sheet name may be left out');
  test.todo('“Connect & Import” brings the rows in');
  test.todo('a sheet has the same fields as a file');
});
