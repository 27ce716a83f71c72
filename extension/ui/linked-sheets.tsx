import { useEffect, useId, useState } from 'preact/hooks';
import { type LinkedSheets, linkedAddress, type SheetLink } from '../flow/linked-sheets.ts';
import type { Host } from './host.ts';
import { day } from './numbers.ts';
import { LinkButton } from './parts/button.tsx';
import { Dialog } from './parts/dialog.tsx';
import { Icon } from './parts/icon.tsx';
import { Select } from './parts/select.tsx';
import { needsPerson, SCHEDULES, visitWhen, visitWords } from './visit-words.ts';

/** Sheets shown before somebody asks for all. */
const SHOWN = 3;
/** Lines of a sheet's history. */
const MAX_LINES = 10;

/** The sheets that were imported before: what is new in them is one click away. Nothing where there are none. */
export function LinkedSheetList({ host }: { readonly host: Host }) {
  const links = useLinked(host.linked);
  const [showsAll, setShowsAll] = useState(false);
  const titleId = useId();
  if (links.length === 0) return null;
  return (
    <section class="stack linked" aria-labelledby={titleId}>
      <h2 id={titleId}>Sheets you imported before</h2>
      <ul class="pick">
        {(showsAll ? links : links.slice(0, SHOWN)).map((link) => (
          <LinkedSheet key={link.id} link={link} host={host} />
        ))}
      </ul>
      {links.length > SHOWN && !showsAll && <LinkButton onClick={() => setShowsAll(true)}>Show all {links.length}</LinkButton>}
    </section>
  );
}

function LinkedSheet({ link, host }: { readonly link: SheetLink; readonly host: Host }) {
  const [isOpen, setIsOpen] = useState(false);
  const detailsId = useId();
  const { origin, last, list, history } = link;
  const [newest] = history;
  const isStuck = newest !== undefined && link.schedule !== 'off' && needsPerson(newest);
  return (
    <li>
      <button type="button" onClick={() => openLinked(host, link)}>
        <span class="tile">
          <Icon name="sheet" />
        </span>
        <span class="what">
          <span>
            {origin.title}, {origin.tab}
          </span>
          <span>
            Imported on {day(last.at, host.now())} into {list.name}
          </span>
        </span>
        <Icon name="forward" tone="go" />
      </button>
      <p class="small row wrap linked-line">
        {isStuck && newest && (
          <span class="row warn">
            <Icon name="warn" />
            {visitWords(newest)}
          </span>
        )}
        <button
          class="link"
          type="button"
          aria-expanded={isOpen}
          aria-controls={detailsId}
          aria-label={`Schedule and history of ${origin.title}, ${origin.tab}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          Schedule and history
        </button>
      </p>
      {isOpen && <LinkedDetails id={detailsId} link={link} host={host} />}
    </li>
  );
}

function LinkedDetails({ id, link, host }: { readonly id: string; readonly link: SheetLink; readonly host: Host }) {
  const [asksToForget, setAsksToForget] = useState(false);
  const selectId = useId();
  const { linked } = host;
  return (
    <div class="stack linked-details" id={id}>
      <div class="stack stack-1">
        <label class="label" for={selectId}>
          Look for new rows
        </label>
        <Select
          id={selectId}
          value={link.schedule}
          choices={SCHEDULES}
          onChoose={(value) => {
            const chosen = SCHEDULES.find((one) => one.value === value);
            if (chosen) void linked.schedule(link.id, chosen.value);
          }}
        />
        <p class="hint">
          {link.schedule === 'off'
            ? 'Only when you open it here.'
            : 'While this browser runs, with your last Google sign-in and no window. Each time is an import of its own, which can be undone.'}
        </p>
      </div>
      <ol class="small since-gone">
        {link.history.slice(0, MAX_LINES).map((visit) => (
          <li key={visit.at} class="row">
            <span>{visitWords(visit)}</span>
            <span class="faint push nowrap">{visitWhen(visit, host.now())}</span>
          </li>
        ))}
      </ol>
      <p class="small">
        <LinkButton onClick={() => setAsksToForget(true)}>Forget this sheet</LinkButton>
      </p>
      {asksToForget && (
        <Dialog
          title={`Forget “${link.origin.title}”?`}
          text="Its leads stay in the workspace. The next import compares all its rows with them, as if the sheet was new."
          keep="Keep it"
          act="Forget it"
          onKeep={() => setAsksToForget(false)}
          onAct={() => {
            setAsksToForget(false);
            void linked.forget(link.id);
          }}
        />
      )}
    </div>
  );
}

/** Reads it at once, where Google's window can open. */
function openLinked({ sheetElsewhere, sheets }: Host, link: SheetLink): void {
  const { origin, account } = link;
  if (sheetElsewhere) sheetElsewhere(linkedAddress(link));
  else void sheets.readAgain({ ...origin, ...(account === null ? {} : { account }) });
}

function useLinked(linked: LinkedSheets): readonly SheetLink[] {
  const [links, setLinks] = useState(linked.view);
  useEffect(() => {
    const show = () => setLinks(linked.view());
    show(); // what changed between the first rendering and this effect
    return linked.subscribe(show);
  }, [linked]);
  return links;
}
