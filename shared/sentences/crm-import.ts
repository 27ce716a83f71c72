import { counted } from './en-words.ts';

/** What the receipt of an import from a CRM says besides. English. */

/** Records that were not any more as the preview showed them. */
export function changedRecordsLine(count: number, crm: string): string {
  const one = count === 1;
  return `${counted(count, 'record')} ${one ? 'has' : 'have'} changed in ${crm} since the preview: ${one ? 'it came as it is' : 'they came as they are'} now.`;
}
