import { useId, useState } from 'preact/hooks';
import type { TagCount } from '../../../platform/lead-api.ts';
import { Button } from '../../parts/button.tsx';
import { Picker } from '../picker.tsx';

type TagPickerProps = {
  readonly tags: readonly TagCount[];
  readonly onAdd: (tag: string) => void;
  readonly onRemove: (tag: string) => void;
  readonly onClose: () => void;
};

/** What the server takes as a tag. */
const MOST_LETTERS = 100;

/** Puts a tag on leads, or takes it off; known tags are proposed, others are made. */
export function TagPicker({ tags, onAdd, onRemove, onClose }: TagPickerProps) {
  const [tag, setTag] = useState('');
  const known = useId();
  const off = tag.trim() === '' ? 'Type or choose a tag' : null;
  const add = () => {
    if (!off) onAdd(tag.trim());
  };
  return (
    <Picker name="Tag" onClose={onClose} onSubmit={add}>
      <input
        class="input"
        aria-label="Tag"
        placeholder="Tag"
        list={known}
        maxLength={MOST_LETTERS}
        value={tag}
        onInput={(event) => setTag(event.currentTarget.value)}
      />
      <datalist id={known}>
        {tags.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div class="row">
        <Button look="tonal" small off={off} onClick={add}>
          Add tag
        </Button>
        <Button look="quiet" small off={off} onClick={() => onRemove(tag.trim())}>
          Take it off
        </Button>
        <Button look="quiet" small onClick={onClose}>
          Cancel
        </Button>
      </div>
    </Picker>
  );
}
