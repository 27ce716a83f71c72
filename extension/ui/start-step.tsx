import { MAX_FILE_BYTES } from '#shared/limits.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { SendingView, ServerView } from '../flow/view.ts';
import { CrmRows } from './crm-rows.tsx';
import { FollowTabs } from './follow-tabs.tsx';
import { SheetFront } from './front-sheet.tsx';
import { type Host, openLink, openSheet } from './host.ts';
import { LinkRow } from './link-form.tsx';
import { LinkFront } from './link-front.tsx';
import { LinkedSheetList } from './linked-sheets.tsx';
import { size } from './numbers.ts';
import { OtherImport } from './other-import.tsx';
import { Button, LinkButton } from './parts/button.tsx';
import { FileButton } from './parts/file-button.tsx';
import { Icon, type IconName } from './parts/icon.tsx';
import { PasteRange } from './paste-range.tsx';
import { ServerLine, ServerNote } from './server-state.tsx';
import { SheetRow } from './sheet-form.tsx';
import { templateFile } from './template-file.ts';
import { useFront } from './use-front.ts';
import { useLinks } from './use-links.ts';

type StartProps = {
  readonly flow: ImportFlow;
  readonly host: Host;
  readonly server: ServerView;
  /** Another import that is still under way. */
  readonly other: SendingView | null;
  readonly onFile: (file: File) => void;
};

/**
 * Before a file is chosen: what can be brought in, and how large it may be. What becomes known a moment later stands
 * below the buttons, so that they never move under the pointer.
 */
export function StartStep({ flow, host, server, other, onFile }: StartProps) {
  const { front } = useLinks(host.links);
  const inFront = useFront(host.front);
  /** The page in front can be brought in. */
  const isOffered = inFront.sheet !== null || front !== null;
  return (
    <>
      <main class={host.place === 'tab' ? 'work narrow' : 'work home'}>
        {inFront.sheet ? (
          <SheetFront front={inFront.sheet} onImport={({ address, name }) => openSheet(host, address, name)} />
        ) : (
          front && <LinkFront front={front} onLink={(address) => openLink(host, address)} />
        )}
        <div class="lede">
          {isOffered ? <h2>Or from somewhere else</h2> : <h1>Bring in your leads</h1>}
          <p>You see every row before anything is saved, and nothing leaves this browser until you import.</p>
        </div>
        <div class={host.place === 'tab' ? 'hero start' : 'stack start'}>
          {host.place === 'tab' && <p class="strong">Drop a file anywhere on this page, or choose one.</p>}
          <div class="row wrap">
            <FileButton primary={!isOffered} onFile={onFile} onElsewhere={host.chooseInTab} focused={host.choosing}>
              Choose file
            </FileButton>
            <Button onClick={() => void flow.chooseSample()}>Try a sample file</Button>
          </div>
          <p class="small faint">
            CSV (easiest for beginners), Excel or text, up to {size(MAX_FILE_BYTES)}.{' '}
            <LinkButton onClick={() => host.saveFile(templateFile())}>Download template</LinkButton>
          </p>
        </div>
        <div class="methods">
          <SheetRow onOpen={() => (host.sheetElsewhere ? host.sheetElsewhere('') : host.sheets.ask())} />
          <LinkedSheetList host={host} />
          <PasteRange onText={(text) => void flow.choosePaste(text)} onFile={onFile} />
          <LinkRow onLink={(address) => openLink(host, address)} />
          <CrmRows plan={flow.workspace()?.plan ?? null} onOpen={host.openWorkspace} />
        </div>
        {host.place === 'panel' && <FollowTabs view={inFront} front={host.front} />}
        {other && <OtherImport sending={other} />}
        <ServerNote server={server} onRetry={() => void flow.retry()} onOptions={host.openOptions} />
        <ul class="promise dim">
          <Promised icon="list">Columns are recognised, and you can change every one.</Promised>
          <Promised icon="check">Phones, emails and duplicates are checked over the whole file.</Promised>
          <Promised icon="download">Every row is counted once, and rejected rows come back as a file.</Promised>
        </ul>
      </main>
      <footer class="foot small home-foot">
        <ServerLine server={server} />
        <span class="push" />
        {host.openTab && <LinkButton onClick={host.openTab}>Open in a tab to drop a file</LinkButton>}
        {server.kind !== 'unpaired' && <LinkButton onClick={() => host.openWorkspace()}>Open workspace</LinkButton>}
      </footer>
    </>
  );
}

function Promised({ icon, children }: { readonly icon: IconName; readonly children: string }) {
  return (
    <li class="row">
      <span class="tile">
        <Icon name={icon} />
      </span>
      <span>{children}</span>
    </li>
  );
}
