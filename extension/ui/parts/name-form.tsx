import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { Button } from './button.tsx';

const MAX_NAME = 200;

type NameFormProps = {
  readonly label: string;
  /** The name to begin with. */
  readonly name: string;
  readonly act: string;
  /** Why the server did not take a name. */
  readonly troubleOf: (failure: ServerFailure, name: string) => string;
  readonly onName: (name: string) => Promise<ServerFailure | null>;
  /** Shown beside the sentence that a name is taken. */
  readonly whenTaken?: (name: string) => ComponentChildren;
  readonly onCancel?: () => void;
};

/** Asks for a name; what is wrong with it is said beside it. Enter gives it, Escape gives up. */
export function NameForm({ label, name, act, troubleOf, onName, whenTaken, onCancel }: NameFormProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(name);
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState<{ readonly name: string; readonly failure: ServerFailure } | null>(null);
  const isCancellable = onCancel !== undefined;
  useEffect(() => {
    if (isCancellable) input.current?.select();
  }, [isCancellable]);
  const give = async () => {
    const wanted = typed.trim();
    if (isBusy || wanted === '') return;
    setIsBusy(true);
    const failure = await onName(wanted);
    setIsBusy(false);
    setFailed(failure && { name: wanted, failure });
    if (!failure && !isCancellable) setTyped('');
  };
  return (
    <form
      class="stack stack-1"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !onCancel) return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <label class="label" for={`${id}-name`}>
        {label}
      </label>
      <div class="row">
        <input
          class="input"
          ref={input}
          id={`${id}-name`}
          value={typed}
          maxLength={MAX_NAME}
          autocomplete="off"
          aria-invalid={failed ? 'true' : undefined}
          aria-describedby={failed ? `${id}-why` : undefined}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setFailed(null);
          }}
        />
        <Button look="tonal" busy={isBusy} off={typed.trim() === '' ? 'It needs a name' : null} onClick={() => void give()}>
          {act}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      {failed && (
        <p id={`${id}-why`} class="small bad" role="alert">
          {troubleOf(failed.failure, failed.name)} {failed.failure.kind === 'conflict' && whenTaken?.(failed.name)}
        </p>
      )}
    </form>
  );
}
