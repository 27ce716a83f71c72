import { useEffect, useRef } from 'preact/hooks';

type PasteAnywhereProps = {
  /** A file copied in the file manager. */
  readonly onFile: (file: File) => void;
  readonly onText: (text: string) => void;
};

/** Takes what is pasted anywhere on the page, unless one is typing in a field. */
export function PasteAnywhere({ onFile, onText }: PasteAnywhereProps) {
  const handlers = useRef({ onFile, onText });
  handlers.current = { onFile, onText };
  useEffect(() => {
    const take = (event: ClipboardEvent) => {
      if (!event.clipboardData || isField(event.target)) return;
      const file = event.clipboardData.files[0];
      const text = event.clipboardData.getData('text/plain');
      // A spreadsheet also offers a picture of the range: its text is what is meant.
      if (text.trim() !== '') handlers.current.onText(text);
      else if (file) handlers.current.onFile(file);
      else return;
      event.preventDefault();
    };
    document.addEventListener('paste', take);
    return () => document.removeEventListener('paste', take);
  }, []);
  return null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
