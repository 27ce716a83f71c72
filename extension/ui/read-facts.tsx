import { ENCODING_CHOICES } from '#shared/table/encodings.ts';
import type { FileFacts, ReadOptions } from '#shared/table/table.ts';
import type { TableView } from '../flow/draft.ts';
import { countryChoices } from './country-choices.ts';
import { count } from './numbers.ts';
import { Icon } from './parts/icon.tsx';
import { ChipSelect, type Choice } from './parts/select.tsx';
import { headerLines, skippedWords, withHeader, withSheet, wordsOf } from './read-options.ts';
import { ReadQuotes } from './read-quotes.tsx';

const ENCODINGS: readonly Choice[] = ENCODING_CHOICES.map(({ encoding, name }) => ({ value: encoding, label: name }));
const DELIMITERS = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Vertical bar' },
  { value: '^', label: 'Caret' },
  { value: '~', label: 'Tilde' },
  { value: ':', label: 'Colon' },
] as const satisfies readonly (Choice & { readonly value: FileFacts['delimiter'] })[];
const NO_HEADER = 0;
/** Of a line in the list of headers. */
const LINE_CHARS = 40;

type ReadFactsProps = {
  readonly table: TableView;
  readonly read: ReadOptions;
  readonly country: string;
  /** Id of the source: pasted text has no encoding to choose, and cells of a sheet were never text. */
  readonly source: string;
  readonly onRead: (options: ReadOptions) => void;
  readonly onCountry: (country: string) => void;
  /** Whether the lines left out are shown, and the id of what shows them. */
  readonly showsSkipped: boolean;
  readonly skippedId: string;
  readonly onShowSkipped: (shown: boolean) => void;
};

/** What was detected about the file, each a list to choose otherwise. */
export function ReadFacts(props: ReadFactsProps) {
  const { table, read, country, source, onRead, onCountry } = props;
  const { facts, sheets, sheet } = table;
  return (
    <section class="row wrap" aria-label="How the file is read">
      {sheets && (
        <ChipSelect
          name="Sheet"
          value={sheet ?? ''}
          choices={sheets.map(({ name, hidden }) => ({ value: name, label: hidden ? `${name} (hidden)` : name }))}
          onChoose={(name) => onRead(withSheet(read, name))}
        />
      )}
      {!sheets && source !== 'google-sheet' && (
        <>
          {source !== 'paste' && (
            <ChipSelect
              name="Encoding"
              value={facts.encoding}
              choices={withCurrent(ENCODINGS, facts.encoding)}
              onChoose={(encoding) => onRead({ ...read, encoding })}
            />
          )}
          <ChipSelect
            name="Separator"
            value={facts.delimiter}
            choices={DELIMITERS}
            onChoose={(value) => {
              const chosen = DELIMITERS.find((delimiter) => delimiter.value === value);
              if (chosen) onRead({ ...read, delimiter: chosen.value });
            }}
          />
          <ReadQuotes quote={facts.quote} onChoose={(quote) => onRead({ ...read, quote })} />
        </>
      )}
      <ChipSelect
        name="Header"
        value={String(facts.headerRow)}
        shown={facts.headerRow === NO_HEADER ? 'None' : `Line ${count(facts.headerRow)}`}
        choices={headerChoices(table)}
        onChoose={(line) => onRead(withHeader(read, Number(line)))}
      />
      <SkippedChip {...props} />
      <ChipSelect name="Phones without a country" value={country} choices={countryChoices()} onChoose={onCountry} />
    </section>
  );
}

function SkippedChip({ table, showsSkipped, skippedId, onShowSkipped }: ReadFactsProps) {
  const words = skippedWords(table.facts);
  if (words === null) return null;
  return (
    <button
      class="chip"
      type="button"
      aria-expanded={showsSkipped}
      aria-controls={showsSkipped ? skippedId : undefined}
      onClick={() => onShowSkipped(!showsSkipped)}
    >
      <span class="key">Skipped</span>
      <span class="cut">{words}</span>
      <Icon name="down" />
    </button>
  );
}

function withCurrent(choices: readonly Choice[], value: string): readonly Choice[] {
  return choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: value }];
}

function headerChoices(table: TableView): readonly Choice[] {
  const lines = headerLines(table).map(({ line, cells }) => ({
    value: String(line),
    label: `Line ${count(line)}: ${wordsOf(cells, LINE_CHARS)}`,
  }));
  return [...lines, { value: String(NO_HEADER), label: 'None: the first line is a row' }];
}
