import { render } from 'preact';
import { isFirefox } from '../platform/browser.ts';
import { browserIdentity } from '../platform/google-identity.ts';
import { askHostAccess } from '../platform/host-access.ts';
import { openImporterTab } from '../platform/pages.ts';
import { connectWithKey, forgetKey, pairWithServer, readPairingHash } from '../platform/pairing.ts';
import { serverApi } from '../platform/server-api.ts';
import { readSettings, type Settings, watchSettings, writeSettings } from '../platform/settings.ts';
import { Guarded } from './guarded.tsx';
import type { OptionsHost } from './options-host.ts';
import { OptionsScreen } from './options-screen.tsx';
import './styles.css';
import { applyTheme, otherTheme } from './theme.ts';

/** Puts the options on their page. A pairing code in the address is used once and taken out of it. */
export async function mountOptions(): Promise<void> {
  const given = readPairingHash(location.hash);
  history.replaceState(null, '', location.pathname);
  const host: OptionsHost = { ...HOST, googleRedirect: browserIdentity().redirectUrl() };
  const show = (settings: Settings) => {
    applyTheme(settings.theme);
    render(
      <Guarded>
        <OptionsScreen settings={settings} host={host} given={given} />
      </Guarded>,
      document.body,
    );
  };
  show(await readSettings());
  watchSettings(show);
}

const HOST: Omit<OptionsHost, 'googleRedirect'> = {
  now: Date.now,
  save: writeSettings,
  askAccess: askHostAccess,
  connect: (address, codeOrKey) =>
    codeOrKey.trim().startsWith('ll_') ? connectWithKey(address, codeOrKey) : pairWithServer(address, codeOrKey, browserName()),
  disconnect: forgetKey,
  test: async () => {
    const { serverAddress, key } = await readSettings();
    return serverApi({ address: serverAddress, key, fetch: globalThis.fetch.bind(globalThis), now: Date.now }).workspace();
  },
  openImporter: () => void openImporterTab(null),
  switchTheme: () => void writeSettings({ theme: otherTheme() }),
};

/** What the workspace calls this browser in its list: "Chrome on Linux". */
function browserName(): string {
  const system = /Windows|Mac OS|Android|CrOS|Linux/.exec(navigator.userAgent)?.[0] ?? 'this computer';
  return `${isFirefox ? 'Firefox' : 'Chrome'} on ${system}`;
}
