import type { OptOuts } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { countOf } from './numbers.ts';
import { Note } from './parts/note.tsx';

type OptOutNoteProps = { readonly optOuts: OptOuts; readonly flow: ImportFlow };

/** A column says who wants no contact: what happens to them, which is the person's to choose. */
export function OptOutNote({ optOuts: { header, count: rows, on }, flow }: OptOutNoteProps) {
  return (
    <Note
      {...(on ? {} : { tone: 'warn' })}
      icon="shield"
      fact={`${countOf(rows, 'row')} ${rows === 1 ? 'says' : 'say'} in “${header}” that they want no contact.`}
      buttons={
        <label class="check">
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => void flow.send({ kind: 'optOutsChosen', on: event.currentTarget.checked })}
          />
          <span>Leave them out, and put their addresses and phones on the suppression list</span>
        </label>
      }
    >
      {on ? 'They are not imported, by this file or any other.' : 'They are imported like any other row.'}
    </Note>
  );
}
