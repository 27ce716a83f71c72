import { useId, useState } from 'preact/hooks';
import type { SheetBook } from '#shared/table/sheet-book.ts';
import type { ReadDraft } from '../flow/draft.ts';
import { linkedAddress } from '../flow/linked-sheets.ts';
import type { SheetFlow, SheetView } from '../flow/sheet-flow.ts';
import { type Host, openSheet } from './host.ts';
import { countOf, plural } from './numbers.ts';
import { Button, LinkButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { Select } from './parts/select.tsx';

type Opened = Extract<SheetView, { kind: 'opened' }>;

/** The tabs of a sheet, and which cells of one; hidden tabs are named, and off until somebody wants them. */
export function SheetTabs({ view, sheets }: { readonly view: Opened; readonly sheets: SheetFlow }) {
  const { book, gid, account, isRangeRefused } = view;
  const id = useId();
  const [range, setRange] = useState(view.range);
  const isHiddenMeant = book.tabs.some((tab) => tab.gid === gid && tab.hidden);
  const [withHidden, setWithHidden] = useState(isHiddenMeant);
  const grids = book.tabs.filter(({ isGrid, hidden }) => isGrid && (withHidden || !hidden));
  const meant = book.tabs.find((tab) => tab.gid === gid);
  const shown = meant && !grids.includes(meant) ? [meant, ...grids] : grids;
  return (
    <>
      <div class="lede">
        <h1>Choose what to read</h1>
        <p>
          {account === null ? 'Nothing of it is read yet.' : `Signed in as ${account}.`}{' '}
          {account !== null && <LinkButton onClick={() => void sheets.signIn({ choose: true })}>Use another account</LinkButton>}
        </p>
      </div>
      <div class="stack stack-1">
        <label class="label" for={`${id}-tab`}>
          Tab
        </label>
        <Select
          id={`${id}-tab`}
          value={String(gid)}
          choices={shown.map((tab) => ({ value: String(tab.gid), label: tab.hidden ? `${tab.title} (hidden)` : tab.title }))}
          onChoose={(chosen) => sheets.choose({ gid: Number(chosen) })}
        />
      </div>
      <form
        class="stack stack-1"
        onSubmit={(event) => {
          event.preventDefault();
          void sheets.read();
        }}
      >
        <span class="row between">
          <label class="label" for={`${id}-range`}>
            Range
          </label>
          <span class="small faint">optional</span>
        </span>
        <input
          class="input"
          id={`${id}-range`}
          type="text"
          autocomplete="off"
          spellcheck={false}
          placeholder="All of the tab, or A1:F200"
          value={range}
          aria-invalid={isRangeRefused ? 'true' : undefined}
          aria-describedby={isRangeRefused ? `${id}-why` : undefined}
          onInput={(event) => {
            setRange(event.currentTarget.value);
            sheets.choose({ range: event.currentTarget.value });
          }}
        />
        {isRangeRefused && (
          <p class="hint row bad" id={`${id}-why`} role="alert">
            <Icon name="bad" />
            This is no range. It looks like B2:F40 or A:F.
          </p>
        )}
      </form>
      <LeftOut book={book} withHidden={withHidden} onHidden={setWithHidden} />
    </>
  );
}

type LeftOutProps = { readonly book: SheetBook; readonly withHidden: boolean; readonly onHidden: (shown: boolean) => void };

/** Tabs that are not among the choices, and why. */
function LeftOut({ book, withHidden, onHidden }: LeftOutProps) {
  const hidden = book.tabs.filter((tab) => tab.hidden && tab.isGrid);
  const charts = book.tabs.filter(({ isGrid }) => !isGrid);
  if (hidden.length === 0 && charts.length === 0) return null;
  return (
    <ul class="stack dim findings">
      {hidden.length > 0 && (
        <li class="row top">
          <Icon name="info" />
          <span>
            {countOf(hidden.length, 'hidden tab')} {plural(hidden.length, 'is', 'are')} {withHidden ? 'among the tabs' : 'left out'}:{' '}
            {names(hidden)}.{' '}
            <LinkButton onClick={() => onHidden(!withHidden)}>
              {withHidden ? `Leave ${plural(hidden.length, 'it', 'them')} out` : `Include ${plural(hidden.length, 'it', 'them')}`}
            </LinkButton>
          </span>
        </li>
      )}
      {charts.length > 0 && (
        <li class="row top">
          <Icon name="info" />
          <span>
            {names(charts)} {plural(charts.length, 'is a chart', 'are charts')}, without rows.
          </span>
        </li>
      )}
    </ul>
  );
}

const SHOWN_NAMES = 5;

function names(tabs: SheetBook['tabs']): string {
  const some = tabs.slice(0, SHOWN_NAMES).map(({ title }) => `“${title}”`);
  return tabs.length > SHOWN_NAMES ? `${some.join(', ')} and ${tabs.length - SHOWN_NAMES} more` : some.join(', ');
}

/** Back from cells that were read to the tabs of their sheet; the draft stays until others are read. */
export function OtherTab({ place, host }: { readonly place: NonNullable<ReadDraft['file']['sheet']>; readonly host: Host }) {
  return <Button onClick={() => openSheet(host, linkedAddress({ origin: place }), place.title)}>Another tab or range</Button>;
}
