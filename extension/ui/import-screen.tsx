import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { DraftState } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { LinkView } from '../flow/link-flow.ts';
import type { SheetView } from '../flow/sheet-flow.ts';
import type { ImportView } from '../flow/view.ts';
import { CheckStep } from './check-step.tsx';
import { FlowTrouble } from './flow-trouble.tsx';
import { type Host, openLink, openSheet } from './host.ts';
import { LinkScreen } from './link-screen.tsx';
import { MapStep } from './map-step.tsx';
import { OtherInFront, otherInFront } from './other-front.tsx';
import { DropAnywhere } from './parts/drop-anywhere.tsx';
import { LiveRegion } from './parts/live-region.tsx';
import { type ShownStep, Steps } from './parts/steps.tsx';
import { PreviewStep } from './preview-step.tsx';
import { ProgressStep } from './progress-step.tsx';
import { ReadStep } from './read-step.tsx';
import { ReceiptStep } from './receipt-step.tsx';
import { ScreenBar } from './screen-bar.tsx';
import { ServerLine } from './server-state.tsx';
import { SheetScreen } from './sheet-screen.tsx';
import { spokenState } from './spoken-state.ts';
import { StartStep } from './start-step.tsx';
import { useFlow } from './use-flow.ts';
import { useFront } from './use-front.ts';
import { headingOf, useKeptFocus } from './use-kept-focus.ts';
import { useLinks } from './use-links.ts';
import { useSheets } from './use-sheets.ts';
import { WaitingDraft } from './waiting-draft.tsx';

/** The import: the same screen in popup, tab and side panel. */
export function ImportScreen({ flow, host }: { readonly flow: ImportFlow; readonly host: Host }) {
  useKeptFocus();
  const view = useFlow(flow);
  const { draft } = view;
  // In a popup or panel a draft from before is offered, not forced on; a tab was opened for it.
  const [asksFirst, setAsksFirst] = useState(host.place !== 'tab' && isUnfinished(draft));
  const [said, setSaid] = useState({ step: '', text: '' });
  const chooseFile = useCallback(
    (file: File) => {
      setAsksFirst(false);
      host.sheets.leave();
      void flow.chooseFile(file);
    },
    [flow, host.sheets],
  );
  const dropFile = useCallback(
    (file: File) => {
      host.links.cancel();
      chooseFile(file);
    },
    [chooseFile, host.links],
  );
  const { view: link, front: linkInFront } = useLinks(host.links);
  const sheetInFront = useFront(host.front).sheet;
  const sheet = useSheets(host.sheets);
  const screen = screenOf(link, sheet, asksFirst, draft);
  // Each stage of a sheet has a heading of its own.
  useFocusOnChange(screen === 'sheet' ? `sheet ${sheet.kind}` : screen);
  const other =
    host.place === 'tab' || link.kind !== 'closed' ? null : otherInFront({ sheet: sheetInFront, link: linkInFront }, draft, sheet);
  // What somebody begins with is gone on with as it comes.
  const hasBegun = link.kind !== 'closed' || sheet.kind !== 'closed';
  useEffect(() => {
    if (hasBegun) setAsksFirst(false);
  }, [hasBegun]);
  const say = useCallback((text: string) => setSaid({ step: draft.step, text }), [draft.step]);
  // Before another file that is chosen or read, nothing is said of the one before.
  const isElsewhere = link.kind !== 'closed' || sheet.kind !== 'closed' || screen === 'waiting';
  const spoken = isElsewhere ? '' : [said.step === draft.step ? said.text : '', spokenState(view)].filter(Boolean).join(' ');
  const canDrop = host.place !== 'popup' && draft.step !== 'importing' && draft.step !== 'receipt';
  return (
    <div class="frame" data-place={host.place}>
      <ScreenBar draft={draft} flow={flow} host={host} isWaiting={screen === 'waiting' || screen === 'link' || screen === 'sheet'} />
      <OtherInFront
        other={other}
        onStart={({ icon, address, name }) => (icon === 'sheet' ? openSheet(host, address, name) : openLink(host, address))}
      />
      {screen !== 'waiting' && screen !== 'link' && screen !== 'sheet' && screen !== 'source' && (
        <Steps current={screen} onGo={draft.step === 'importing' || draft.step === 'receipt' ? null : (step) => goTo(flow, step)} />
      )}
      {view.failure && <FlowTrouble failure={view.failure} onRetry={() => void flow.retry()} onStartOver={() => void flow.startOver()} />}
      {link.kind !== 'closed' ? (
        <LinkScreen view={link} links={host.links} host={host} instead={isUnfinished(draft) ? draft.file.name : null} onFile={chooseFile} />
      ) : sheet.kind !== 'closed' ? (
        <SheetScreen
          view={sheet}
          sheets={host.sheets}
          host={host}
          instead={isUnfinished(draft) ? draft.file.name : null}
          onText={(text) => void flow.choosePaste(text)}
          onFile={chooseFile}
        />
      ) : screen === 'waiting' && isUnfinished(draft) ? (
        <>
          <WaitingDraft
            draft={draft}
            host={host}
            onFile={chooseFile}
            onGoOn={() => setAsksFirst(false)}
            onDiscard={() => {
              setAsksFirst(false);
              void flow.startOver();
            }}
          />
          <footer class="foot small home-foot">
            <ServerLine server={view.server} />
          </footer>
        </>
      ) : (
        <Step view={view} flow={flow} host={host} onFile={chooseFile} onSay={say} />
      )}
      {canDrop && <DropAnywhere onFile={dropFile} />}
      <LiveRegion text={spoken} />
    </div>
  );
}

type StepProps = {
  readonly view: ImportView;
  readonly flow: ImportFlow;
  readonly host: Host;
  readonly onFile: (file: File) => void;
  readonly onSay: (text: string) => void;
};

function Step({ view, flow, host, onFile, onSay }: StepProps) {
  const { draft, sending } = view;
  switch (draft.step) {
    case 'source':
      return <StartStep flow={flow} host={host} server={view.server} other={sending} onFile={onFile} />;
    case 'read':
      return <ReadStep key={draft.file.name} draft={draft} view={view} flow={flow} host={host} onFile={onFile} />;
    case 'map':
      return <MapStep draft={draft} server={view.server} flow={flow} onSay={onSay} />;
    case 'check':
      return <CheckStep draft={draft} view={view} flow={flow} host={host} onSay={onSay} />;
    case 'preview':
      return <PreviewStep draft={draft} view={view} flow={flow} host={host} onSay={onSay} />;
    case 'importing':
      return <ProgressStep sending={sending} total={draft.plan.summary.total} flow={flow} host={host} />;
    case 'receipt':
      return sending?.receipt ? (
        <ReceiptStep draft={draft} receipt={sending.receipt} server={view.server} flow={flow} host={host} />
      ) : (
        <ProgressStep sending={sending} total={draft.plan.summary.total} flow={flow} host={host} />
      );
  }
}

function screenOf(link: LinkView, sheet: SheetView, asksFirst: boolean, draft: DraftState) {
  if (link.kind !== 'closed') return 'link';
  if (sheet.kind !== 'closed') return 'sheet';
  return asksFirst && isUnfinished(draft) ? 'waiting' : draft.step;
}

function isUnfinished(draft: DraftState): draft is Extract<DraftState, { step: 'read' | 'map' | 'check' | 'preview' }> {
  return draft.step === 'read' || draft.step === 'map' || draft.step === 'check' || draft.step === 'preview';
}

function goTo(flow: ImportFlow, step: ShownStep): void {
  if (step !== 'importing' && step !== 'receipt') void flow.send({ kind: 'wentTo', step });
}

/** After a change of screen the focus is at its heading, so that one goes on reading there; not when the page opens, nor where a field of the screen has taken it. */
function useFocusOnChange(screen: string): void {
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    if (!document.activeElement?.closest('main')) headingOf(document)?.focus({ preventScroll: true });
    globalThis.scrollTo(0, 0);
  }, [screen]);
}
