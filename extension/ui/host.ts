import type { Place } from '../flow/import-flow.ts';

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
  readonly saveFile: (file: File) => void;
  readonly switchTheme: () => void;
};
