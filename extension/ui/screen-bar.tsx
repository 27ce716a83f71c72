import { useState } from 'preact/hooks';
import type { DraftState } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { Host } from './host.ts';
import { IconButton } from './parts/button.tsx';
import { Dialog } from './parts/dialog.tsx';
import { TopBar } from './parts/top-bar.tsx';

type ScreenBarProps = {
  readonly draft: DraftState;
  readonly flow: ImportFlow;
  readonly host: Host;
  /** The screen below has its own way to discard the draft. */
  readonly isWaiting: boolean;
};

/** The bar of the import screen: the file, the way to discard it, and the ways elsewhere. */
export function ScreenBar({ draft, flow, host, isWaiting }: ScreenBarProps) {
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const file = draft.step === 'source' || isWaiting ? null : draft.file.name;
  const isDraft = !isWaiting && draft.step !== 'source' && draft.step !== 'importing' && draft.step !== 'receipt';
  return (
    <>
      <TopBar crumb={file}>
        {isDraft && host.place === 'tab' && <span class="faint small saved">Draft saved</span>}
        {isDraft && <IconButton name="Discard this draft" icon="bin" onClick={() => setAsksToDiscard(true)} />}
        {host.openPanel && <IconButton name="Open in side panel" icon="panel" onClick={host.openPanel} />}
        {host.openTab && <IconButton name="Open in a tab" icon="tab" onClick={host.openTab} />}
        {host.place === 'tab' && <IconButton name="Open workspace" icon="people" onClick={() => host.openWorkspace()} />}
        <IconButton name="Options" icon="options" onClick={host.openOptions} />
        {host.place === 'tab' && <IconButton name="Light or dark" icon="theme" onClick={host.switchTheme} />}
      </TopBar>
      {asksToDiscard && (
        <Dialog
          title="Discard this draft?"
          text="What you chose for its columns goes. The file on your computer stays as it is, and nothing was sent."
          keep="Keep it"
          act="Discard"
          onKeep={() => setAsksToDiscard(false)}
          onAct={() => {
            setAsksToDiscard(false);
            void flow.startOver();
          }}
        />
      )}
    </>
  );
}
