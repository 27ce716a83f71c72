import { useEffect, useRef } from 'preact/hooks';

const PLACES = 'li, section, fieldset, main';
const FOCUSABLE = 'button, input, select, textarea, summary, a[href]';

/**
 * Keeps the focus near where it was when a click takes away what was clicked: at the first control of what is left
 * around it, or at the heading of the screen. Without it a person at the keyboard would start again at the top of the page.
 */
export function useKeptFocus(): void {
  const path = useRef<readonly Element[]>([]);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      path.current = target instanceof Element ? ancestorsOf(target) : [];
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  useEffect(() => {
    const [last, ...around] = path.current;
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    const place = around.find((element) => element.isConnected && element.matches(PLACES));
    const next = place?.matches('main') ? headingOf(place) : place?.querySelector<HTMLElement>(FOCUSABLE);
    next?.focus({ preventScroll: true });
  });
}

function ancestorsOf(element: Element): readonly Element[] {
  const path: Element[] = [];
  for (let at: Element | null = element; at; at = at.parentElement) path.push(at);
  return path;
}

function headingOf(main: Element): HTMLElement | null {
  const heading = main.querySelector<HTMLElement>('h1');
  heading?.setAttribute('tabindex', '-1');
  return heading;
}
