import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import type { EditTrouble } from '../../flow/workspace/edit-lead.ts';
import type { Member } from '../../platform/lead-api.ts';
import { Button } from '../parts/button.tsx';
import { Note } from '../parts/note.tsx';
import { editTroubleWords } from './edit-trouble.ts';

type ValueEditorProps = {
  /** What is changed; read out. */
  readonly name: string;
  readonly kind: 'text' | 'long' | 'owner';
  readonly value: string;
  readonly members: readonly Member[];
  readonly lead: LeadAnswer;
  /** The value as another version of the lead shows it. */
  readonly shownIn: (lead: LeadAnswer) => string;
  /** Stores a text if the lead is still the given one; null when it is stored. */
  readonly save: (lead: LeadAnswer, text: string) => Promise<EditTrouble | null>;
  readonly onClose: () => void;
};

/**
 * A value while it is changed. Enter stores it, and so does leaving it; Escape gives the old one back. What cannot be
 * stored stays in the field, with the reason.
 */
export function ValueEditor({ name, kind, value, members, lead, shownIn, save, onClose }: ValueEditorProps) {
  const [text, setText] = useState(value);
  const [trouble, setTrouble] = useState<EditTrouble | null>(null);
  const isBusy = useRef(false);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement & HTMLSelectElement>(null);
  // Before the next key arrives: who types at once must not lose the first letters.
  useLayoutEffect(() => {
    field.current?.focus();
    if (kind !== 'owner') field.current?.select();
  }, [kind]);
  const store = async (from: LeadAnswer, typed: string) => {
    if (isBusy.current) return;
    if (typed.trim() === value.trim()) return onClose();
    isBusy.current = true;
    const found = await save(from, typed.trim());
    isBusy.current = false;
    if (found) setTrouble(found);
    else onClose();
  };
  const shared = {
    class: 'input',
    'aria-label': name,
    'aria-invalid': trouble ? ('true' as const) : undefined,
    value: text,
    ref: field,
    onBlur: () => {
      // With a reason on the screen, leaving the field is the way to its buttons.
      if (!trouble) void store(lead, text);
    },
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the field inside
    <span
      class="value-editor"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onClose();
        const isField = event.target === field.current;
        if (event.key === 'Enter' && isField && (kind !== 'long' || event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void store(lead, text);
        }
      }}
    >
      {kind === 'owner' ? (
        <select {...shared} onChange={(event) => setText(event.currentTarget.value)}>
          <option value="">nobody</option>
          {members.map((member) => (
            <option key={member.id} value={member.email}>
              {member.name || member.email}
            </option>
          ))}
        </select>
      ) : kind === 'long' ? (
        <textarea {...shared} rows={4} onInput={(event) => setText(event.currentTarget.value)} />
      ) : (
        <input {...shared} onInput={(event) => setText(event.currentTarget.value)} />
      )}
      {trouble && (
        <span class="float">
          <Note
            tone="bad"
            icon="bad"
            alert
            fact={`${name} is not changed.`}
            buttons={<TroubleButtons trouble={trouble} onStore={(from) => void store(from, text)} lead={lead} onClose={onClose} />}
          >
            {editTroubleWords(trouble)}
            {trouble.kind === 'conflict' && ` It is now “${shownIn(trouble.now) || 'blank'}”; you typed “${text}”.`}
          </Note>
        </span>
      )}
    </span>
  );
}

type TroubleButtonsProps = {
  readonly trouble: EditTrouble;
  readonly lead: LeadAnswer;
  readonly onStore: (from: LeadAnswer) => void;
  readonly onClose: () => void;
};

function TroubleButtons({ trouble, lead, onStore, onClose }: TroubleButtonsProps) {
  return (
    <>
      {trouble.kind === 'conflict' && (
        <Button small onClick={() => onStore(trouble.now)}>
          Use mine
        </Button>
      )}
      {(trouble.kind === 'failed' || trouble.kind === 'refused') && (
        <Button small onClick={() => onStore(lead)}>
          Try again
        </Button>
      )}
      <Button small look="quiet" onClick={onClose}>
        {trouble.kind === 'conflict' ? 'Keep theirs' : 'Give up the change'}
      </Button>
    </>
  );
}
