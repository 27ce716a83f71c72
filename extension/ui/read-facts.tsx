import type { FileFacts, ReadOptions } from '#shared/table/table.ts';
import { countryChoices } from './country-choices.ts';
import { countOf } from './numbers.ts';
import { ChipSelect, type Choice } from './parts/select.tsx';

const ENCODINGS: readonly Choice[] = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16' },
  { value: 'utf-16be', label: 'UTF-16, big-endian' },
  { value: 'windows-1252', label: 'Windows-1252' },
];
const DELIMITERS = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Vertical bar' },
] as const satisfies readonly (Choice & { readonly value: FileFacts['delimiter'] })[];
const NO_HEADER = '0';
const HEADER_LINES = 12;

type ReadFactsProps = {
  readonly facts: FileFacts;
  readonly read: ReadOptions;
  readonly country: string;
  readonly onRead: (options: ReadOptions) => void;
  readonly onCountry: (country: string) => void;
};

/** What was detected about the file, each a list to choose otherwise. */
export function ReadFacts({ facts, read, country, onRead, onCountry }: ReadFactsProps) {
  const skipped = skippedOf(facts);
  return (
    <section class="row wrap" aria-label="How the file is read">
      <ChipSelect
        name="Encoding"
        value={facts.encoding}
        choices={withCurrent(ENCODINGS, facts.encoding)}
        onChoose={(encoding) => onRead({ ...read, encoding })}
      />
      <ChipSelect
        name="Separator"
        value={facts.delimiter}
        choices={DELIMITERS}
        onChoose={(value) => {
          const chosen = DELIMITERS.find((delimiter) => delimiter.value === value);
          if (chosen) onRead({ ...read, delimiter: chosen.value });
        }}
      />
      <ChipSelect
        name="Header"
        value={String(facts.headerRow)}
        choices={headerChoices(facts.headerRow)}
        onChoose={(line) => onRead({ ...read, headerRow: Number(line) })}
      />
      {skipped && (
        <span class="chip still">
          <span class="key">Skipped</span>
          {skipped}
        </span>
      )}
      <ChipSelect name="Phones without a country" value={country} choices={countryChoices()} onChoose={onCountry} />
    </section>
  );
}

function withCurrent(choices: readonly Choice[], value: string): readonly Choice[] {
  return choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: value }];
}

function headerChoices(current: number): readonly Choice[] {
  const lines = Array.from({ length: HEADER_LINES }, (_, index) => index + 1);
  if (current > HEADER_LINES) lines.push(current);
  return [...lines.map((line) => ({ value: String(line), label: `Line ${line}` })), { value: NO_HEADER, label: 'None' }];
}

/** Lines of the file that are no data rows, or null when there are none. */
export function skippedOf(facts: FileFacts): string | null {
  const parts = [
    [facts.preambleRows, 'line above', 'lines above'],
    [facts.footerRows, 'line below', 'lines below'],
    [facts.totalRows, 'total', 'totals'],
    [facts.repeatedHeaders, 'repeated header', 'repeated headers'],
    [facts.dummyRows, 'test row', 'test rows'],
  ] as const;
  const said = parts.filter(([rows]) => rows > 0).map(([rows, one, many]) => countOf(rows, one, many));
  return said.length > 0 ? said.join(', ') : null;
}
