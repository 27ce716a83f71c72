import type { SheetAddress, SheetAddressError } from '#shared/table/sheet-address.ts';
import type { SheetBook, SheetTab } from '#shared/table/sheet-book.ts';
import type { SheetTroubleOrGoogle } from '../sources/sheet-access.ts';

export type { NoClient, SheetTroubleOrGoogle } from '../sources/sheet-access.ts';

/** From a Google Sheet's address to its cells: what is known of it, what is being done, what is wrong. */
export type SheetView =
  | { readonly kind: 'closed' }
  /** The form; `refusal` = what was typed leads to no sheet. */
  | { readonly kind: 'asking'; readonly wish: SheetWish; readonly refusal: SheetAddressError | null }
  /** A sheet is known and nobody has signed in yet: nothing of it is read. */
  | { readonly kind: 'offered'; readonly sheet: KnownSheet }
  /** Nothing of the cells is read yet. */
  | { readonly kind: 'signingIn' | 'opening'; readonly sheet: KnownSheet; readonly wait: SheetWait | null }
  /** Its tabs are named; `gid` is the one to read, `range` as typed. */
  | {
      readonly kind: 'opened';
      readonly sheet: KnownSheet;
      readonly book: SheetBook;
      readonly account: string | null;
      readonly gid: number;
      readonly range: string;
      readonly isRangeRefused: boolean;
    }
  | {
      readonly kind: 'reading';
      readonly sheet: KnownSheet;
      readonly tab: string;
      /** Rows read, of the rows the tab has room for; 0 of 0 before the first answer. */
      readonly rows: number;
      readonly total: number;
      readonly wait: SheetWait | null;
    }
  | {
      readonly kind: 'failed';
      readonly sheet: KnownSheet;
      readonly failure: SheetTroubleOrGoogle;
      /** Who is signed in, as far as known; null with a token from elsewhere. */
      readonly account: string | null;
      readonly byToken?: true;
    };

/** What is asked for, as typed. */
export type SheetWish = {
  /** A link in any shape, or the id. */
  readonly text: string;
  readonly tab: string;
  readonly range: string;
  /** With a token somebody has got elsewhere: it is kept in this page's memory and goes to Google only. */
  readonly way: 'google' | 'token';
};
export const NO_WISH: SheetWish = { text: '', tab: '', range: '', way: 'google' };

/** A sheet somebody wants. */
export type KnownSheet = {
  readonly address: SheetAddress;
  /** The spreadsheet's name; empty while nobody has said it. */
  readonly name: string;
};

/** Google asks for patience; `until` in ms since 1970. */
export type SheetWait = { readonly until: number; readonly why: 'quota' | 'googleTrouble' | 'unreachable' };

/** A tab that can be read, the ones people see first. */
export function readableTabs(book: SheetBook): readonly SheetTab[] {
  const grids = book.tabs.filter(({ isGrid }) => isGrid);
  return [...grids.filter(({ hidden }) => !hidden), ...grids.filter(({ hidden }) => hidden)];
}
