import { useState } from 'preact/hooks';
import { sentenceForFileError } from '#shared/sentences/en.ts';
import { type FoundColumn, inCalls, readEntriesFile, readPastedEntries } from '../../../flow/workspace/read-suppressions.ts';
import { count, countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { FileButton } from '../../parts/file-button.tsx';
import { Select } from '../../parts/select.tsx';
import { failureWords } from '../failure-words.ts';
import type { Workspace } from '../workspace.ts';
import { kindsWords } from './suppression-words.ts';

type AddByFileProps = { readonly workspace: Workspace; readonly onAdded: () => void; readonly onClose: () => void };
type Found = { readonly source: 'file' | 'paste'; readonly columns: readonly FoundColumn[]; readonly chosen: number };

/** Skipped texts named on the screen. */
const NAMED = 5;

/** Adds many at once, from a file or pasted: first says what was found and what is left out, then adds it in calls. */
export function AddByFile({ workspace, onAdded, onClose }: AddByFileProps) {
  const [found, setFound] = useState<Found | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const country = workspace.facts.defaultCountry;
  const column = found?.columns[found.chosen] ?? null;
  const readFile = async (file: File) => {
    const read = await readEntriesFile(new Uint8Array(await file.arrayBuffer()), country);
    setTrouble(
      read.ok
        ? read.value.length === 0
          ? `${file.name} holds no address, domain or phone number.`
          : null
        : sentenceForFileError(read.error, file.name),
    );
    setFound(read.ok && read.value.length > 0 ? { source: 'file', columns: read.value, chosen: 0 } : null);
  };
  const readPasted = (text: string) => {
    setTrouble(null);
    setFound(text.trim() === '' ? null : { source: 'paste', columns: [readPastedEntries(text, country)], chosen: 0 });
  };
  const add = async () => {
    if (!found || !column || done !== null) return;
    let added = 0;
    let marked = 0;
    setDone(0);
    for (const entries of inCalls(column.entries)) {
      const answer = await workspace.server.ask('addSuppressions', { body: { entries, onInvalid: 'skip', source: found.source } });
      if (!answer.ok) {
        setDone(null);
        onAdded();
        return setTrouble(`${added > 0 ? `${count(added)} are added, the others are not. ` : ''}${failureWords(answer.error)}`);
      }
      added += answer.value.addedCount;
      marked += answer.value.markedCount;
      setDone((rows) => (rows ?? 0) + entries.length);
    }
    const known = column.entries.length - added;
    workspace.tell({
      text: [
        `${countOf(added, 'entry', 'entries')} added.`,
        ...(known > 0 ? [`${count(known)} were there already.`] : []),
        ...(marked > 0 ? [`${countOf(marked, 'lead')} marked “do not contact”.`] : []),
      ].join(' '),
    });
    onAdded();
    onClose();
  };
  return (
    <section class="stack stack-4 add-many" aria-label="Add many opt-outs">
      <div class="row wrap">
        <FileButton onElsewhere={null} focused onFile={(file) => void readFile(file)}>
          Choose a file
        </FileButton>
        <span class="dim">CSV, text or Excel, or paste them here:</span>
      </div>
      <textarea
        class="input"
        rows={4}
        aria-label="Addresses, domains and phones, one a line"
        placeholder={'ann@example.com\nexample.org'}
        spellcheck={false}
        onInput={(event) => readPasted(event.currentTarget.value)}
      />
      {trouble !== null && (
        <p class="small bad" role="alert">
          {trouble}
        </p>
      )}
      {found && column && (
        <div class="stack stack-1">
          {found.columns.length > 1 && (
            <div class="row wrap">
              <span class="label">From the column</span>
              <Select
                name="Column"
                value={String(found.chosen)}
                choices={found.columns.map(({ label, entries }, index) => ({
                  value: String(index),
                  label: `${label} (${count(entries.length)})`,
                }))}
                onChoose={(value) => setFound({ ...found, chosen: Number(value) })}
              />
            </div>
          )}
          <p role="status">
            <b>{kindsWords(column.entries)}</b>
            {column.skipped.length > 0 && <span class="dim">. {skippedWords(column.skipped)}</span>}
          </p>
        </div>
      )}
      <div class="row wrap">
        <Button
          look="primary"
          busy={done !== null}
          off={column === null || column.entries.length === 0 ? 'Choose a file or paste a list first' : null}
          onClick={() => void add()}
        >
          {column && column.entries.length > 0 ? `Add ${countOf(column.entries.length, 'entry', 'entries')}` : 'Add'}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        {done !== null && column && column.entries.length > done && <span class="small faint num">{count(done)} sent</span>}
      </div>
    </section>
  );
}

function skippedWords(skipped: readonly string[]): string {
  const named = skipped.slice(0, NAMED).map((text) => `“${text.slice(0, 40)}”`);
  const more = skipped.length > NAMED ? ` and ${count(skipped.length - NAMED)} more` : '';
  return `${countOf(skipped.length, 'text is', 'texts are')} left out: ${named.join(', ')}${more}`;
}
