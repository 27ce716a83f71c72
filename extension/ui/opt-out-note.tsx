import type { OptOutOffer } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { countOf } from './numbers.ts';
import { Note } from './parts/note.tsx';

type OptOutNoteProps = { readonly optOuts: readonly OptOutOffer[]; readonly flow: ImportFlow };

/** Columns say who wants no contact: what happens to these people, column by column, which is the person's to choose. */
export function OptOutNote({ optOuts, flow }: OptOutNoteProps) {
  return optOuts.filter(({ count }) => count > 0).map((offer) => <ColumnNote key={offer.column} offer={offer} flow={flow} />);
}

function ColumnNote({
  offer: { column, header, count, says, kinds, on },
  flow,
}: {
  readonly offer: OptOutOffer;
  readonly flow: ImportFlow;
}) {
  const what = says === 'words' ? 'addresses or phones' : kinds.map((kind) => (kind === 'email' ? 'addresses' : 'phones')).join(' and ');
  return (
    <Note
      {...(on || says === 'no' ? {} : { tone: 'warn' })}
      icon="shield"
      fact={`“${header}”: ${countOf(count, 'person', 'people')} ${count === 1 ? 'says' : 'say'} ${SAID[says]}.`}
      buttons={
        <label class="check">
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => void flow.send({ kind: 'optOutsChosen', column, on: event.currentTarget.checked })}
          />
          <span>Leave them out, and put their {what} on the opt-out list</span>
        </label>
      }
    >
      {on
        ? `Their ${what} go on the opt-out list, and they are not imported.`
        : says === 'no'
          ? 'Often that means they were never asked. They are imported unless another column says otherwise.'
          : 'They are imported unless another column says otherwise.'}
    </Note>
  );
}

const SAID = { yes: 'yes', no: 'no', words: 'they want no contact' } as const;
