import type { SheetFlow, SheetView } from '../../extension/flow/sheet-flow.ts';

/** Sheets that show the view they are given and write down what a screen asks of them. */
export type FakeSheetFlow = SheetFlow & { readonly asked: string[]; show(view: SheetView): void };

export function fakeSheetFlow(first: SheetView = { kind: 'closed' }, account: string | null = null): FakeSheetFlow {
  let view = first;
  const listeners = new Set<() => void>();
  const asked: string[] = [];
  return {
    asked,
    show: (next) => {
      view = next;
      for (const listener of listeners) listener();
    },
    view: () => view,
    account: () => account,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask: (wish = {}) => void asked.push(`ask ${JSON.stringify(wish)}`),
    connect: async (wish, token) => void asked.push(`connect ${JSON.stringify({ ...wish, ...(token === undefined ? {} : { token }) })}`),
    open: async (text, name = '') => void asked.push(`open ${text} ${name}`.trim()),
    offer: (text, name = '') => void asked.push(`offer ${text} ${name}`.trim()),
    readAgain: async (place) => void asked.push(`readAgain ${JSON.stringify(place)}`),
    signIn: async ({ choose = false } = {}) => void asked.push(choose ? 'signIn as another' : 'signIn'),
    choose: (choice) => void asked.push(`choose ${JSON.stringify(choice)}`),
    backToTabs: () => void asked.push('backToTabs'),
    read: async () => void asked.push('read'),
    again: async () => void asked.push('again'),
    cancel: () => void asked.push('cancel'),
    leave: () => void asked.push('leave'),
    close: () => {},
  };
}
