import type { ImportView } from '../flow/view.ts';
import { countOf } from './numbers.ts';

/** Where the import stands, in a sentence for those who hear the page. Progress is said in tenths, not row by row. */
export function spokenState({ draft, sending }: ImportView): string {
  switch (draft.step) {
    case 'read':
      return draft.reading.kind === 'ready' ? `${countOf(draft.reading.table.facts.rowCount, 'row')} read.` : '';
    case 'check':
    case 'preview': {
      if (!draft.plan) return 'Checking.';
      const { valid, invalid } = draft.plan.summary;
      return `${countOf(valid, 'row')} valid, ${countOf(invalid, 'row')} invalid.`;
    }
    case 'importing': {
      if (!sending || sending.total === 0) return '';
      if (sending.kind === 'waiting') return 'The server doesn’t answer. The rows wait in this browser.';
      if (sending.kind === 'paused') return 'Paused.';
      const tenths = Math.floor((sending.rowsDone / sending.total) * 10);
      return `${tenths * 10} percent imported.`;
    }
    case 'receipt':
      return 'The import is done.';
    default:
      return '';
  }
}
