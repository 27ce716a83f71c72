import type { TextFieldId } from '#shared/lead/fields.ts';
import { isColumnMapping, type MappingTarget } from '#shared/mapping/mapping.ts';
import type { Problem } from '#shared/problems.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import type { TableDraft } from '../flow/draft.ts';
import type { RowPage } from '../flow/view.ts';
import { count } from './numbers.ts';
import { LinkButton } from './parts/button.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import type { RowFilter } from './problem-filter.tsx';
import type { FoundRows } from './use-rows.ts';

const IDENTITY: readonly MappingTarget[] = ['firstName', 'lastName', 'fullName', 'email', 'phone', 'companyName'];
type Row = RowPage['rows'][number];
type ShownColumn = { readonly column: number; readonly label: string; readonly field: MappingTarget; readonly isCause: boolean };

type ProblemRowsProps = {
  readonly draft: TableDraft;
  readonly filter: RowFilter;
  readonly found: FoundRows;
};

/** A few rows as they are in the file, the cells in question marked, and why; for a warning also what will be stored. */
export function ProblemRows({ draft, filter, found }: ProblemRowsProps) {
  const columns = shownColumns(draft, filter);
  const cause = columns.find((column) => column.isCause);
  const showsStored = filter.show === 'warnings' && cause !== undefined && isTextField(cause.field);
  if (found.kind === 'waiting') return <Skeleton rows={6} columns={4} />;
  if (found.kind === 'failed') {
    return (
      <p class="dim pad" role="alert">
        These rows can’t be shown. The counts hold. <LinkButton onClick={found.again}>Try again</LinkButton>
      </p>
    );
  }
  const { page } = found;
  if (page.rows.length === 0) return <p class="dim pad">No rows here.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label="Example rows">
      <table class="table grid stacks stacks-rows">
        <thead>
          <tr>
            <th class="r" scope="col">
              Line
            </th>
            {columns.map(({ column, label }) => (
              <th key={column} scope="col">
                {label}
              </th>
            ))}
            {showsStored && <th scope="col">Will be stored</th>}
            {filter.show !== 'valid' && <th scope="col">Why</th>}
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <tr key={row.line}>
              <td class="ln">{count(row.line)}</td>
              {columns.map((shown) => (
                <Cell key={shown.column} row={row} shown={shown} />
              ))}
              {showsStored && cause && <td class="will mono">{storedIn(row, cause.field)}</td>}
              {filter.show !== 'valid' && <td class="c-why dim">{whyOf(row, filter)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ row, shown }: { readonly row: Row; readonly shown: ShownColumn }) {
  const text = row.cells[shown.column] ?? '';
  const finding = row.problems?.find((problem) => isAbout(problem, shown) && problem.severity !== 'note');
  const tone = finding ? (finding.severity === 'error' ? 'bad' : 'warn') : undefined;
  const classes = [text.trim() === '' && 'blank', shown.isCause && 'c-cause', isName(shown.field) && 'c-name', tone && 'mono'];
  return (
    <td class={classes.filter(Boolean).join(' ') || undefined} data-tone={tone} title={text.length > 40 ? text : undefined}>
      {text}
    </td>
  );
}

function isAbout(problem: Problem, shown: ShownColumn): boolean {
  return problem.column === undefined ? problem.field === shown.field : problem.column === shown.column;
}

function shownColumns(draft: TableDraft, filter: RowFilter): readonly ShownColumn[] {
  const labels = new Map(draft.table.suggestions.map((suggestion) => [suggestion.index, suggestion.label]));
  const entries = draft.mapping.filter(isColumnMapping);
  const shown = IDENTITY.flatMap((field) => entries.filter((entry) => entry.field === field));
  const cause = entries.find((entry) => entry.column === filter.column);
  const withCause = cause && !shown.includes(cause) ? [...shown.slice(0, 2), cause, ...shown.slice(2)] : shown;
  return withCause.map(({ column, field }) => ({ column, field, label: labels.get(column) ?? '', isCause: column === filter.column }));
}

/** The finding one has chosen first, then the others; rows that are simply duplicates say of what. */
function whyOf(row: Row, filter: RowFilter): string {
  const problems = row.problems ?? [];
  const chosen = filter.code === undefined ? problems : problems.filter((problem) => problem.code === filter.code);
  return [...new Set(chosen.map((problem) => sentenceForProblem(problem)))].join(' ');
}

function storedIn(row: Row, field: MappingTarget): string {
  return isTextField(field) ? (row.lead?.[field] ?? '') : '';
}

function isTextField(field: MappingTarget): field is TextFieldId {
  return field !== 'fullName' && field !== 'custom' && field !== 'ignore' && field !== 'tags';
}

function isName(field: MappingTarget): boolean {
  return field === 'firstName' || field === 'lastName' || field === 'fullName';
}
