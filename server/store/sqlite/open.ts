import type { Store } from '../store.ts';

export type OpenOptions = {
  /** Made 0700 if absent. */
  readonly folder: string;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** A serving process holds the folder alone; a short command beside it does not. */
  readonly exclusive: boolean;
};
/** Why the data folder cannot be used; the sentence for each is the operator's. */
export type OpenError =
  | { readonly code: 'folder_in_use'; readonly pid: number }
  | { readonly code: 'newer_database' }
  | { readonly code: 'unsafe_settings'; readonly setting: string; readonly found: string; readonly wanted: string };

/** Opens (and migrates) the database in a folder. Throws what is no `OpenError`. */
export function openStore(
  _options: OpenOptions,
): { readonly ok: true; readonly value: Store } | { readonly ok: false; readonly error: OpenError } {
  throw new Error('being written');
}
