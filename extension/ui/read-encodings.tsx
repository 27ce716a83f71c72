import { ENCODING_CHOICES } from '#shared/table/encodings.ts';
import type { TableView } from '../flow/draft.ts';
import { Icon } from './parts/icon.tsx';
import { Note } from './parts/note.tsx';

type ReadEncodingsProps = { readonly table: TableView; readonly onChoose: (encoding: string) => void };

/** Where the encoding is not sure: the same cells in the likeliest ones. The eye knows at once. */
export function ReadEncodings({ table, onChoose }: ReadEncodingsProps) {
  const { facts, encodings = [] } = table;
  if (facts.encodingSure) return null;
  if (encodings.length < 2) {
    return (
      <Note tone="ask" icon="ask" fact="Do these names look right?">
        The file does not say how its letters are written. If some look odd, choose another encoding above.
      </Note>
    );
  }
  return (
    <section class="note" data-tone="ask" aria-label="Encoding">
      <Icon name="ask" />
      <div class="body">
        <p class="say">
          <strong>Do these names look right?</strong> The file does not say how its letters are written. Choose the line that reads well.
        </p>
        <div class="readings">
          {encodings.map(({ encoding, cells }) => (
            <button
              key={encoding}
              class="reading"
              type="button"
              aria-pressed={encoding === facts.encoding}
              onClick={() => onChoose(encoding)}
            >
              <span class="strong cut">{cells.join(' · ')}</span>
              <span class="small dim">
                {nameOf(encoding)}
                {encoding === facts.encoding && ', as shown below'}
              </span>
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}

function nameOf(encoding: string): string {
  return ENCODING_CHOICES.find((choice) => choice.encoding === encoding)?.name ?? encoding;
}
