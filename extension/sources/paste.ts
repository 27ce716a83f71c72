import type { LeadSource } from './source.ts';

/**
 * A range copied from a spreadsheet: cells between tabs, those with tabs, quotes or line breaks in quotes. It is kept as
 * a UTF-8 file, so that whoever plans it again reads the same.
 */
export const paste: LeadSource = {
  id: 'paste',
  origin: 'paste',
  open: async (given) => {
    if (given.kind !== 'text') throw new Error('a paste needs a text');
    const blob = new Blob([given.text], { type: 'text/tab-separated-values' });
    return { name: 'Pasted rows', bytes: blob.size, blob };
  },
};
