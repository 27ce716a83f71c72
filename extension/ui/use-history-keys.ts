import { useEffect } from 'preact/hooks';
import type { ImportFlow } from '../flow/import-flow.ts';

const TEXT_FIELDS = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';

/** Ctrl or Cmd+Z takes the last repair back wherever the focus is, Shift+Z and Y do it again; a text field keeps its own. */
export function useHistoryKeys(flow: Pick<ImportFlow, 'undoRepair' | 'redoRepair'>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
      // The grid has taken those that come to a cell.
      if (event.defaultPrevented || !(ctrlKey || metaKey) || altKey) return;
      if (target instanceof Element && target.matches(TEXT_FIELDS)) return;
      const letter = key.toLowerCase();
      if (letter !== 'z' && letter !== 'y') return;
      event.preventDefault();
      void (letter === 'z' && !shiftKey ? flow.undoRepair() : flow.redoRepair());
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [flow]);
}
