import type { FrontSheet, FrontSheets, FrontView } from '../../extension/flow/front-sheet.ts';

/** A front that shows what it is given and writes down what a screen asks of it. */
export type FakeFront = FrontSheets & { readonly asked: string[]; show(view: Partial<FrontView>): void };

export function fakeFront(first: Partial<FrontView> = {}): FakeFront {
  let view: FrontView = { sheet: null, follows: false, wasRefused: false, ...first };
  const listeners = new Set<() => void>();
  const asked: string[] = [];
  return {
    asked,
    show: (next) => {
      view = { ...view, ...next };
      for (const listener of listeners) listener();
    },
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    follow: async () => void asked.push('follow'),
    unfollow: async () => void asked.push('unfollow'),
    close: () => {},
  };
}

/** A spreadsheet's page as the browser shows it. */
export function sheetInFront(name: string, spreadsheetId: string, gid: number): FrontSheet {
  return { name, sheet: { spreadsheetId, gid }, address: `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit#gid=${gid}` };
}
