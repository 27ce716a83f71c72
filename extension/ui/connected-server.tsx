import { useEffect, useState } from 'preact/hooks';
import type { Settings } from '../platform/settings.ts';
import { LOCALE } from './locale.ts';
import type { OptionsHost } from './options-host.ts';
import { Button } from './parts/button.tsx';
import { Dialog } from './parts/dialog.tsx';
import { OptionRow } from './parts/option-row.tsx';
import { shortAddress, troubleOf } from './server-trouble.ts';

type Finding = { readonly tone: 'ok' | 'warn' | 'faint'; readonly words: string };

/** The server this browser is paired with: whether it answers, as what, and the way to leave it. */
export function ConnectedServer({ settings, host }: { readonly settings: Settings; readonly host: OptionsHost }) {
  const [finding, setFinding] = useState<Finding>({ tone: 'faint', words: 'Asking the server' });
  const [isTesting, setTesting] = useState(false);
  const [asksToLeave, setAsksToLeave] = useState(false);
  const test = async () => {
    setTesting(true);
    setFinding(await ask(host));
    setTesting(false);
  };
  // Asked again when the server or the key is another.
  useEffect(() => void test(), [settings.serverAddress, settings.key]);
  return (
    <OptionRow title="Server">
      <div class="row wrap">
        <span class="row">
          <span class={`dot ${finding.tone}`} />
          {shortAddress(settings.serverAddress)}
        </span>
        <span class="push row">
          <Button small busy={isTesting} onClick={() => void test()}>
            Test
          </Button>
          <Button small look="danger" onClick={() => setAsksToLeave(true)}>
            Unpair
          </Button>
        </span>
      </div>
      <p class="hint" role="status">
        {finding.words}
      </p>
      {asksToLeave && (
        <Dialog
          title="Unpair this browser?"
          text="It forgets its key. Leads stay on the server, drafts stay here, and a new code pairs it again."
          keep="Stay paired"
          act="Unpair"
          onKeep={() => setAsksToLeave(false)}
          onAct={() => void host.disconnect()}
        />
      )}
    </OptionRow>
  );
}

const MILLISECONDS = new Intl.NumberFormat(LOCALE, {
  style: 'unit',
  unit: 'millisecond',
  unitDisplay: 'short',
  maximumFractionDigits: 0,
});

async function ask(host: OptionsHost): Promise<Finding> {
  const start = host.now();
  const answer = await host.test();
  if (!answer.ok) {
    const { fact, advice } = troubleOf(answer.error);
    return { tone: 'warn', words: `${fact} ${advice}` };
  }
  const { name, role } = answer.value;
  return { tone: 'ok', words: `Connected to ${name} as ${role}. It answers in ${MILLISECONDS.format(Math.max(1, host.now() - start))}.` };
}
