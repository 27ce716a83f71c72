import { SAMPLE_CSV } from '#shared/table/sample.data.ts';
import type { LeadSource } from './source.ts';

/** The bundled messy rows, to see what Leadline does with them before trusting it with real ones. */
export const sample: LeadSource = {
  id: 'sample',
  origin: 'sample',
  open: async () => {
    const blob = new Blob([SAMPLE_CSV], { type: 'text/csv' });
    return { name: 'sample.csv', bytes: blob.size, blob };
  },
};
