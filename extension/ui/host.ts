import type { FrontSheets } from '../flow/front-sheet.ts';
import type { Place } from '../flow/import-flow.ts';
import type { LinkFlow } from '../flow/link-flow.ts';
import type { LinkedSheets } from '../flow/linked-sheets.ts';
import type { SheetFlow } from '../flow/sheet-flow.ts';

/** What the page around the import screen can do. Entrypoints make it of the platform's functions, tests of their own. */
export type Host = {
  readonly place: Place;
  /** In ms since the epoch. */
  now(): number;
  /** Carries the draft over to a tab, where a file can be dropped. Null in a tab. */
  readonly openTab: (() => void) | null;
  /** Carries the draft over to the side panel. Null in the panel, and where there is none. */
  readonly openPanel: (() => void) | null;
  readonly openOptions: () => void;
  /** Opens the workspace in a tab, at a place of it (`#/leads?…`). */
  readonly openWorkspace: (hash?: string) => void;
  /** Where the file dialog would close this page (the popup of Firefox): opens the tab that shows it instead. */
  readonly chooseInTab: (() => void) | null;
  /** Opened only to choose a file: the button for it takes the focus. */
  readonly choosing: boolean;
  /** Links to files, on their way to be the draft's file. */
  readonly links: LinkFlow;
  /** The Google Sheet in the tab in front. */
  readonly front: FrontSheets;
  /** Where the browser's question for a site would close this page (a popup): carries a link to the panel instead. */
  readonly linkElsewhere: ((address: string) => void) | null;
  /** Google Sheets, on their way to be the draft's cells. */
  readonly sheets: SheetFlow;
  /** Google Sheets that were imported before. */
  readonly linked: LinkedSheets;
  /** Where Google's window would close this page (a popup): carries a sheet's address, or none, to the panel instead. */
  readonly sheetElsewhere: ((address: string) => void) | null;
  /** Opens an address of the web in a tab. */
  readonly openAddress: (address: string) => void;
  readonly saveFile: (file: File) => void;
  readonly switchTheme: () => void;
};

/** Begins with a link, here or where that can be done. */
export function openLink({ linkElsewhere, links }: Host, address: string): void {
  if (linkElsewhere) linkElsewhere(address);
  else void links.open(address);
}

/** Begins with a Google Sheet, here or where that can be done; `name` as far as it is known. */
export function openSheet({ sheetElsewhere, sheets }: Host, address: string, name: string): void {
  if (sheetElsewhere) sheetElsewhere(address);
  else void sheets.open(address, name);
}
