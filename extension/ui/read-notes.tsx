import type { ReadOptions } from '#shared/table/table.ts';
import type { ReadDraft, RetryOf } from '../flow/draft.ts';
import { count, countOf, day, plural } from './numbers.ts';
import { LinkButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';

type ReadNotesProps = { readonly draft: ReadDraft; readonly onRead: (options: ReadOptions) => void };

/** What else has to be known of this file: that its rows were rejected before, and that mended rows wait for another reading. */
export function ReadNotes({ draft, onRead }: ReadNotesProps) {
  const { reading, setAside, touchedAt } = draft;
  const retryOf = reading.kind === 'ready' ? reading.table.retryOf : undefined;
  return (
    <>
      {retryOf && <RetryNote retryOf={retryOf} now={touchedAt} />}
      {setAside && (
        <div class="note" data-tone="ask" role="status">
          <Icon name="info" />
          <p class="body">
            {countOf(setAside.repair.done, 'change')} to rows {plural(setAside.repair.done, 'is', 'are')} set aside: lines may be others
            now. <LinkButton onClick={() => onRead(setAside.read)}>Read it as before</LinkButton>
          </p>
        </div>
      )}
    </>
  );
}

function RetryNote({ retryOf, now }: { readonly retryOf: RetryOf; readonly now: number }) {
  const { fileName, at, rows } = retryOf;
  return (
    <div class="note" data-tone="accent">
      <Icon name="clock" />
      <p class="body">
        <strong>These rows were rejected before</strong>, from {fileName === '' ? 'an import' : `“${fileName}”`} of {day(at, now)}
        {rows > 0 && ` (${count(rows)} in all)`}. Mapping, list and rules are as they were then, and this import is linked to that one.
      </p>
    </div>
  );
}
