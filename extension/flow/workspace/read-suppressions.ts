import { cleanSuppressed, guessKind, type SuppressionKind } from '#shared/lead/suppressed-value.ts';
import { MAX_SUPPRESSIONS_PER_CALL } from '#shared/limits.ts';
import type { FileError } from '#shared/problems.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { readFile } from '#shared/table/read-file.ts';

/** A value for the opt-out list, as it will be stored. */
export type FoundEntry = { readonly kind: SuppressionKind; readonly value: string };
/** What a column of a file, or a pasted text, holds for the list. */
export type FoundColumn = {
  readonly label: string;
  /** Each value once. */
  readonly entries: readonly FoundEntry[];
  /** Texts that are no address, domain or phone; blanks are none. */
  readonly skipped: readonly string[];
};

/** Reads pasted text: values parted by lines, commas, semicolons or tabs. `country` reads phones without a +. */
export function readPastedEntries(text: string, country: string): FoundColumn {
  return readColumn('Pasted text', text.split(/[\r\n\t,;]+/), country);
}

/**
 * Reads a file of opt-outs: its columns that hold some, the one that holds most first. A text without a table (one
 * value a line, and no header) is one column. Errors: those of `readFile`, where no text can be read either.
 */
export async function readEntriesFile(bytes: Uint8Array, country: string): Promise<Result<readonly FoundColumn[], FileError>> {
  const table = await readFile(bytes);
  if (!table.ok) return NO_TABLE.has(table.error.code) ? ok(withEntries([readPastedEntries(decode(bytes), country)])) : fail(table.error);
  const { headers, rows, facts, skipped = [] } = table.value;
  const columns = Array.from({ length: facts.columnCount }, (_, index) => {
    const header = headers[index] ?? '';
    const isValue = entryOf(header, country) !== null; // the first value of a list without a header
    const cells = [
      ...(isValue ? [header] : []),
      ...rows.map((row) => row[index] ?? ''),
      ...skipped.map(({ cells: left }) => left[index] ?? ''),
    ];
    return readColumn(isValue || header.trim() === '' ? `Column ${index + 1}` : header, cells, country);
  });
  return ok(withEntries(columns));
}

/** Files that are texts, but no tables. */
const NO_TABLE: ReadonlySet<FileError['code']> = new Set(['file_no_table', 'file_header_only']);

function withEntries(columns: readonly FoundColumn[]): readonly FoundColumn[] {
  return columns.filter(({ entries }) => entries.length > 0).sort((a, b) => weightOf(b) - weightOf(a));
}

/** The surest kind decides: a column of company domains beside one of addresses is not what somebody means to shut out. */
const WEIGHT: { readonly [K in SuppressionKind]: number } = { email: 1_000, phone: 10, domain: 1 };

function weightOf({ entries }: FoundColumn): number {
  return entries.reduce((sum, { kind }) => sum + WEIGHT[kind], 0);
}

function readColumn(label: string, texts: readonly string[], country: string): FoundColumn {
  const entries = new Map<string, FoundEntry>();
  const skipped: string[] = [];
  for (const text of texts.map((one) => one.trim())) {
    if (text === '') continue;
    const entry = entryOf(text, country);
    if (entry) entries.set(`${entry.kind} ${entry.value}`, entry);
    else skipped.push(text);
  }
  return { label, entries: [...entries.values()], skipped };
}

/** What a text is by its looks; null where it is nothing that can be shut out. */
export function entryOf(text: string, country: string): FoundEntry | null {
  const kind = guessKind(text);
  const value = cleanSuppressed(kind, text, country);
  return value === null ? null : { kind, value };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Lists of at most what one call takes. */
export function inCalls(entries: readonly FoundEntry[]): readonly (readonly FoundEntry[])[] {
  const calls = Math.ceil(entries.length / MAX_SUPPRESSIONS_PER_CALL);
  return Array.from({ length: calls }, (_, call) =>
    entries.slice(call * MAX_SUPPRESSIONS_PER_CALL, (call + 1) * MAX_SUPPRESSIONS_PER_CALL),
  );
}
