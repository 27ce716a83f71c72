import { useId, useState } from 'preact/hooks';
import { entryOf } from '../../../flow/workspace/read-suppressions.ts';
import { Button } from '../../parts/button.tsx';
import { failureWords } from '../failure-words.ts';
import type { Workspace } from '../workspace.ts';

type AddByHandProps = { readonly workspace: Workspace; readonly onAdded: () => void; readonly onMany: () => void };

/** Adds one entry: what it is, its looks say. */
export function AddByHand({ workspace, onAdded, onMany }: AddByHandProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const entry = entryOf(typed, workspace.facts.defaultCountry);
  const add = async () => {
    if (isBusy || typed.trim() === '') return;
    if (!entry) return setTrouble('This is no address, domain or phone number.');
    setBusy(true);
    const entries = [{ ...entry, reason: reason.trim() === '' ? null : reason.trim() }];
    const added = await workspace.server.ask('addSuppressions', { body: { entries, source: 'hand' } });
    setBusy(false);
    if (!added.ok) return setTrouble(failureWords(added.error));
    setTyped('');
    setReason('');
    const { addedCount, markedCount } = added.value;
    workspace.tell({ text: addedCount === 0 ? `${entry.value} was on the list already.` : addedWords(entry.value, markedCount) });
    onAdded();
  };
  return (
    <form
      class="stack stack-1"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div class="add-line">
        <label>
          <span class="label">Address, domain or phone</span>
          <input
            class="input"
            id={`${id}-value`}
            value={typed}
            maxLength={320}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={trouble ? 'true' : undefined}
            aria-describedby={`${id}-hint`}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setTrouble(null);
            }}
          />
        </label>
        <label>
          <span class="label">Reason, if you like</span>
          <input class="input" value={reason} maxLength={500} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        {/* Enter in a field of several needs a button of this type. */}
        <button type="submit" hidden />
        <Button look="tonal" busy={isBusy} off={typed.trim() === '' ? 'It needs a value' : null} onClick={() => void add()}>
          Add
        </Button>
        <Button look="quiet" icon="upload" onClick={onMany}>
          Add many
        </Button>
      </div>
      <p class={trouble ? 'small bad' : 'hint'} id={`${id}-hint`} role={trouble ? 'alert' : undefined}>
        {trouble ?? (entry ? KIND_HINTS[entry.kind](entry.value) : 'ann@example.com, example.org or +1 202 555 0123')}
      </p>
    </form>
  );
}

const KIND_HINTS = {
  email: (value: string) => `The address ${value}`,
  domain: (value: string) => `Everybody at ${value} and its subdomains`,
  phone: (value: string) => `The number ${value}`,
} as const;

function addedWords(value: string, marked: number): string {
  const also = marked === 0 ? '' : ` ${marked === 1 ? '1 lead is' : `${marked} leads are`} marked “do not contact”.`;
  return `${value} is on the list.${also}`;
}
