/** What an announced import may promise, each with its reason. */

/** Rows of one import: what a spreadsheet can hold. Millions of empty lines are no file of people. */
export const MAX_IMPORT_ROWS = 1_048_576;
/**
 * Chunks of one import. That many rows are 1,049 full chunks, and the largest file an operator can allow (1 GB) is cut by
 * its bytes into two to three thousand; beyond it is a mistake, and the list of missing ones would grow with it.
 */
export const MAX_IMPORT_CHUNKS = 10_000;
