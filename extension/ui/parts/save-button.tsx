import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from './button.tsx';

type SaveButtonProps = {
  readonly children: ComponentChildren;
  /** Makes the file; it may take a moment, and it may fail. */
  readonly make: () => Promise<File>;
  readonly save: (file: File) => void;
  /** Said when it fails: what is safe and what to do. */
  readonly failed: string;
  readonly small?: boolean;
  readonly off?: string | null;
};

/** A button that makes a file and hands it to the downloads. */
export function SaveButton({ children, make, save, failed, small, off }: SaveButtonProps) {
  const [state, setState] = useState<'rest' | 'making' | 'failed'>('rest');
  const act = async () => {
    setState('making');
    try {
      save(await make());
      setState('rest');
    } catch {
      setState('failed'); // said below, and the button tries again
    }
  };
  return (
    <span class="save">
      <Button icon="download" busy={state === 'making'} small={small ?? false} off={off ?? null} onClick={() => void act()}>
        {children}
      </Button>
      {state === 'failed' && (
        <span class="small bad" role="alert">
          {failed}
        </span>
      )}
    </span>
  );
}
