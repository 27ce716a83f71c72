import { render } from 'preact';
import type { ImportFlow, Place } from '../flow/import-flow.ts';
import { openImportFlow } from '../flow/open-flow.ts';
import {
  dialogNeedsTab,
  openDialogInTab,
  openImporterTab,
  openOptions,
  openWorkspaceTab,
  preparePanel,
  readPageHash,
} from '../platform/pages.ts';
import { readSettings, watchSettings, writeSettings } from '../platform/settings.ts';
import { BrokenScreen } from './broken-screen.tsx';
import { Guarded } from './guarded.tsx';
import type { Host } from './host.ts';
import { ImportScreen } from './import-screen.tsx';
import { saveFile } from './save-file.ts';
import './styles.css';
import { applyTheme, otherTheme } from './theme.ts';

/** Puts the import screen on a page of the extension. */
export async function mountImport(place: Place): Promise<void> {
  try {
    applyTheme((await readSettings()).theme);
    watchSettings((settings) => applyTheme(settings.theme));
    const { draftId, choose } = readPageHash(location.hash);
    const flow = await openImportFlow(draftId ?? undefined);
    addEventListener('pagehide', () => flow.close());
    const host = hostOf(place, flow, choose, place === 'panel' ? null : await preparePanel());
    render(
      <Guarded>
        <ImportScreen flow={flow} host={host} />
      </Guarded>,
      document.body,
    );
  } catch (bug) {
    console.error(bug);
    render(<BrokenScreen onReload={() => location.reload()} />, document.body);
  }
}

function hostOf(place: Place, flow: ImportFlow, choosing: boolean, openPanel: (() => Promise<void>) | null): Host {
  const draftId = () => flow.view().draft.id;
  const closePopup = () => {
    if (place === 'popup') close();
  };
  return {
    place,
    now: Date.now,
    openTab: place === 'tab' ? null : () => void openImporterTab(draftId()).then(closePopup),
    openPanel: openPanel && (() => void openPanel().then(closePopup)),
    openOptions: () => void openOptions().then(closePopup),
    openWorkspace: (hash) => void openWorkspaceTab(hash).then(closePopup),
    chooseInTab: dialogNeedsTab(place) ? () => void openDialogInTab(draftId()) : null,
    choosing,
    saveFile,
    switchTheme: () => void writeSettings({ theme: otherTheme() }),
  };
}
