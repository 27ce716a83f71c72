import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Rows drawn above and below what is in view, so that a turn of the wheel finds them there. */
const SPARE_ROWS = 6;
/** What is taken for the height before the browser has laid the page out. */
const FIRST_HEIGHT = 720;
/** Below it a row has two lines. */
const NARROW_BELOW = 720;
export const ROW_PX = 36;
export const NARROW_ROW_PX = 52;
export const HEAD_PX = 32;

export type RowWindow = {
  /** The rows to draw, from 0; last is inclusive and -1 where there are none. */
  readonly first: number;
  readonly last: number;
  readonly rowPx: number;
  readonly isNarrow: boolean;
  /** Rows that fit into the view. */
  readonly page: number;
  /** Scrolls a row into view, below the head. */
  readonly reveal: (row: number) => void;
};

/** Which rows of a long table are in view: all rows are equally high, so a division tells. */
export function useWindow(box: RefObject<HTMLElement | null>, rows: number): RowWindow {
  const [scroll, setScroll] = useState({ top: 0, height: FIRST_HEIGHT, width: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setScroll({ top: element.scrollTop, height: element.clientHeight || FIRST_HEIGHT, width: element.clientWidth });
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [box]);
  const isNarrow = scroll.width > 0 && scroll.width < NARROW_BELOW;
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const page = Math.max(1, Math.floor((scroll.height - HEAD_PX) / rowPx));
  // Fewer rows than one has scrolled past: the browser will move the view, and this must not wait for it.
  const top = Math.min(scroll.top, Math.max(0, rows * rowPx - scroll.height + HEAD_PX));
  const first = Math.max(0, Math.floor(top / rowPx) - SPARE_ROWS);
  const last = Math.min(rows - 1, Math.ceil((top + scroll.height) / rowPx) + SPARE_ROWS);
  const reveal = (row: number) => {
    const element = box.current;
    if (!element) return;
    const above = row * rowPx;
    const below = above + rowPx + HEAD_PX - element.clientHeight;
    if (element.scrollTop > above) element.scrollTop = above;
    else if (element.clientHeight > 0 && element.scrollTop < below) element.scrollTop = below;
  };
  return { first, last, rowPx, isNarrow, page, reveal };
}
