import { useId, useState } from 'preact/hooks';
import type { ConstantMapping } from '#shared/mapping/mapping.ts';
import type { TableDraft, UserEvent } from '../flow/draft.ts';
import type { ServerView } from '../flow/view.ts';
import { ListChooser } from './list-choice.tsx';
import { constantsOf, feedersOf, withConstant } from './map-places.ts';

type OnSave = (event: UserEvent) => void;
type ExtrasProps = { readonly draft: TableDraft; readonly server: ServerView; readonly onSave: OnSave };

/** List, tags, owner and source of everything that is written. */
export function PreviewExtras({ draft, server, onSave }: ExtrasProps) {
  const lists = server.kind === 'ready' ? server.lists : [];
  const ownerColumn = feedersOf(draft.mapping).get('ownerEmail');
  const header = draft.table.suggestions.find(({ index }) => index === ownerColumn)?.label;
  return (
    <div class="stack stack-4">
      <ListChooser list={draft.list} lists={lists} onChoose={(list) => onSave({ kind: 'listChosen', list })} />
      <Shared draft={draft} onSave={onSave} field="tags" label="Tags for every row" hint="fair; spring" />
      {header === undefined ? (
        <Shared draft={draft} onSave={onSave} field="ownerEmail" label="Owner of every row" hint="name@example.com" />
      ) : (
        <p class="small dim">Owner: from the column “{header}”.</p>
      )}
      <p class="small dim">Source: {draft.file.name}. Every lead’s timeline names this import.</p>
    </div>
  );
}

type SharedProps = {
  readonly draft: TableDraft;
  readonly onSave: OnSave;
  readonly field: 'tags' | 'ownerEmail';
  readonly label: string;
  readonly hint: string;
};

/** One value for every row: kept when the field is left; blank takes it away. */
function Shared({ draft, onSave, field, label, hint }: SharedProps) {
  const id = useId();
  const [isWrong, setWrong] = useState(false);
  const before = constantsOf(draft.mapping).find((one) => one.field === field) ?? null;
  const keep = (text: string) => {
    const value = text.trim();
    if (value === (before?.value ?? '')) return;
    const after: ConstantMapping | null = value === '' ? null : { field, value };
    onSave({ kind: 'mappingChanged', mapping: withConstant(draft.mapping, before, after) });
  };
  return (
    <div>
      <label class="label" for={id}>
        {label}
      </label>
      <input
        class="input"
        id={id}
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        key={before?.value ?? ''}
        defaultValue={before?.value ?? ''}
        placeholder={hint}
        autocomplete="off"
        onChange={(event) => {
          const text = event.currentTarget.value;
          const isOwner = field !== 'ownerEmail' || text.trim() === '' || text.includes('@');
          setWrong(!isOwner);
          if (isOwner) keep(text);
        }}
      />
      {isWrong && (
        <p class="hint bad" id={`${id}-wrong`} role="alert">
          An owner is an email address.
        </p>
      )}
    </div>
  );
}
