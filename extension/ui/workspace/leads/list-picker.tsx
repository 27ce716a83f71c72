import { useState } from 'preact/hooks';
import { Button } from '../../parts/button.tsx';
import { Select } from '../../parts/select.tsx';
import { troubleOf } from '../../server-trouble.ts';
import { Picker } from '../picker.tsx';
import type { Workspace } from '../workspace.ts';

type Picked = { readonly id: string; readonly name: string };
type ListPickerProps = { readonly workspace: Workspace; readonly onPick: (list: Picked) => void; readonly onClose: () => void };

/** The choice in front of the existing lists: a name of one's own. No list has an empty id. */
const NEW = '';

/** Chooses a list to add leads to, or makes one. */
export function ListPicker({ workspace, onPick, onClose }: ListPickerProps) {
  const { lists, leads } = workspace;
  const [id, setId] = useState(lists[0]?.id ?? NEW);
  const [name, setName] = useState('');
  const [trouble, setTrouble] = useState('');
  const add = async () => {
    const known = lists.find((list) => list.id === id) ?? lists.find((list) => list.name.toLowerCase() === name.trim().toLowerCase());
    if (known) return onPick(known);
    if (name.trim() === '') return setTrouble('Give the list a name.');
    const made = await leads.createList(name.trim());
    if (made.ok) return onPick(made.value);
    setTrouble(made.error.message ?? troubleOf(made.error).fact);
  };
  const choices = [...lists.map((list) => ({ value: list.id, label: list.name })), { value: NEW, label: 'A new list' }];
  return (
    <Picker name="Add to list" onClose={onClose} onSubmit={() => void add()}>
      <Select name="List" value={id} choices={choices} onChoose={setId} />
      {id === NEW && (
        <input
          class="input"
          aria-label="Name of the new list"
          placeholder="Name of the new list"
          maxLength={200}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      )}
      {trouble && (
        <p class="hint bad" role="alert">
          {trouble}
        </p>
      )}
      <div class="row">
        <Button look="tonal" small onClick={() => void add()}>
          Add
        </Button>
        <Button look="quiet" small onClick={onClose}>
          Cancel
        </Button>
      </div>
    </Picker>
  );
}
