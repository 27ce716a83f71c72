import type { LeadSource } from './source.ts';

/** Longer names are cut: the server keeps 300 characters. */
const MAX_NAME = 255;

/** A file from the dialog or a drop. What its bytes are is found out by reading, never by its name. */
export const csvFile: LeadSource = {
  id: 'csv-file',
  origin: 'csv',
  open: async (given) => {
    if (given.kind !== 'file') throw new Error('a file source needs a file');
    const { file } = given;
    return { name: lastPart(file.name).slice(0, MAX_NAME), bytes: file.size, blob: file };
  },
};

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
