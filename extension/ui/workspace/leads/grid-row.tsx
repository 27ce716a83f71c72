// biome-ignore-all lint/a11y/useSemanticElements: a table drawn row by row is no <table> to a browser; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one cell takes the focus, not rows and heads
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import { type LeadsPlace, leadsHref } from '../../../flow/workspace/leads-place.ts';
import { Face } from '../face.tsx';
import { nameOf } from '../lead-name.ts';
import { CellEditor } from './cell-editor.tsx';
import { type CellField, cellText, type LeadColumn } from './columns.ts';
import type { LeadEdits } from './use-edits.ts';

type GridRowProps = {
  /** From 0. */
  readonly row: number;
  readonly top: number;
  /** Undefined while it is on its way. */
  readonly lead: LeadAnswer | undefined;
  readonly columns: readonly LeadColumn[];
  readonly place: LeadsPlace;
  readonly isChosen: boolean;
  /** The cell Tab leads to, where it is in this row. */
  readonly activeColumn: number | null;
  readonly editingColumn: number | null;
  readonly edits: LeadEdits | null;
  readonly onActivate: (column: number) => void;
  readonly onEdit: (column: number) => void;
  readonly onEdited: () => void;
  readonly onChoose: (withRange: boolean) => void;
};

/** One lead of the table, or its shape while it is on its way. */
export function GridRow(props: GridRowProps) {
  const { row, top, lead, columns, isChosen, activeColumn, editingColumn, edits } = props;
  const tabIndex = (column: number) => (activeColumn === column ? 0 : -1);
  return (
    <div
      class="leads-row"
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isChosen}
      aria-busy={lead ? undefined : 'true'}
      data-row={row}
      style={{ top: `${top}px` }}
    >
      <span role="gridcell" aria-colindex={1} class="cell box">
        <input
          type="checkbox"
          data-column={0}
          tabIndex={tabIndex(0)}
          aria-label={lead ? `Choose ${nameOf(lead)}` : 'Choose'}
          checked={isChosen}
          onFocus={() => props.onActivate(0)}
          onClick={(event) => {
            // What stays as it is, is kept from turning over; anything else the browser turns over itself, or the box falls behind the choice.
            if (lead === undefined || (event.shiftKey && isChosen)) event.preventDefault();
            props.onChoose(event.shiftKey);
          }}
        />
      </span>
      {columns.map((column, index) => {
        const at = index + 1;
        const isEditing = lead !== undefined && column.field !== null && editingColumn === at;
        return (
          <span
            key={column.id}
            role="gridcell"
            aria-colindex={at + 1}
            aria-readonly={edits && column.field ? undefined : 'true'}
            class={`cell c-${column.id}`}
            data-column={at}
            tabIndex={isEditing ? undefined : tabIndex(at)}
            onFocus={() => props.onActivate(at)}
            onDblClick={() => props.onEdit(at)}
          >
            {lead === undefined ? (
              <i class="skel late" />
            ) : isEditing && column.field && edits ? (
              <CellEditor lead={lead} field={column.field} label={column.label} edits={edits} onClose={props.onEdited} />
            ) : column.field === null ? (
              <NameCell lead={lead} place={props.place} />
            ) : (
              <TextCell lead={lead} field={column.field} />
            )}
          </span>
        );
      })}
    </div>
  );
}

function NameCell({ lead, place }: { readonly lead: LeadAnswer; readonly place: LeadsPlace }) {
  const name = nameOf(lead);
  return (
    <>
      <Face name={name} />
      <a class="name cut" tabIndex={-1} href={leadsHref(place, lead.id)} title={name}>
        {name}
      </a>
      {lead.doNotContact && (
        <span class="badge" data-tone="bad">
          Do not contact
        </span>
      )}
    </>
  );
}

function TextCell({ lead, field }: { readonly lead: LeadAnswer; readonly field: CellField }) {
  const text = cellText(lead, field);
  if (text === '' && field === 'ownerEmail') return <span class="faint">nobody</span>;
  return (
    <span class="cut" title={text}>
      {text}
    </span>
  );
}
