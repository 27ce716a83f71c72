import { csvFile } from './csv-file.ts';
import { csvLink } from './csv-link.ts';
import { googleSheet } from './google-sheet.ts';
import { paste } from './paste.ts';
import { sample } from './sample.ts';
import type { LeadSource } from './source.ts';

/** Every source, in the order of the screen. */
export const SOURCES = [csvFile, googleSheet, csvLink, paste, sample] as const satisfies readonly LeadSource[];

/** The source with this id; a draft may name one that a newer version no longer has. */
export function sourceById(id: string): LeadSource | null {
  return SOURCES.find((source) => source.id === id) ?? null;
}
