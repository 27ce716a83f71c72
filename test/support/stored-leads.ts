import type { LeadAnswer } from '#shared/api/lead-schema.ts';

/** A stored lead as the server tells it; everybody is invented. */
export function makeLead(id: string, parts: Partial<LeadAnswer> = {}): LeadAnswer {
  return {
    id,
    version: 1,
    listIds: [],
    tags: [],
    customFields: [],
    owner: null,
    doNotContact: false,
    source: 'csv',
    createdAt: '2026-05-04T09:41:00Z',
    updatedAt: '2026-05-04T09:41:00Z',
    ...parts,
  };
}
