import type { ImportState } from '#shared/api/imports.ts';
import { day } from '../numbers.ts';

/** What an import is called: its file, else where it came from, with the day. Both times in ms. */
export function importName({ fileName, source, createdAt }: ImportState, now: number): string {
  return `${fileName ?? sourceName(source)}, ${day(Date.parse(createdAt), now)}`;
}

const SOURCES: ReadonlyMap<string, string> = new Map([
  ['csv', 'CSV file'],
  ['xlsx', 'Excel file'],
  ['paste', 'Pasted rows'],
  ['google-sheets', 'Google Sheet'],
  ['api', 'API'],
  ['hubspot', 'HubSpot'],
  ['salesforce', 'Salesforce'],
  ['sample', 'Sample file'],
]);

/** Where a lead or an import came from, in words; what we do not know is said as the server has it. */
export function sourceName(source: string): string {
  return SOURCES.get(source) ?? source;
}
