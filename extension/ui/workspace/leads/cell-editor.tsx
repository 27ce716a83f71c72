import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import { ValueEditor } from '../value-editor.tsx';
import { type CellField, cellText, cellValue } from './columns.ts';
import type { LeadEdits } from './use-edits.ts';

type CellEditorProps = {
  readonly lead: LeadAnswer;
  readonly field: CellField;
  readonly label: string;
  readonly edits: LeadEdits;
  readonly onClose: () => void;
};

/** A cell while it is changed. */
export function CellEditor({ lead, field, label, edits, onClose }: CellEditorProps) {
  return (
    <ValueEditor
      name={label}
      kind={field === 'ownerEmail' ? 'owner' : 'text'}
      value={cellValue(lead, field)}
      members={edits.members}
      lead={lead}
      shownIn={(other) => cellText(other, field)}
      save={(from, text) => edits.save(from, { [field]: text })}
      onClose={onClose}
    />
  );
}
