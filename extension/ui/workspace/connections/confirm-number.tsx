import { useState } from 'preact/hooks';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { count, countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';

/** What a run stopped before, and how many of them. */
export type RunQuestion = { readonly what: 'creates' | 'removals' | 'clears'; readonly number: number };
type ConfirmNumberProps = RunQuestion & {
  readonly crm: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
};

const WORDS = {
  creates: {
    fact: (number: number, crm: string) => `This would make ${countOf(number, 'new record')} in ${crm}.`,
    more: () => 'None of them is made yet.',
    act: (number: number) => `Make ${countOf(number, 'record')}`,
    keep: 'Make none',
  },
  removals: {
    fact: (number: number) => `This would delete ${count(number)} at once.`,
    more: (crm: string) =>
      `They are leads whose records are gone in ${crm}, or records there whose leads were deleted here. None of them is deleted yet.`,
    act: (number: number) => `Delete ${count(number)}`,
    keep: 'Delete none',
  },
  clears: {
    fact: (number: number, crm: string) => `This would empty ${countOf(number, 'field')} in ${crm} at once.`,
    more: () => 'They are empty on the leads here and filled there. None of them is emptied yet.',
    act: (number: number) => `Empty ${countOf(number, 'field')}`,
    keep: 'Empty none',
  },
} as const;

/** Many new records in the CRM, many fields emptied there, or many deletions, go only when somebody has typed how many. */
export function ConfirmNumber({ what, number, crm, isBusy, onConfirm, onCancel }: ConfirmNumberProps) {
  const words = WORDS[what];
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
      <Note tone="ask" icon="ask" fact={words.fact(number, crm)} alert>
        {words.more(crm)}
      </Note>
      <div class="row wrap typed-row">
        <TypedNumber number={number} value={typed} onInput={setTyped} />
        <Button look="primary" busy={isBusy} off={isTyped ? null : `Type ${count(number)} first.`} onClick={onConfirm}>
          {words.act(number)}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {words.keep}
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

/** What the server wants a number for before it goes on; null where it refused something else. */
export function questionOf({ details }: ServerFailure): RunQuestion | null {
  for (const detail of details ?? []) {
    if (typeof detail !== 'object' || detail === null || !('about' in detail) || !('count' in detail)) continue;
    const what = QUESTIONS.get(detail.about);
    if (what !== undefined && typeof detail.count === 'number') return { what, number: detail.count };
  }
  return null;
}
const QUESTIONS: ReadonlyMap<unknown, RunQuestion['what']> = new Map([
  ['crm_creates', 'creates'],
  ['crm_removals', 'removals'],
  ['crm_clears', 'clears'],
]);
/** By which field of the body each of them is agreed to. */
export const AGREED_BY = {
  creates: 'confirmCreates',
  removals: 'confirmRemovals',
  clears: 'confirmClears',
} as const satisfies Record<RunQuestion['what'], string>;
