import type { Link, LinkFlow, LinkView } from '../../extension/flow/link-flow.ts';

/** Links that show the view they are given and write down what a screen asks of them. */
export type FakeLinks = LinkFlow & { readonly asked: string[]; show(view: LinkView, front?: Link | null): void };

export function fakeLinks(first: LinkView = { kind: 'closed' }, inFront: Link | null = null): FakeLinks {
  let view = first;
  let front = inFront;
  const listeners = new Set<() => void>();
  const asked: string[] = [];
  const ask = (what: string) => async () => void asked.push(what);
  return {
    asked,
    show: (next, page = null) => {
      view = next;
      front = page;
      for (const listener of listeners) listener();
    },
    view: () => view,
    front: () => front,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: async (text) => void asked.push(`open ${text}`),
    openRaw: ask('openRaw'),
    openAsIs: ask('openAsIs'),
    allow: async (keep) => void asked.push(keep ? 'allow and keep' : 'allow'),
    again: ask('again'),
    cancel: () => void asked.push('cancel'),
    close: () => {},
  };
}
