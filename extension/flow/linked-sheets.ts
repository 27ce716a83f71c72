import { sendMessage } from '../platform/messages.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { forgetSheet, scheduleSheet } from '../storage/sheet-links.ts';
import type { SheetLink, SheetSchedule } from '../storage/sheet-records.ts';
import { watchSheetLinks } from '../storage/watch.ts';

export type { SheetLink, SheetSchedule, SheetVisit, VisitOutcome } from '../storage/sheet-records.ts';

/** The Google Sheets this browser has imported and knows again. */
export type LinkedSheets = {
  /** The one that was imported last first. */
  view(): readonly SheetLink[];
  /** Calls `listener` after every change; gives the way to stop. */
  subscribe(listener: () => void): () => void;
  /** How often it is looked at by itself while the browser runs. */
  schedule(id: string, schedule: SheetSchedule): Promise<void>;
  /** The next time it is imported it is new. Its leads stay. */
  forget(id: string): Promise<void>;
  close(): void;
};

export type LinkedSheetEffects = {
  readonly database: Database;
  readonly now: () => number;
  /** Tells the background that another sheet is due. */
  readonly wake: () => Promise<unknown>;
};

/** The linked sheets as this page sees them; what another page or the background changes shows here. */
export function createLinkedSheets({ database, now, wake }: LinkedSheetEffects): LinkedSheets {
  const listeners = new Set<() => void>();
  let links: readonly SheetLink[] = [];
  const stop = watchSheetLinks(database, (next) => {
    links = next;
    for (const listener of listeners) listener();
  });
  return {
    view: () => links,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    schedule: async (id, schedule) => {
      await scheduleSheet(database, id, schedule, now());
      await wake();
    },
    forget: async (id) => {
      await forgetSheet(database, id);
      await wake();
    },
    close: () => {
      stop();
      listeners.clear();
    },
  };
}

/** The linked sheets of this browser. */
export function openLinkedSheets(): LinkedSheets {
  return createLinkedSheets({ database: openDatabase(), now: Date.now, wake: () => sendMessage({ kind: 'wake' }) });
}

/** The address of a linked sheet, as a browser would show it; B3: is from B3 on, since a link to B3 means all of the tab. */
export function linkedAddress({ origin }: Pick<SheetLink, 'origin'>): string {
  const { spreadsheetId, gid, range } = origin;
  return `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit#gid=${gid}${range === undefined ? '' : `&range=${range}${range.includes(':') ? '' : ':'}`}`;
}
