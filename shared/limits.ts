/** Every number the product promises, each with its reason. Code and tests read them from here. */

/** A file, counted on decoded bytes: what the customer's page promises. An operator can raise it. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** More columns than any export we have seen (the widest has 201); beyond it the text is not a table of people. */
export const MAX_COLUMNS = 512;
/** Rows of a file, blank ones included: what a spreadsheet can hold. Millions of line ends would block the server for seconds. */
export const MAX_ROWS = 1_048_576;
/**
 * A workbook unpacked, as a multiple of the limit on a file: its XML spends about six bytes on each of text, and what
 * was packed a thousand times smaller would fill the memory.
 */
export const MAX_UNPACKED_PER_BYTE = 12;
/** A cell, in UTF-8 bytes: longer than any note, short enough that a row fits a chunk. */
export const MAX_CELL_BYTES = 32 * 1024;
/** Rows in one chunk: one transaction blocks the server for about 10 ms (measured). */
export const CHUNK_ROWS = 1_000;
/** A chunk is cut before its JSON body passes this many bytes. */
export const CHUNK_TARGET_BYTES = 900 * 1_000;
/** The server refuses a chunk above this many decoded bytes. */
export const MAX_CHUNK_BYTES = 1024 * 1024;
/** Leads in one call of POST /api/leads. */
export const MAX_LEADS_PER_CALL = 10_000;
/** Entries of the suppression list in one call. */
export const MAX_SUPPRESSIONS_PER_CALL = 10_000;
/** Rows of the preview. */
export const PREVIEW_ROWS = 10;
/** Page size of lists of leads, and its ceiling. */
export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 500;
/** Of the text that lists, views and campaigns of a CRM are searched by. */
export const MAX_SCOPE_SEARCH = 200;
/** E.164 (ITU-T) allows 15 digits in all; below 8 only where the numbering plan knows the number. */
export const MAX_PHONE_DIGITS = 15;
export const MIN_PHONE_DIGITS = 8;

export const DAY_MS = 24 * 60 * 60 * 1_000;
/** How long things stay. */
export const RETENTION = {
  /** A draft nobody touched. */
  draftMs: 14 * DAY_MS,
  /** Undo values, originals of rejected and review rows, stored answers. */
  originalsMs: 30 * DAY_MS,
} as const;

/** A pairing code: short enough to type, gone before anybody guesses it. */
export const PAIRING_CODE_MS = 5 * 60 * 1_000;
/** An invitation: whoever gets it may be on holiday. */
export const INVITE_MS = 7 * DAY_MS;
/** Attempts a minute and address at pairing, and with a wrong key. */
export const GUESSES_PER_MINUTE = 5;
/** Requests a second for a valid key on a server that is not loopback. */
export const REQUESTS_PER_SECOND = 100;

/** New records that a run makes in a CRM before a person is asked: more are more likely a scope chosen by mistake than a wish. */
export const MAX_CRM_CREATES = 100;
/** Records of a CRM that one import takes: they are held in memory between its preview and its end. */
export const MAX_CRM_RECORDS = 200_000;
