import { useState } from 'preact/hooks';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { count, countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';

type ConfirmCreatesProps = {
  readonly number: number;
  readonly crm: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
};

/** Many new records in the CRM are made only when somebody has typed how many. */
export function ConfirmCreates({ number, crm, isBusy, onConfirm, onCancel }: ConfirmCreatesProps) {
  const [typed, setTyped] = useState('');
  const isTyped = isSameNumber(typed, number);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped && !isBusy) onConfirm();
      }}
    >
      <Note tone="ask" icon="ask" fact={`This would make ${countOf(number, 'new record')} in ${crm}.`} alert>
        Nothing has been sent there yet.
      </Note>
      <div class="row wrap typed-row">
        <TypedNumber number={number} value={typed} onInput={setTyped} />
        <Button look="primary" busy={isBusy} off={isTyped ? null : `Type ${count(number)} first.`} onClick={onConfirm}>
          Make {countOf(number, 'record')}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Make none
        </Button>
      </div>
    </form>
  );
}

type TypedNumberProps = { readonly number: number; readonly value: string; readonly onInput: (text: string) => void };

/** The field for the number that is to be typed. */
export function TypedNumber({ number, value, onInput }: TypedNumberProps) {
  return (
    <label class="stack stack-1 typed">
      <span class="label">Type {count(number)} to allow it</span>
      <input
        class="input num"
        inputMode="numeric"
        autocomplete="off"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}

/** Whether the text is that number, with or without the marks between thousands. */
export function isSameNumber(text: string, number: number): boolean {
  return /^\d[\d,. ]*$/.test(text.trim()) && Number(text.replace(/\D/g, '')) === number;
}

/** How many the server wants to hear before it makes them; null where it refused something else. */
export function createsToConfirm({ details }: ServerFailure): number | null {
  for (const detail of details ?? [])
    if (typeof detail === 'object' && detail !== null && 'about' in detail && detail.about === 'crm_creates' && 'count' in detail)
      return typeof detail.count === 'number' ? detail.count : null;
  return null;
}
