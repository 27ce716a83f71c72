import { useState } from 'preact/hooks';
import { isLoopback } from '../platform/server-address.ts';
import type { Settings, Theme } from '../platform/settings.ts';
import { ConnectedServer } from './connected-server.tsx';
import { countryChoices } from './country-choices.ts';
import { GoogleOption } from './google-option.tsx';
import type { GivenPairing, OptionsHost } from './options-host.ts';
import { PairingForm } from './pairing-form.tsx';
import { IconButton } from './parts/button.tsx';
import { OptionRow } from './parts/option-row.tsx';
import { Segments } from './parts/segments.tsx';
import { Select } from './parts/select.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { readonly value: Theme; readonly label: string }[];

type OptionsScreenProps = { readonly settings: Settings; readonly host: OptionsHost; readonly given: GivenPairing | null };

/** Connecting this browser to a server, and the few things it remembers. Changes are saved as they are made. */
export function OptionsScreen({ settings, host, given }: OptionsScreenProps) {
  useKeptFocus();
  // Another server than the one in use is never taken over without a click.
  const [asksAnyway, setAsksAnyway] = useState(given !== null && settings.key !== null && given.server !== settings.serverAddress);
  const isPairing = settings.key === null || asksAnyway;
  return (
    <div class="frame options">
      <TopBar crumb={isPairing ? null : 'Options'}>
        <IconButton name="Light or dark" icon="theme" onClick={host.switchTheme} />
      </TopBar>
      <main class={isPairing ? 'work pairing' : 'work settings'}>
        {isPairing ? (
          <PairingForm
            settings={settings}
            host={host}
            given={given}
            isAutomatic={given !== null && !asksAnyway && isLoopback(given.server)}
            onDone={() => setAsksAnyway(false)}
          />
        ) : (
          <h1 class="sr">Options</h1>
        )}
        <div class="option-rows">
          {!isPairing && <ConnectedServer settings={settings} host={host} />}
          <OptionRow title="Phones without a country">
            <Select
              name="Phones without a country"
              value={settings.defaultCountry}
              choices={countryChoices()}
              onChoose={(defaultCountry) => void host.save({ defaultCountry })}
            />
            <p class="hint">Used only when a number has no + and no country. Holds for the next file.</p>
          </OptionRow>
          {!isPairing && (
            <GoogleOption
              clientId={settings.googleClientId}
              redirectUrl={host.googleRedirect}
              onClientId={(googleClientId) => void host.save({ googleClientId })}
            />
          )}
          <OptionRow title="Appearance">
            <Segments name="Appearance" value={settings.theme} choices={THEMES} onChoose={(theme) => void host.save({ theme })} />
          </OptionRow>
          <p class="small faint saved-line">Changes are saved as you make them.</p>
        </div>
      </main>
    </div>
  );
}
