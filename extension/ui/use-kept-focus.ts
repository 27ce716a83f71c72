import { useEffect } from 'preact/hooks';

const PLACES = 'li, section, fieldset, article';
const FOCUSABLE = ':is(button, input, select, textarea, summary, a[href]):not(:disabled)';
/** So long whoever took something away may put the focus where it belongs. */
const WAIT_MS = 50;

/**
 * Keeps the focus near where it was when what had it goes away: at the first control of what is left around it, else at
 * the heading of the page. Without it a person at the keyboard would start again at the top. Once per page.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    let places: readonly Element[] = [];
    /** Those of whoever opened the dialog that has the focus. */
    let behind: readonly Element[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = (element: Element | null) => {
      last = element;
      places = element ? placesAround(element) : [];
      if (element?.closest('dialog')) places = [...places, ...behind];
      else behind = places;
    };
    const followFocus = ({ target }: Event) => remember(target instanceof Element ? target : null);
    // Who clicks beside everything has left on purpose.
    const followPointer = ({ target }: Event) => remember(target instanceof Element ? target.closest(FOCUSABLE) : null);
    const isLost = () => last !== null && document.activeElement === document.body && !isThere(last);
    const mend = () => {
      if (!isLost()) return;
      const near = places.filter(isThere).flatMap((place) => [...place.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isThere));
      (near[0] ?? headingOf(document))?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      if (isLost()) timer = setTimeout(mend, WAIT_MS);
    });
    observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden', 'disabled', 'data-open'] });
    document.addEventListener('focusin', followFocus);
    document.addEventListener('pointerdown', followPointer);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('focusin', followFocus);
      document.removeEventListener('pointerdown', followPointer);
    };
  }, []);
}

/** What is around an element, from the inside out; beside an entry of a list its neighbours. */
function placesAround(element: Element): readonly Element[] {
  const places: Element[] = [];
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (!at.matches(PLACES)) continue;
    places.push(at);
    const beside = at.matches('li') ? [at.nextElementSibling, at.previousElementSibling] : [];
    places.push(...beside.filter((entry) => entry !== null));
  }
  return places;
}

function isThere(element: Element): boolean {
  return element.isConnected && element.checkVisibility() && !element.matches(':disabled');
}

/** The heading of the page, made fit to take the focus. */
export function headingOf(document: Document): HTMLElement | null {
  const heading = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('h1');
  heading?.setAttribute('tabindex', '-1');
  return heading;
}
