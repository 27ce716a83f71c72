import type { ImportState } from '#shared/api/imports.ts';
import { EMAIL_FIELDS, FIELDS, isFieldId, PHONE_FIELDS } from '#shared/lead/fields.ts';
import { uniqueLabels } from '#shared/mapping/labels.ts';
import type { Problem, ProblemCode } from '#shared/problems.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { rowName } from '../../../flow/workspace/compare-row.ts';
import type { ImportRow } from '../../../flow/workspace/imports-place.ts';
import { count } from '../../numbers.ts';

type ImportRowsProps = { readonly rows: readonly ImportRow[]; readonly found: ImportState; readonly label: string };

/** Rows of an import: the line, who it is about, what is wrong in words, and the row as it was read where that is kept. */
export function ImportRows({ rows, found, label }: ImportRowsProps) {
  const { headers = [] } = found;
  return (
    <ul class="rows-list" aria-label={label}>
      {rows.map((row) => (
        <li key={row.line}>
          <span class="small faint num line-no">Line {count(row.line)}</span>
          <div class="stack stack-1">
            <RowPerson row={row} name={row.lead?.name || row.lead?.email || rowName(row, found)} />
            <RowProblems problems={row.problems} headers={headers} />
            {row.raw && <RawCells cells={row.raw} headers={headers} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Who a row is about, with the way to the lead it became. */
function RowPerson({ row: { lead, leadId, changed }, name }: { readonly row: ImportRow; readonly name: string }) {
  return (
    <p class="row wrap">
      {leadId === null ? (
        name !== '' && <span class="strong">{name}</span>
      ) : (
        <a class="strong" href={hrefOf('leads', [leadId])}>
          {name || 'Show the lead'}
        </a>
      )}
      {lead?.email && lead.name && <span class="dim">{lead.email}</span>}
      {changed && <span class="badge">other than previewed</span>}
    </p>
  );
}

/** What is wrong with a row, or was said about it: sentences, each with its column. */
export function RowProblems({ problems, headers }: { readonly problems: readonly Problem[]; readonly headers: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <ul class="small dim">
      {problems.map((problem, index) => (
        // A row's problems stay as they are.
        <li key={index}>{sentenceForProblem(problem, placeOf(problem, headers))}</li>
      ))}
    </ul>
  );
}

/** The row as it was read, cell by cell; blank cells are left out. */
function RawCells({ cells, headers }: { readonly cells: readonly string[]; readonly headers: readonly string[] }) {
  const labels = uniqueLabels(headers, cells.length);
  return (
    <details class="raw-cells">
      <summary class="small">As in the file</summary>
      <dl class="facts small">
        {cells.flatMap((cell, index) =>
          cell.trim() === ''
            ? []
            : [
                <dt key={`${index} label`} class="cut" title={labels[index]}>
                  {labels[index]}
                </dt>,
                <dd key={index} class="mono">
                  {cell}
                </dd>,
              ],
        )}
      </dl>
    </details>
  );
}

/** The alternates: their sentences do not say which of them is meant. */
const SEVERAL: readonly string[] = [...PHONE_FIELDS.slice(1), ...EMAIL_FIELDS.slice(1)];

/** The same for a stored value that was left as it is. */
const LEFT: readonly ProblemCode[] = ['values_changed', 'edited_since'];

function placeOf({ code, column, field }: Problem, headers: readonly string[]): string | undefined {
  if (field !== undefined && LEFT.includes(code)) return isFieldId(field) ? FIELDS[field].label : field;
  if (field !== undefined && isFieldId(field)) return SEVERAL.includes(field) ? FIELDS[field].label : undefined;
  return (column === undefined ? undefined : headers[column]?.trim()) || undefined;
}
