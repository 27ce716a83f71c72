import { readSheetAddress, type SheetAddress } from '#shared/table/sheet-address.ts';
import type { FrontPage } from '../platform/front-page.ts';

/** A Google Sheet in the tab in front, as far as its address and title tell: no cell of it is read. */
export type FrontSheet = {
  /** As the browser shows it. */
  readonly address: string;
  readonly sheet: SheetAddress;
  /** The spreadsheet's name; empty while its page is still loading. */
  readonly name: string;
};
export type FrontView = {
  readonly sheet: FrontSheet | null;
  /** Sheets are seen in every tab that comes to the front; otherwise only where the toolbar button was clicked. */
  readonly follows: boolean;
  /** The user was asked and said no. */
  readonly wasRefused: boolean;
};

export type FrontSheets = {
  view(): FrontView;
  /** Calls `listener` after every change; gives the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Asks the browser for the site of Google's documents. Call it as the first thing of a click. */
  follow(): Promise<void>;
  /** Gives that site back. */
  unfollow(): Promise<void>;
  close(): void;
};

export type FrontEffects = {
  readonly frontPage: () => Promise<FrontPage | null>;
  readonly watchFront: (listener: () => void) => () => void;
  readonly hasAccess: (address: string) => Promise<boolean>;
  readonly ask: (address: string) => Promise<boolean>;
  readonly giveBack: (address: string) => Promise<void>;
};

const SITE = 'docs.google.com';
/** Whose permission it is to follow the tabs. */
export const DOCUMENTS = `https://${SITE}/`;

/** What is in front of one page of ours, known once this settles. Addresses of any other site are let fall unread. */
export async function watchFrontSheet(effects: FrontEffects): Promise<FrontSheets> {
  const listeners = new Set<() => void>();
  let view: FrontView = { sheet: null, follows: false, wasRefused: false };
  let looks = 0;

  async function look(): Promise<void> {
    looks += 1;
    const mine = looks;
    const [page, follows] = await Promise.all([effects.frontPage(), effects.hasAccess(DOCUMENTS)]);
    if (mine === looks) show({ sheet: page && sheetOn(page), follows, wasRefused: view.wasRefused && !follows });
  }

  function show(next: FrontView): void {
    if (isSame(view, next)) return;
    view = next;
    for (const listener of listeners) listener();
  }

  const stop = effects.watchFront(() => void look());
  await look();
  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    follow: async () => {
      const granted = await effects.ask(DOCUMENTS);
      show({ ...view, wasRefused: !granted });
      await look();
    },
    unfollow: async () => {
      await effects.giveBack(DOCUMENTS);
      await look();
    },
    close: () => {
      stop();
      looks += 1;
      listeners.clear();
    },
  };
}

/** The sheet a page shows; null for any other page, of Google's documents too. */
export function sheetOn({ address, title }: FrontPage): FrontSheet | null {
  if (!URL.canParse(address) || new URL(address).hostname !== SITE) return null;
  const sheet = readSheetAddress(address);
  return sheet.ok ? { address, sheet: sheet.value, name: nameOfTitle(title) } : null;
}

/** Says whether an address leads to another spreadsheet than this place, or to another tab of it. */
export function isElsewhere(front: SheetAddress, place: Pick<SheetAddress, 'spreadsheetId' | 'gid'>): boolean {
  if (front.spreadsheetId !== place.spreadsheetId) return true;
  return front.gid !== undefined && place.gid !== undefined && front.gid !== place.gid;
}

/** A page is called after its spreadsheet, then after Google's program in the user's language; before it has loaded, by its address. */
function nameOfTitle(title: string): string {
  const text = title.trim();
  if (/^(?:https?:\/\/|docs\.google\.com\b)/i.test(text) || /^Google\s\S{1,20}$/.test(text)) return '';
  const end = text.search(/\s[-–—]\s(?:[^-–—]{0,30}\s)?Google(?:\s[^-–—]{1,30})?$/u);
  return end < 0 ? text : text.slice(0, end).trim();
}

function isSame(one: FrontView, other: FrontView): boolean {
  const isSameSheet = one.sheet?.address === other.sheet?.address && one.sheet?.name === other.sheet?.name;
  return isSameSheet && one.follows === other.follows && one.wasRefused === other.wasRefused;
}
