import { render } from 'preact';
import { openWorkspace } from '../../flow/workspace/open-workspace.ts';
import { openAddress, openImporterTab, openOptions } from '../../platform/pages.ts';
import { readSettings, watchSettings, writeSettings } from '../../platform/settings.ts';
import { Guarded } from '../guarded.tsx';
import { saveFile } from '../save-file.ts';
import '../styles.css';
import { applyTheme, otherTheme } from '../theme.ts';
import type { WorkspaceHost } from './workspace-host.ts';
import { WorkspaceScreen } from './workspace-screen.tsx';

/** Puts the workspace on its page. */
export async function mountWorkspace(): Promise<void> {
  applyTheme((await readSettings()).theme);
  watchSettings((settings) => applyTheme(settings.theme));
  render(
    <Guarded>
      <WorkspaceScreen host={HOST} />
    </Guarded>,
    document.body,
  );
}

const HOST: WorkspaceHost = {
  now: Date.now,
  open: openWorkspace,
  openImporter: () => void openImporterTab(null),
  openOptions: () => void openOptions(),
  openAddress: (address) => void openAddress(address),
  saveFile,
  switchTheme: () => void writeSettings({ theme: otherTheme() }),
};
