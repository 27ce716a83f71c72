import { describe, test } from 'vitest';

/** What the customer's page promises of the other sources; each becomes a test where it is built. */

describe('import methods', () => {
  test.todo('leads come from Google Sheets');
  test.todo('leads come from HubSpot');
  test.todo('leads come from Salesforce');
});

describe('Google Sheets', () => {
  test.todo('it is chosen from the import methods');
  test.todo('it asks for an access token and a spreadsheet id');
  test.todo('the sheet name may be left out');
  test.todo('“Connect & Import” brings the rows in');
  test.todo('a sheet has the same fields as a file');
});

describe('HubSpot', () => {
  test.todo('it needs the premium plan and a HubSpot account, and says so before one starts');
  test.todo('contacts and their properties come over');
  test.todo('changes go both ways');
  test.todo('deals are tracked');
  test.todo('activities are logged');
  test.todo('“Authorize & Import” leads to the consent, and the contacts are imported by themselves after it');
});

describe('Salesforce', () => {
  test.todo('it needs the premium plan and a Salesforce account, and says so before one starts');
  test.todo('leads and contacts come over and stay in step');
  test.todo('custom fields come over');
  test.todo('campaigns are tracked');
  test.todo('opportunities come over');
  test.todo('“Authorize & Import” leads to the consent, and the leads are imported by themselves after it');
});

describe('good practice', () => {
  test.todo('syncs with HubSpot and Salesforce can be scheduled');
});
