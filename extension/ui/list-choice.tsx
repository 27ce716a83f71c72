import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ListChoice } from '../flow/draft.ts';
import { findListNamed } from '../flow/list-names.ts';
import type { ListInfo } from '../flow/view.ts';
import { countOf } from './numbers.ts';
import { Icon } from './parts/icon.tsx';
import { Segments } from './parts/segments.tsx';
import { Select } from './parts/select.tsx';

const SAVE_AFTER_MS = 300;

type ListChooserProps = {
  readonly list: ListChoice;
  /** Of the workspace; empty while the server cannot be asked. */
  readonly lists: readonly ListInfo[];
  readonly onChoose: (list: ListChoice) => void;
};

/** Where the leads go: a new list with a proposed name, or one that exists. */
export function ListChooser({ list, lists, onChoose }: ListChooserProps) {
  const id = useId();
  const typedName = useRef(list.kind === 'new' ? list.name : '');
  const kinds = [
    { value: 'new', label: 'New list' },
    { value: 'existing', label: 'Existing list' },
  ] as const;
  const choose = (kind: 'new' | 'existing') => {
    const first = lists.find((known) => known.isDefault) ?? lists[0];
    if (kind === 'new') onChoose({ kind, name: typedName.current });
    else if (first) onChoose({ kind, id: first.id, name: first.name });
  };
  return (
    <fieldset class="sect">
      <legend>Save to</legend>
      <div class="stack list-choice">
        <div class="row wrap list-row">
          <div class="grow">
            <label class="label" for={id}>
              List
            </label>
            {list.kind === 'new' ? (
              <NewName
                id={id}
                name={list.name}
                onName={(name) => {
                  typedName.current = name;
                  onChoose({ kind: 'new', name });
                }}
              />
            ) : (
              <Select
                id={id}
                value={list.id}
                choices={withChosen(lists, list).map((known) => ({ value: known.id, label: labelOf(known) }))}
                onChoose={(chosen) => {
                  const known = lists.find((one) => one.id === chosen);
                  if (known) onChoose({ kind: 'existing', id: known.id, name: known.name });
                }}
              />
            )}
          </div>
          {lists.length > 0 && <Segments name="New or existing list" value={list.kind} choices={kinds} onChoose={choose} />}
        </div>
        {list.kind === 'new' && <NewListHint id={id} name={list.name} lists={lists} />}
      </div>
    </fieldset>
  );
}

/** The name as typed: shown at once, saved when the typing rests or the field is left. */
function NewName({ id, name, onName }: { readonly id: string; readonly name: string; readonly onName: (name: string) => void }) {
  const [typed, setTyped] = useState(name);
  const unsaved = useRef<string | null>(null);
  const save = useRef(onName);
  save.current = onName;
  const flush = () => {
    if (unsaved.current !== null) save.current(unsaved.current);
    unsaved.current = null;
  };
  useEffect(() => {
    if (typed === name) return;
    unsaved.current = typed;
    const timer = setTimeout(flush, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => flush, []);
  return (
    <input
      class="input"
      id={id}
      value={typed}
      maxLength={200}
      autocomplete="off"
      aria-invalid={typed.trim() === '' ? 'true' : undefined}
      aria-describedby={`${id}-hint`}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onBlur={flush}
    />
  );
}

function NewListHint({ id, name, lists }: { readonly id: string; readonly name: string; readonly lists: readonly ListInfo[] }) {
  if (name.trim() === '') {
    return (
      <p class="hint row bad" id={`${id}-hint`} role="alert">
        <Icon name="bad" />
        The list needs a name.
      </p>
    );
  }
  const same = findListNamed(lists, name);
  return (
    <p class="hint" id={`${id}-hint`}>
      {same ? `“${same.name}” exists already: the leads are added to it.` : 'The list is made when you import, not before.'}
    </p>
  );
}

function withChosen(lists: readonly ListInfo[], chosen: { readonly id: string; readonly name: string }): readonly ListInfo[] {
  return lists.some((list) => list.id === chosen.id) ? lists : [{ ...chosen, leadCount: 0, isDefault: false }, ...lists];
}

function labelOf(list: ListInfo): string {
  return list.leadCount > 0 ? `${list.name} (${countOf(list.leadCount, 'lead')})` : list.name;
}
