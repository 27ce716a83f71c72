import type { FileError } from '#shared/problems.ts';
import { sentenceForFileError } from '#shared/sentences/en.ts';
import type { ReadDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { Host } from './host.ts';
import { size } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { FileButton } from './parts/file-button.tsx';
import { Note } from './parts/note.tsx';
import { withHeader } from './read-options.ts';

type FileRefusedProps = {
  readonly draft: ReadDraft;
  readonly error: FileError;
  readonly flow: ImportFlow;
  readonly host: Host;
  readonly onFile: (file: File) => void;
};

/** The file cannot be read: what it is, and what to do. Nothing of it is kept but the draft. */
export function FileRefused({ draft, error, flow, host, onFile }: FileRefusedProps) {
  const [fact, ...advice] = sentenceForFileError(error, draft.file.name).split(/(?<=\.) /);
  const { maxBytes, ...choices } = draft.read;
  // Where the size is the reason, no way of reading helps.
  const canReadOtherwise = error.code !== 'file_too_large' && Object.values(choices).some((choice) => choice !== undefined);
  const asDetected = maxBytes === undefined ? {} : { maxBytes };
  // One line, or none that looks like column names: all of them may be rows.
  const mayLackHeader = (error.code === 'file_header_only' || error.code === 'file_no_table') && choices.headerRow !== 0;
  const hasOpenQuote = error.code === 'quote_never_closed' && choices.quote !== 'none';
  return (
    <main class="work narrow">
      <div class="lede">
        <h1>This file can’t be read</h1>
        <p>
          {draft.file.name}, {size(draft.file.bytes)}
        </p>
      </div>
      <Note tone="bad" icon="bad" alert fact={fact ?? ''}>
        {[...advice, 'Nothing was imported.'].join(' ')}
      </Note>
      <div class="row wrap">
        <FileButton primary onFile={onFile} onElsewhere={host.chooseInTab}>
          Choose another file
        </FileButton>
        {canReadOtherwise && (
          <Button onClick={() => void flow.send({ kind: 'readOptionsChosen', options: asDetected })}>Read it as detected</Button>
        )}
        {hasOpenQuote && (
          <Button onClick={() => void flow.send({ kind: 'readOptionsChosen', options: { ...draft.read, quote: 'none' } })}>
            Read the quotes as plain text
          </Button>
        )}
        {mayLackHeader && (
          <Button onClick={() => void flow.send({ kind: 'readOptionsChosen', options: withHeader(draft.read, 0) })}>
            Read it without a header
          </Button>
        )}
        <Button look="quiet" onClick={() => void flow.chooseSample()}>
          Try a sample file
        </Button>
      </div>
    </main>
  );
}
