import { useEffect, useRef, useState } from 'preact/hooks';
import type { TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { ServerView, TemplatesView } from '../flow/view.ts';
import { Icon } from './parts/icon.tsx';
import { troubleOf } from './server-trouble.ts';
import { TemplateList } from './template-list.tsx';

type TemplateMenuProps = {
  readonly draft: TableDraft;
  readonly flow: ImportFlow;
  /** Says something to those who do not see it. */
  readonly onSay: (text: string) => void;
};

/** The workspace's named mappings behind one button: use one, save this one, rename, delete. */
export function TemplateMenu({ draft, flow, onSay }: TemplateMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { server, templates } = flow.view();
  const why = whyNot(server, templates);
  const close = () => {
    setIsOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    place.current?.querySelector<HTMLElement>('.menu button, .menu input')?.focus();
    const onPointer = (event: Event) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setIsOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [isOpen]);
  return (
    <div class="templates" ref={place}>
      <button
        class="btn"
        type="button"
        ref={button}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => (isOpen ? close() : setIsOpen(true))}
      >
        <Icon name="paste" />
        Templates
      </button>
      {isOpen && (
        <div
          class="menu"
          role="dialog"
          aria-label="Templates"
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !(event.target instanceof Element && event.target.closest('dialog'))) close();
          }}
        >
          {why ?? (
            <TemplateList
              templates={templates.kind === 'ready' ? templates.templates : []}
              actions={flow.templates}
              now={draft.touchedAt}
              onSay={onSay}
              onClose={close}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** Why there are no templates to choose from; null when there are. */
function whyNot(server: ServerView, templates: TemplatesView) {
  if (server.kind === 'unpaired') {
    return <p class="small">Templates are kept in your workspace. Connect this browser to it to use and save them.</p>;
  }
  const failure = server.kind === 'failed' ? server.failure : templates.kind === 'failed' ? templates.failure : null;
  if (failure) {
    return <p class="small">Templates are kept in your workspace. {troubleOf(failure).fact} What this browser remembers still works.</p>;
  }
  return templates.kind === 'asking' ? <p class="small faint">Asking the workspace…</p> : null;
}
