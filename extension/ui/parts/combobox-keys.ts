/** What a key does in a combobox whose list is open, after the pattern of the ARIA Authoring Practices Guide. */
export type ComboMove = { readonly kind: 'to'; readonly index: number } | { readonly kind: 'choose' | 'close' | 'none' };

const PAGE = 10;

/** `active`: the option that is pointed at, -1 = none; `count` options there are. Keys that are not of the list do nothing to it. */
export function moveOf(key: string, withAlt: boolean, active: number, count: number): ComboMove {
  if (key === 'Enter') return { kind: 'choose' };
  if (key === 'Escape' || (key === 'ArrowUp' && withAlt)) return { kind: 'close' };
  if (count === 0) return { kind: 'none' };
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return { kind: 'to', index: active >= last ? 0 : active + 1 };
    case 'ArrowUp':
      return { kind: 'to', index: active <= 0 ? last : active - 1 };
    case 'PageDown':
      return { kind: 'to', index: Math.min(active + PAGE, last) };
    case 'PageUp':
      return { kind: 'to', index: Math.max(active - PAGE, 0) };
    case 'Home':
    case 'End':
      // Without an option that is pointed at they are the text's.
      return active < 0 ? { kind: 'none' } : { kind: 'to', index: key === 'Home' ? 0 : last };
    default:
      return { kind: 'none' };
  }
}
