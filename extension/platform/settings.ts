import { browser } from './browser.ts';
import { DEFAULT_SERVER_ADDRESS } from './server-address.ts';

export type Theme = 'system' | 'light' | 'dark';

/** What this browser remembers between imports. */
export type Settings = {
  /** As `readServerAddress` gives it. */
  readonly serverAddress: string;
  /** `ll_…`, this browser's own key; null until it is paired. */
  readonly key: string | null;
  /** The workspace the key opens, for the screen. */
  readonly workspaceName: string | null;
  readonly theme: Theme;
  /** ISO 3166-1 alpha-2: how phones without + are read until the user says otherwise. */
  readonly defaultCountry: string;
  /** The client ID people sign in to Google with here; null = the server's. */
  readonly googleClientId: string | null;
};

const DEFAULTS: Settings = {
  serverAddress: DEFAULT_SERVER_ADDRESS,
  key: null,
  workspaceName: null,
  theme: 'system',
  defaultCountry: 'US',
  googleClientId: null,
};
const NAMES = Object.keys(DEFAULTS) as readonly (keyof Settings)[]; // the table above is a literal of this type

/** All settings; what was never set has its default. */
export async function readSettings(): Promise<Settings> {
  return fromStored(await browser.storage.local.get([...NAMES]));
}

/** Writes the given settings and leaves the others: each lies under a name of its own, so two writers never undo one another. */
export async function writeSettings(changes: Partial<Settings>): Promise<void> {
  await browser.storage.local.set(changes);
}

/** Calls `listener` with all settings after each change, by whichever page made it; gives the way to stop. */
export function watchSettings(listener: (settings: Settings) => void): () => void {
  const onChanged = (changes: Record<string, unknown>) => {
    if (NAMES.some((name) => name in changes)) void readSettings().then(listener);
  };
  browser.storage.local.onChanged.addListener(onChanged);
  return () => browser.storage.local.onChanged.removeListener(onChanged);
}

/** Stored values are outside data: an older version may have left something else. */
function fromStored(stored: Record<string, unknown>): Settings {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  const theme = stored.theme;
  return {
    serverAddress: text(stored.serverAddress) ?? DEFAULTS.serverAddress,
    key: text(stored.key),
    workspaceName: text(stored.workspaceName),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    defaultCountry: text(stored.defaultCountry) ?? DEFAULTS.defaultCountry,
    googleClientId: text(stored.googleClientId),
  };
}
