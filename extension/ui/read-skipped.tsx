import type { SkippedKind } from '#shared/table/table.ts';
import type { TableView } from '../flow/draft.ts';
import { count, countOf } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { isBlank, type SkippedCount, skippedKinds } from './read-options.ts';

type ReadSkippedProps = {
  readonly id: string;
  readonly table: TableView;
  readonly onKeep: () => void;
};

const TITLES: { readonly [K in SkippedKind]: (lines: number) => string } = {
  preamble: (lines) => `${countOf(lines, 'line')} above the table`,
  footer: (lines) => `${countOf(lines, 'line')} below the table`,
  total: (lines) => countOf(lines, 'total'),
  repeatedHeader: (lines) => `The header again, ${countOf(lines, 'time')}`,
  dummy: (lines) => countOf(lines, 'test row'),
};

/** The lines that are no data rows, kind by kind, each to be opened; and the way to have them as rows all the same. */
export function ReadSkipped({ id, table, onKeep }: ReadSkippedProps) {
  const skipped = skippedKinds(table.facts);
  const canKeep = skipped.some(({ kind }) => kind !== 'preamble');
  return (
    <section class="skipped" id={id} aria-label="Lines that are no rows">
      {skipped.map((one) => (
        <Kind key={one.kind} counted={one} table={table} isOpen={skipped.length === 1} />
      ))}
      {canKeep && (
        <div class="row wrap">
          <Button small onClick={onKeep}>
            Keep these as rows
          </Button>
          <span class="small faint">Lines above the table stay out: choose another header for those.</span>
        </div>
      )}
    </section>
  );
}

function Kind({ counted, table, isOpen }: { readonly counted: SkippedCount; readonly table: TableView; readonly isOpen: boolean }) {
  const { kind, lines } = counted;
  const shown = (table.skipped ?? []).filter((row) => row.kind === kind);
  return (
    <details open={isOpen}>
      <summary>{TITLES[kind](lines)}</summary>
      <ol class="raw">
        {shown.map(({ line, cells }) => (
          <li key={line}>
            <span class="ln">
              <span class="sr">Line </span>
              {count(line)}
            </span>
            <span class={isBlank(cells) ? 'faint sans' : undefined}>{isBlank(cells) ? 'blank' : cells.filter(Boolean).join(' · ')}</span>
          </li>
        ))}
        {lines > shown.length && <li class="faint sans">and {countOf(lines - shown.length, 'more line')}</li>}
      </ol>
    </details>
  );
}
