import { fail, type Result } from '#shared/result.ts';
import { readA1Range } from '#shared/table/a1-title.ts';
import { readSheetAddress, type SheetAddress } from '#shared/table/sheet-address.ts';
import { chooseTab, type SheetBook } from '#shared/table/sheet-book.ts';
import { sheetFailure } from '#shared/table/sheet-failure.ts';
import type { TokenWish } from '../platform/google-token.ts';
import type { SheetChoice } from '../sources/google-sheet.ts';
import { type SheetKey, type SignInParts, withSignIn } from '../sources/sheet-access.ts';
import type { SheetPlace } from '../sources/source.ts';
import type { ReadCells, SheetCells } from './sheet-job.ts';
import {
  type KnownSheet,
  NO_WISH,
  readableTabs,
  type SheetTroubleOrGoogle,
  type SheetView,
  type SheetWait,
  type SheetWish,
} from './sheet-state.ts';

export type { KnownSheet, SheetTroubleOrGoogle, SheetView, SheetWait, SheetWish } from './sheet-state.ts';

export type SheetFlow = {
  view(): SheetView;
  /** The account that signed in last; null before. */
  account(): string | null;
  /** Calls `listener` after every change; gives the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Shows the form. */
  ask(wish?: Partial<SheetWish>): void;
  /** The form, filled in: signs in, names the tabs, and reads where only one can be meant. */
  connect(wish: SheetWish, token?: string): Promise<void>;
  /** A sheet somebody has in front or has imported before, by its address. Its tabs are named as soon as somebody is signed in. */
  open(text: string, name?: string): Promise<void>;
  /** The same, and nobody is signed in before somebody asks for it. */
  offer(text: string, name?: string): void;
  /** A sheet that was imported before, at once: the tab by its number, whatever it is called by now, with the account of then. */
  readAgain(place: SheetPlace): Promise<void>;
  /** Goes on with the person's sign-in; `choose` shows the accounts to choose from. */
  signIn(how?: { readonly choose?: boolean }): Promise<void>;
  /** Another tab or range of the sheet that is open; nothing is read yet. */
  choose(choice: { readonly gid?: number; readonly range?: string }): void;
  /** The tabs again, after one could not be read. */
  backToTabs(): void;
  /** Reads what is chosen into the draft. */
  read(): Promise<void>;
  /** Once more, after a failure. */
  again(): Promise<void>;
  /** Stops what is being done, and goes a step back: from reading to the tabs, else away. */
  cancel(): void;
  /** Puts away whatever is open: something else is brought in. */
  leave(): void;
  close(): void;
};

export type SheetEffects = SignInParts & {
  /** Where the Sheets API is, for a token that somebody has got elsewhere. */
  readonly apiUrl: () => Promise<string>;
  readonly lastAccount: () => Promise<string | null>;
  readonly openBook: (key: SheetKey, address: SheetAddress, hooks: BookHooks) => Promise<Result<SheetBook, SheetTroubleOrGoogle>>;
  readonly readCells: ReadCells;
  /** On the text of all cells, in bytes. */
  readonly limit: () => number;
  /** Takes the cells into the draft. */
  readonly take: (cells: SheetCells) => Promise<void>;
};
export type BookHooks = { readonly signal: AbortSignal; readonly onWait: (wait: SheetWait | null) => void };

/** What is at work: which sheet, what of it, by whose leave. */
type Task = {
  readonly sheet: KnownSheet;
  readonly wish: SheetWish;
  readonly token: string | null;
  /** Stops at the tabs, however few · reads at once what is chosen · reads where only one tab can be meant. */
  readonly goal: 'show' | 'read' | 'readIfSure';
  readonly book: SheetBook | null;
  /** Who has opened it, or is to. */
  readonly account: string | null;
  readonly choice: SheetChoice;
};

/** The Google Sheets of one page of ours. One at a time: another one takes the place of the former. */
export function createSheetFlow(effects: SheetEffects): SheetFlow {
  const listeners = new Set<() => void>();
  let view: SheetView = { kind: 'closed' };
  let account: string | null = null;
  let task: Task | null = null;
  /** Of what is being done now; what comes of anything former is let fall. */
  let stop = new AbortController();

  function show(next: SheetView): void {
    view = next;
    for (const listener of listeners) listener();
  }

  function begin(next: Task): { readonly signal: AbortSignal; readonly isOver: () => boolean } {
    stop.abort();
    stop = new AbortController();
    task = next;
    const { signal } = stop;
    return { signal, isOver: () => signal.aborted };
  }

  async function connect(wish: SheetWish, token?: string): Promise<void> {
    const address = readSheetAddress(wish.text);
    if (!address.ok) return show({ kind: 'asking', wish, refusal: address.error });
    const typed = readA1Range(wish.range);
    const tab = wish.tab.trim() || typed?.tab || address.value.tab;
    const choice = {
      ...(tab ? { tab } : address.value.gid === undefined ? {} : { gid: address.value.gid }),
      range: wish.range.trim() || (address.value.range ?? ''),
    };
    const sheet = { address: address.value, name: '' };
    const goal = tab ? 'read' : 'readIfSure';
    await openBook({ sheet, wish, token: token?.trim() || null, goal, book: null, account: null, choice }, { interactive: true });
  }

  async function readAgain({ spreadsheetId, gid, title, range = '', account: by }: SheetPlace): Promise<void> {
    const sheet = { address: { spreadsheetId, gid }, name: title };
    const wish = { ...NO_WISH, text: spreadsheetId, range };
    const next: Task = { sheet, wish, token: null, goal: 'read', book: null, account: by ?? null, choice: { gid, range } };
    await openBook(next, asBefore(next));
  }

  async function open(text: string, name = ''): Promise<void> {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    await known;
    if (signal.aborted) return;
    const next = offer(text, name);
    if (next && (account !== null || next.sheet.address.published)) await openBook(next, { interactive: true });
  }

  function offer(text: string, name = ''): Task | null {
    const wish = { ...NO_WISH, text };
    const address = readSheetAddress(text);
    if (!address.ok) {
      show({ kind: 'asking', wish, refusal: text.trim() === '' ? null : address.error });
      return null;
    }
    const { gid, tab, range = '' } = address.value;
    const sheet = { address: address.value, name };
    const choice = { ...(tab ? { tab } : gid === undefined ? {} : { gid }), range };
    const next: Task = { sheet, wish, token: null, goal: 'show', book: null, account: null, choice };
    begin(next);
    show({ kind: 'offered', sheet });
    return next;
  }

  /** The person's sign-in, as the one it was opened with. */
  function asBefore({ account: by }: Task): TokenWish {
    return { interactive: true, ...(by === null ? {} : { account: by }) };
  }

  /** Works with a token that was given, else with a sign-in; says which account it is. */
  function withKey<T>(next: Task, wish: TokenWish, work: (key: SheetKey) => Promise<Result<T, SheetTroubleOrGoogle>>) {
    const { token } = next;
    if (token === null) return withSignIn(effects, wish, work);
    return effects.apiUrl().then((apiUrl) => work({ apiUrl, accessToken: token, account: null }));
  }

  async function openBook(next: Task, wish: TokenWish): Promise<void> {
    const { signal, isOver } = begin(next);
    const { sheet } = next;
    // Google's API does not know it, whoever is signed in.
    if (sheet.address.published) return failed(next, sheetFailure('published'));
    show({ kind: next.token === null ? 'signingIn' : 'opening', sheet, wait: null });
    const onWait = (wait: SheetWait | null) => {
      if (!isOver()) show({ kind: 'opening', sheet, wait });
    };
    let by: string | null = null;
    const book = await withKey(next, wish, async (key) => {
      by = key.account;
      account = key.account ?? account;
      if (isOver()) return fail(sheetFailure('cancelled'));
      show({ kind: 'opening', sheet, wait: null });
      return effects.openBook(key, sheet.address, { signal, onWait });
    });
    if (isOver()) return;
    if (!book.ok) return failed({ ...next, account: by ?? next.account }, book.error);
    const opened = { ...next, account: by, book: book.value, sheet: { ...sheet, name: book.value.title || sheet.name } };
    task = opened;
    const only = readableTabs(book.value).filter(({ hidden }) => !hidden);
    const isMeant = next.goal === 'read' || (next.goal === 'readIfSure' && only.length === 1 && book.value.tabs.length === 1);
    if (isMeant) return read();
    showTabs(opened, false);
  }

  /** A tab that is wanted and is not there fails; what is a chart is said when it is to be read. */
  function showTabs(next: Task, isRangeRefused: boolean): void {
    const { sheet, book, choice, account: by } = next;
    if (!book) return;
    const tab = chooseTab(book, choice);
    if (!tab.ok) failed(next, tab.error);
    else show({ kind: 'opened', sheet, book, account: by, gid: tab.value.gid, range: choice.range ?? '', isRangeRefused });
  }

  async function read(): Promise<void> {
    if (!task?.book) return;
    const { signal, isOver } = begin(task);
    const { sheet, book, choice } = task;
    const next = task;
    if (!book) return;
    const tab = chooseTab(book, choice);
    const title = tab.ok ? tab.value.title : '';
    const reading = { kind: 'reading', sheet, tab: title, rows: 0, total: 0, wait: null } as const;
    show(reading);
    let shown: Extract<SheetView, { kind: 'reading' }> = reading;
    const tell = (change: Partial<typeof shown>) => {
      if (isOver()) return;
      shown = { ...shown, ...change };
      show(shown);
    };
    const cells = await withKey(next, { interactive: true, account: next.account }, (key) =>
      effects.readCells(
        { key, book, choice, maxBytes: effects.limit() },
        { signal, onRows: (rows, total) => tell({ rows, total }), onWait: (wait) => tell({ wait }) },
      ),
    );
    if (isOver()) return;
    if (!cells.ok) return cells.error.kind === 'badRange' && tab.ok ? showTabs(next, true) : failed(next, cells.error);
    const place = { ...cells.value.sheet, ...(next.account === null ? {} : { account: next.account }) };
    away();
    await effects.take({ ...cells.value, sheet: place });
  }

  function failed(next: Task, failure: SheetTroubleOrGoogle): void {
    task = next;
    // Whose a token is nobody has said: the one who signed in last has no part in it.
    const by = next.token === null ? { account: next.account ?? account } : { account: null, byToken: true as const };
    show({ kind: 'failed', sheet: next.sheet, failure, ...by });
  }

  function away(): void {
    stop.abort();
    task = null;
    show({ kind: 'closed' });
  }

  const known = effects.lastAccount().then(
    (last) => {
      account ??= last;
    },
    () => {}, // who signed in last is not known then
  );
  return {
    view: () => view,
    account: () => account,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask: (wish = {}) => {
      stop.abort();
      show({ kind: 'asking', wish: { ...NO_WISH, ...task?.wish, ...wish }, refusal: null });
    },
    connect,
    open,
    offer: (text, name) => void offer(text, name),
    readAgain,
    signIn: async ({ choose = false } = {}) => {
      if (!task) return;
      const next = { ...task, token: null, account: choose ? null : task.account };
      await openBook(next, { ...asBefore(next), ...(choose ? { choose } : {}) });
    },
    choose: ({ gid, range }) => {
      if (view.kind !== 'opened' || !task) return;
      task = { ...task, choice: { gid: gid ?? view.gid, range: range ?? view.range } };
      showTabs(task, false);
    },
    backToTabs: () => {
      if (!task?.book) return;
      const tab = chooseTab(task.book, task.choice);
      const { range = '' } = task.choice;
      task = { ...task, choice: tab.ok && tab.value.isGrid ? { gid: tab.value.gid, range } : {} };
      showTabs(task, false);
    },
    read,
    again: async () => {
      if (view.kind === 'failed' && task) await (task.book ? read() : openBook(task, asBefore(task)));
    },
    cancel: () => {
      const { kind } = view;
      stop.abort();
      if (kind === 'reading' && task?.book) showTabs(task, false);
      else away();
    },
    leave: () => {
      if (view.kind !== 'closed') away();
    },
    close: () => {
      away();
      listeners.clear();
    },
  };
}
