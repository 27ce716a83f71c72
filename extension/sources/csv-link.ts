import type { LeadSource } from './source.ts';

/** A file behind a link, fetched by `fetchLink` after the user allowed its site. */
export const csvLink: LeadSource = {
  id: 'csv-link',
  origin: 'link',
  open: async (given) => {
    if (given.kind !== 'fetched') throw new Error('a link needs what was fetched from it');
    return given.file;
  },
};
