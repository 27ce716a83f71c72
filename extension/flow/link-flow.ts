import { fail, type Result } from '#shared/result.ts';
import { isTableAddress, type Link, type LinkRefusal, readLink } from '../sources/csv-link-address.ts';
import type { LinkFailure, LinkWish } from '../sources/csv-link-fetch.ts';
import { type RawLink, rawLinkOf } from '../sources/csv-link-raw.ts';
import type { OpenedSource } from '../sources/source.ts';

export type { Link, LinkFailure, LinkRefusal };

/** From a link to its file: what is wrong with it, whose permission it needs, and how far the download is. */
export type LinkView =
  | { readonly kind: 'closed' }
  | { readonly kind: 'refused'; readonly text: string; readonly refusal: LinkRefusal }
  /** A page that only shows the file, which is behind it. */
  | { readonly kind: 'shown'; readonly link: Link; readonly raw: RawLink & { readonly link: Link } }
  /** `site`: whose permission is needed: the link's own, or the one it leads on to. `wasRefused`: asked once, in vain. */
  | { readonly kind: 'asking'; readonly link: Link; readonly site: Site; readonly wasRefused: boolean }
  /** Decoded bytes. */
  | { readonly kind: 'fetching'; readonly link: Link; readonly bytes: number; readonly total: number | null }
  | { readonly kind: 'failed'; readonly link: Link; readonly failure: LinkFailure };
type Site = { readonly address: string; readonly host: string };

export type LinkFlow = {
  view(): LinkView;
  /** The page in front where it is itself a file of rows; null for every other page. */
  front(): Link | null;
  /** Calls `listener` after every change; gives the way to stop. */
  subscribe(listener: () => void): () => void;
  /** A link of a page, or as typed: judged, then asked for or fetched. */
  open(text: string): Promise<void>;
  /** The file behind the page that shows it. */
  openRaw(): Promise<void>;
  /** What is fetched is the page itself. */
  openAsIs(): Promise<void>;
  /** Asks the browser for the site. Call it as the first thing of a click. */
  allow(keep: boolean): Promise<void>;
  /** Once more, after a failure. */
  again(): Promise<void>;
  /** Stops the download, and puts the link away. */
  cancel(): void;
  /** Puts away what is open, and gives back every permission that was lent for it. */
  close(): void;
};

export type LinkEffects = {
  readonly hasAccess: (address: string) => Promise<boolean>;
  readonly borrow: (address: string, keep: boolean) => Promise<boolean>;
  /** Keeps every loan until the function it gives is called. */
  readonly holdLoans: () => () => Promise<void>;
  readonly returnLoans: () => Promise<void>;
  readonly fetch: (wish: LinkWish) => Promise<Result<OpenedSource, LinkFailure>>;
  /** Decoded bytes. */
  readonly limit: () => number;
  readonly frontPage: () => Promise<string | null>;
  readonly watchFront: (listener: () => void) => () => void;
  /** Takes the file into the draft. */
  readonly take: (file: OpenedSource) => Promise<void>;
};

/** The links of one page of ours. One link at a time: another one takes the place of the former. */
export function createLinkFlow(effects: LinkEffects): LinkFlow {
  const listeners = new Set<() => void>();
  let view: LinkView = { kind: 'closed' };
  let front: Link | null = null;
  /** The link that is wanted now; what comes of a former one is let fall. */
  let wanted: Link | null = null;
  let stop: AbortController | null = null;
  let letGo: (() => Promise<void>) | null = null;

  function emit(): void {
    for (const listener of listeners) listener();
  }
  function show(next: LinkView): void {
    view = next;
    emit();
  }

  async function open(text: string): Promise<void> {
    forget();
    const link = readLink(text);
    if (!link.ok) return show({ kind: 'refused', text, refusal: link.error });
    const raw = rawLinkOf(link.value.address);
    const behind = raw && readLink(raw.address);
    if (raw && behind?.ok) return show({ kind: 'shown', link: link.value, raw: { ...raw, link: behind.value } });
    await start(link.value);
  }

  async function start(link: Link): Promise<void> {
    wanted = link;
    letGo ??= effects.holdLoans();
    const isAllowed = await effects.hasAccess(link.address);
    if (wanted !== link) return;
    if (isAllowed) return download(link);
    show({ kind: 'asking', link, site: link, wasRefused: false });
  }

  async function download(link: Link): Promise<void> {
    stop?.abort();
    const mine = new AbortController();
    stop = mine;
    show({ kind: 'fetching', link, bytes: 0, total: null });
    const wish = {
      address: link.address,
      limit: effects.limit(),
      signal: mine.signal,
      onProgress: (bytes: number, total: number | null) => {
        if (stop === mine) show({ kind: 'fetching', link, bytes, total });
      },
    };
    // Whatever breaks on the way, nobody waits for a download that is over.
    const got = await effects.fetch(wish).catch(() => fail({ kind: 'unreachable' } as const));
    if (stop !== mine) return; // another link, or none, by now
    stop = null;
    if (!got.ok) return failed(link, got.error);
    close();
    await effects.take(got.value);
  }

  async function failed(link: Link, failure: LinkFailure): Promise<void> {
    if (failure.kind !== 'other_site') return show({ kind: 'failed', link, failure });
    const { address } = failure;
    // It was allowed and does not answer all the same.
    if (await effects.hasAccess(address)) return show({ kind: 'failed', link, failure: { kind: 'unreachable' } });
    show({ kind: 'asking', link, site: { address, host: new URL(address).host }, wasRefused: false });
  }

  function forget(): void {
    wanted = null;
    stop?.abort();
    stop = null;
  }

  function close(): void {
    forget();
    // What was lent goes back once nobody holds it any more.
    void letGo?.().then(effects.returnLoans);
    letGo = null;
    show({ kind: 'closed' });
  }

  async function lookInFront(): Promise<void> {
    const address = await effects.frontPage();
    const link = address !== null && isTableAddress(address) ? readLink(address) : null;
    const next = link?.ok ? link.value : null;
    if (next?.address === front?.address) return;
    front = next;
    emit();
  }

  void lookInFront();
  const stopWatching = effects.watchFront(() => void lookInFront());
  return {
    view: () => view,
    front: () => front,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open,
    openRaw: async () => {
      if (view.kind === 'shown') await start(view.raw.link);
    },
    openAsIs: async () => {
      if (view.kind === 'shown') await start(view.link);
    },
    allow: async (keep) => {
      if (view.kind !== 'asking') return;
      const { link, site } = view;
      const granted = await effects.borrow(site.address, keep);
      if (wanted !== link) return; // put away meanwhile
      if (granted) await download(link);
      else show({ kind: 'asking', link, site, wasRefused: true });
    },
    again: async () => {
      if (view.kind === 'failed') await start(view.link);
    },
    cancel: close,
    close: () => {
      stopWatching();
      close();
      listeners.clear();
    },
  };
}
