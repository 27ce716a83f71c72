import { counted } from './en-words.ts';

/** What the receipt of an import from a CRM says besides. English. */

/** Records that were not any more as the preview showed them. */
export function changedRecordsLine(count: number, crm: string): string {
  const have = count === 1 ? 'has' : 'have';
  return `${counted(count, 'record')} ${have} changed in ${crm} since the preview: the import went by what is there now.`;
}

/** Fields of leads that were here which hold another value there, and what becomes of them. `isPlan`: nothing was imported yet. */
export function differingFieldsLine(count: number, crm: string, isPlan: boolean): string {
  const fields = `${counted(count, 'field')} of leads that are here already ${count === 1 ? 'differs' : 'differ'} from ${crm}`;
  const decided = `the rule of each field ${isPlan ? 'decides' : 'decided'}, and both values ${isPlan ? 'will be' : 'are'} under Conflicts`;
  return `${fields}: ${decided}. Nothing is sent before the next sync: the dry run shows it.`;
}
