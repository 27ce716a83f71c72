import { render } from 'preact';
import { followFront } from '../flow/follow-front.ts';
import type { FrontSheets } from '../flow/front-sheet.ts';
import type { ImportFlow, Place } from '../flow/import-flow.ts';
import type { LinkFlow } from '../flow/link-flow.ts';
import { type LinkedSheets, openLinkedSheets } from '../flow/linked-sheets.ts';
import { openImportFlow } from '../flow/open-flow.ts';
import { openFrontSheet } from '../flow/open-front-sheet.ts';
import { openLinks } from '../flow/open-links.ts';
import { openSheets } from '../flow/open-sheets.ts';
import type { SheetFlow } from '../flow/sheet-flow.ts';
import { tellPageShown } from '../platform/front-page.ts';
import { findWindow, postLink, type TakenLink, takeLink, watchLinks } from '../platform/link-slot.ts';
import {
  dialogNeedsTab,
  openAddress,
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
    const { draftId, wish } = readPageHash(location.hash);
    const [flow, front] = await Promise.all([openImportFlow(draftId ?? undefined), openFrontSheet()]);
    const links = openLinks(flow);
    const sheets = openSheets(flow);
    const linked = openLinkedSheets();
    addEventListener('pagehide', () => {
      front.close();
      links.close();
      sheets.close();
      linked.close();
      flow.close();
    });
    if (place === 'popup') tellPageShown();
    if (place === 'panel') followFront(front, sheets);
    const flows = { flow, links, sheets, linked, front };
    const [openPanel, windowId] = await Promise.all([place === 'panel' ? null : preparePanel(), findWindow()]);
    const host = hostOf(place, flows, wish === 'choose', { openPanel, windowId });
    if (place === 'panel') watchLinks((link) => void openTaken(link, flows));
    if (place === 'panel' || wish === 'link') void openWaiting(flows);
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

/** A link that was clicked on before this page was there. */
async function openWaiting(flows: Flows): Promise<void> {
  const link = await takeLink();
  if (link) await openTaken(link, flows);
}

async function openTaken({ kind, address }: TakenLink, { links, sheets, front }: Flows): Promise<void> {
  if (kind === 'file') {
    sheets.leave();
    await links.open(address);
  } else {
    links.cancel();
    const { sheet } = front.view();
    await sheets.open(address, sheet?.address === address ? sheet.name : '');
  }
}

type Flows = {
  readonly flow: ImportFlow;
  readonly links: LinkFlow;
  readonly sheets: SheetFlow;
  readonly linked: LinkedSheets;
  readonly front: FrontSheets;
};

/** Where this page is, found out before anything is clicked. */
type Here = { readonly openPanel: (() => Promise<void>) | null; readonly windowId: number | null };

function hostOf(place: Place, { flow, links, sheets, linked, front }: Flows, choosing: boolean, here: Here): Host {
  const { openPanel } = here;
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
    links,
    front,
    sheets,
    linked,
    linkElsewhere: place === 'popup' ? (address) => void carry({ kind: 'file', address }, here).then(closePopup) : null,
    sheetElsewhere: place === 'popup' ? (address) => void carry({ kind: 'sheet', address }, here).then(closePopup) : null,
    openAddress: (address) => void openAddress(address),
    saveFile,
    switchTheme: () => void writeSettings({ theme: otherTheme() }),
  };
}

/**
 * To the side panel, else to a tab. The panel is opened first, as the browser wants it in the click, and the link is posted
 * with it: the panel takes the focus, and a popup is gone a moment later.
 */
async function carry(link: TakenLink, { openPanel, windowId }: Here): Promise<void> {
  const opened = openPanel ? openPanel() : Promise.reject(new Error('no side panel here'));
  const [, panel] = await Promise.allSettled([postLink({ ...link, windowId }), opened]);
  if (panel.status === 'rejected') await openImporterTab(null, 'link');
}
