import { useRef, useState } from 'preact/hooks';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import type { LeadPatch } from '../../../platform/lead-api.ts';
import { Icon } from '../../parts/icon.tsx';
import type { LeadEdits } from '../leads/use-edits.ts';
import { ValueEditor } from '../value-editor.tsx';

type FactProps = {
  readonly label: string;
  readonly kind: 'text' | 'long' | 'owner';
  readonly lead: LeadAnswer;
  readonly edits: LeadEdits | null;
  /** What is edited. */
  readonly read: (lead: LeadAnswer) => string;
  /** What is shown, where that is something else. */
  readonly shownAs?: (lead: LeadAnswer) => string;
  readonly blank?: string;
  readonly patchOf: (text: string) => LeadPatch;
};

/** A name and its value; a click on the value, or Enter, changes it in its place. */
export function Fact({ label, kind, lead, edits, read, shownAs = read, blank = 'blank', patchOf }: FactProps) {
  const [isEditing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const shown = shownAs(lead);
  const words = shown === '' ? <i class="faint">{blank}</i> : <span class={kind === 'long' ? 'long' : undefined}>{shown}</span>;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {!edits ? (
          words
        ) : isEditing ? (
          <ValueEditor
            name={label}
            kind={kind}
            value={read(lead)}
            members={edits.members}
            lead={lead}
            shownIn={shownAs}
            save={(from, text) => edits.save(from, patchOf(text))}
            onClose={() => {
              setEditing(false);
              // The button is there again after this turn.
              requestAnimationFrame(() => button.current?.focus());
            }}
          />
        ) : (
          <button
            ref={button}
            type="button"
            class="fact"
            aria-label={`${label}: ${shown || blank}. Change`}
            onClick={() => setEditing(true)}
          >
            {words}
            <Icon name="pencil" />
          </button>
        )}
      </dd>
    </>
  );
}
