import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import type { ToastText } from './workspace.ts';

/** Long enough to read it and to reach its Undo by keyboard. */
const SHOWN_MS = 12_000;

/**
 * After an action: what was done, with Undo where it can be taken back. The page's live region reads it out. It stays while
 * the focus or the pointer is on it.
 */
export function Toast({ toast, onClose }: { readonly toast: ToastText; readonly onClose: () => void }) {
  const [hasFocus, setFocus] = useState(false);
  const [hasPointer, setPointer] = useState(false);
  const isHeld = hasFocus || hasPointer;
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, isHeld]);
  const { undo } = toast;
  return (
    <section class="float" aria-label="What was just done">
      <div
        class="toast"
        onFocusIn={() => setFocus(true)}
        onFocusOut={() => setFocus(false)}
        onPointerEnter={() => setPointer(true)}
        onPointerLeave={() => setPointer(false)}
      >
        <Icon name={toast.tone === 'bad' ? 'bad' : 'check'} tone={toast.tone ?? 'ok'} />
        <span>{toast.text}</span>
        {undo && (
          <Button
            small
            look="quiet"
            onClick={() => {
              onClose();
              undo();
            }}
          >
            Undo
          </Button>
        )}
        <IconButton name="Close" icon="cross" onClick={onClose} />
      </div>
    </section>
  );
}
