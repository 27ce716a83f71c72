import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { bodyPx, rowsInView, topToShow } from './row-window.ts';

/** What is taken for the size before the browser has laid the page out. */
const FIRST_HEIGHT = 640;
const FIRST_WIDTH = 1280;
/** Below it a row is a card. */
const CARDS_BELOW = 480;
export const ROW_PX = 32;
export const CARD_PX = 92;
export const HEAD_PX = 56;

export type RowWindow = {
  readonly first: number;
  readonly last: number;
  /** Added to a row's place: not 0 only where a table is longer than a browser can draw. */
  readonly shift: number;
  readonly rowPx: number;
  readonly bodyPx: number;
  readonly isCards: boolean;
  /** Scrolled to the side, and how wide the view is, in px. */
  readonly left: number;
  readonly width: number;
  /** Rows that fit into the view. */
  readonly page: number;
  readonly reveal: (row: number) => void;
};

/** Which part of a long table is in view; renders again only when that part is another one. */
export function useRowWindow(box: RefObject<HTMLElement | null>, rows: number): RowWindow {
  const [view, setView] = useState({ top: 0, left: 0, height: FIRST_HEIGHT, width: FIRST_WIDTH });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    let frame = 0;
    const measure = () => {
      frame = 0;
      const { scrollTop, scrollLeft, clientHeight, clientWidth } = element;
      setView({ top: scrollTop, left: scrollLeft, height: clientHeight || FIRST_HEIGHT, width: clientWidth || FIRST_WIDTH });
    };
    const later = () => {
      if (frame === 0) frame = requestAnimationFrame(measure);
    };
    measure();
    element.addEventListener('scroll', later, { passive: true });
    const observer = new ResizeObserver(later);
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', later);
      observer.disconnect();
    };
  }, [box]);
  const isCards = view.width < CARDS_BELOW;
  const rowPx = isCards ? CARD_PX : ROW_PX;
  const height = Math.max(rowPx, view.height - (isCards ? 0 : HEAD_PX));
  const reveal = (row: number) => {
    const element = box.current;
    if (!element) return;
    const top = topToShow(row, { top: element.scrollTop, height, rows, rowPx });
    if (top !== element.scrollTop) element.scrollTop = top;
  };
  return {
    ...rowsInView({ top: view.top, height, rows, rowPx }),
    rowPx,
    bodyPx: bodyPx({ rows, rowPx }),
    isCards,
    left: view.left,
    width: view.width,
    page: Math.max(1, Math.floor(height / rowPx)),
    reveal,
  };
}
