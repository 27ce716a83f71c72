import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Shows its children only when the wait has lasted: what is quick needs no sign of waiting. */
export function After({ waitMs, children }: { readonly waitMs: number; readonly children: ComponentChildren }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), waitMs);
    return () => clearTimeout(timer);
  }, [waitMs]);
  return isOver ? children : null;
}
