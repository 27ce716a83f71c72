import { FIELDS, TEXT_FIELD_IDS, type TextFieldId } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { Decision, PlannedRow } from '#shared/plan/plan.ts';
import { displayName } from './display-name.ts';
import { countOf } from './numbers.ts';
import { PROBLEM_TITLES } from './problem-titles.ts';

const OUTCOMES: { readonly [D in Decision]: readonly [string, string] } = {
  create: ['New', 'b-created'],
  auto: ['New', 'b-created'],
  add: ['Add to list', 'b-added'],
  update: ['Update', 'b-updated'],
  duplicate: ['Duplicate', 'b-duplicate'],
  review: ['For you to decide', 'b-review'],
  suppress: ['Opted out', 'b-suppressed'],
  reject: ['Rejected', 'b-rejected'],
  exclude: ['You took out', 'hollow'],
  blank: ['Blank', 'hollow'],
};
/** Shown in columns of their own, in this order, after the name and the outcome. */
const MAIN_FIELDS = ['email', 'phone', 'companyName'] as const satisfies readonly TextFieldId[];
/** Further fields drawn; a file with hundreds of columns has them all stored, and counted in the last head. */
const FURTHER_DRAWN = 40;
const IN_NAME: readonly TextFieldId[] = ['firstName', 'lastName'];

/** The first rows, their values as they would be stored, and what becomes of them. What else they hold is further right in the same row. */
export function PreviewTable({ rows, title }: { readonly rows: readonly PlannedRow[]; readonly title: string }) {
  const further = furtherColumns(rows);
  const more = further.slice(0, FURTHER_DRAWN);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={title}>
      <table class="table flush stacks stacks-preview">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Outcome</th>
            {MAIN_FIELDS.map((field) => (
              <th key={field} scope="col">
                {FIELDS[field].label}
              </th>
            ))}
            {more.map((column) => (
              <th key={column.id} scope="col">
                {column.label}
              </th>
            ))}
            {further.length > more.length && <th scope="col">{countOf(further.length - more.length, 'more field')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td class={nameOf(row.lead) === '' ? 'strong blank' : 'strong'}>{nameOf(row.lead)}</td>
              <td>
                <Outcome row={row} />
              </td>
              {MAIN_FIELDS.map((field) => (
                <td key={field} class={row.lead?.[field] ? undefined : 'blank'}>
                  {row.lead?.[field]}
                </td>
              ))}
              {more.map((column) => (
                <td key={column.id} class="dim">
                  {row.lead && column.read(row.lead)}
                </td>
              ))}
              {further.length > more.length && <td />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Outcome({ row }: { readonly row: PlannedRow }) {
  const [word, mark] = OUTCOMES[row.decision];
  const cause = row.problems?.find((problem) => problem.severity === 'error');
  return (
    <span class="row">
      <i class={`mark ${mark}`} />
      {cause ? PROBLEM_TITLES[cause.code] : word}
    </span>
  );
}

type FurtherColumn = { readonly id: string; readonly label: string; readonly read: (lead: Lead) => string };

/** Every other field that one of these records fills, then tags, then custom fields by label. */
function furtherColumns(rows: readonly PlannedRow[]): readonly FurtherColumn[] {
  const leads = rows.flatMap((row) => (row.lead ? [row.lead] : []));
  const shown: readonly TextFieldId[] = [...IN_NAME, ...MAIN_FIELDS];
  const fields = TEXT_FIELD_IDS.filter((field) => !shown.includes(field) && leads.some((lead) => lead[field])).map(
    (field): FurtherColumn => ({ id: field, label: FIELDS[field].label, read: (lead) => lead[field] ?? '' }),
  );
  const tags: readonly FurtherColumn[] = leads.some((lead) => lead.tags?.length)
    ? [{ id: 'tags', label: FIELDS.tags.label, read: (lead) => (lead.tags ?? []).join(', ') }]
    : [];
  const labels = new Set(leads.flatMap((lead) => (lead.customFields ?? []).map((custom) => custom.label)));
  const customs = [...labels].map(
    (label): FurtherColumn => ({
      id: `custom ${label}`,
      label,
      read: (lead) => lead.customFields?.find((custom) => custom.label === label)?.value ?? '',
    }),
  );
  return [...fields, ...tags, ...customs];
}

function nameOf(lead: Lead | undefined): string {
  return displayName(lead?.firstName, lead?.lastName);
}
