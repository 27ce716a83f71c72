import type { SheetOrigin } from '#shared/table/read-sheet-file.ts';

/** One way to bring leads in. From the bytes on everything is the same for all of them. */
export type LeadSource = {
  /** Unique among the sources; kept with a draft. */
  readonly id: string;
  /** What the server notes as the origin of the leads. */
  readonly origin: string;
  /** The bytes as they came, and the name to show; also the last part of a path is only a name here. */
  readonly open: (given: Given) => Promise<OpenedSource>;
};

/** What a person handed over. */
export type Given =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string }
  /** Got from elsewhere already. */
  | { readonly kind: 'fetched'; readonly file: OpenedSource }
  /** Cells that were read from a Google Sheet, kept as a file; `bytes` of their text. */
  | { readonly kind: 'sheet'; readonly name: string; readonly bytes: number; readonly blob: Blob; readonly sheet: SheetPlace }
  | { readonly kind: 'nothing' };

export type OpenedSource = {
  readonly name: string;
  readonly bytes: number;
  readonly blob: Blob;
  /** The address it was fetched from. */
  readonly from?: string;
  /** The tab of a Google Sheet it was read from. */
  readonly sheet?: SheetPlace;
};

/** Where in which spreadsheet, and the address of the account that read it; absent where Google did not say. */
export type SheetPlace = SheetOrigin & { readonly account?: string };
