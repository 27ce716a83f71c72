import { browser } from './browser.ts';

/** A token that reads sheets. It is kept in this browser's session and goes to Google only. */
export type GoogleToken = {
  readonly accessToken: string;
  /** In ms since 1970. */
  readonly expiresAt: number;
  /** The address of the account; null where Google did not say. */
  readonly account: string | null;
  /** The client it was given to. */
  readonly clientId: string;
};

export type TokenStore = {
  readonly read: () => Promise<GoogleToken | null>;
  /** Null forgets it. */
  readonly write: (token: GoogleToken | null) => Promise<void>;
  /** The account that signed in last: it outlives the session, so that nobody is asked twice. */
  readonly readAccount: () => Promise<string | null>;
  readonly writeAccount: (account: string | null) => Promise<void>;
};

const TOKEN = 'googleToken';
const ACCOUNT = 'googleAccount';

/** Session storage for the token: it is gone with the browser, and no page of the web sees it. */
export function browserTokenStore(): TokenStore {
  return {
    read: async () => toToken((await browser.storage.session.get(TOKEN))[TOKEN]),
    write: (token) => (token ? browser.storage.session.set({ [TOKEN]: token }) : browser.storage.session.remove(TOKEN)),
    readAccount: async () => {
      const account = (await browser.storage.local.get(ACCOUNT))[ACCOUNT];
      return typeof account === 'string' ? account : null;
    },
    writeAccount: (account) =>
      account === null ? browser.storage.local.remove(ACCOUNT) : browser.storage.local.set({ [ACCOUNT]: account }),
  };
}

/** Calls `listener` when somebody signed in or out, on whichever page; gives the way to stop. */
export function watchGoogleToken(listener: (token: GoogleToken | null) => void): () => void {
  const onChanged = (changes: Record<string, { newValue?: unknown }>) => {
    if (TOKEN in changes) listener(toToken(changes[TOKEN]?.newValue));
  };
  browser.storage.session.onChanged.addListener(onChanged);
  return () => browser.storage.session.onChanged.removeListener(onChanged);
}

/** Stored values are outside data: an older version may have left something else. */
function toToken(value: unknown): GoogleToken | null {
  if (typeof value !== 'object' || value === null) return null;
  const { accessToken, expiresAt, account, clientId } = value as Partial<GoogleToken>; // each is looked at
  const isToken = typeof accessToken === 'string' && typeof expiresAt === 'number' && typeof clientId === 'string';
  return isToken ? { accessToken, expiresAt, account: typeof account === 'string' ? account : null, clientId } : null;
}
