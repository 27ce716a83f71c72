/** Rows drawn above and below what is in view, so that a turn of the wheel finds them there. */
const SPARE_ROWS = 6;
/** Browsers draw nothing below some 17 million px (Firefox) or 33 million (Chromium); a longer table scrolls in larger steps. */
const MOST_PX = 15_000_000;

/** A table of equally high rows in a box that scrolls, all in px. `height`: of the part of the box that shows rows. */
export type Scrolled = { readonly top: number; readonly height: number; readonly rows: number; readonly rowPx: number };

/** How high the rows are together, as far as a browser goes along. */
export function bodyPx({ rows, rowPx }: Pick<Scrolled, 'rows' | 'rowPx'>): number {
  return Math.min(rows * rowPx, MOST_PX);
}

/** Rows per px of scrolling beyond one to one: 1 but for tables longer than a browser can draw. */
function scaleOf({ height, rows, rowPx }: Scrolled): number {
  const body = bodyPx({ rows, rowPx });
  return rows * rowPx <= body ? 1 : (rows * rowPx - height) / (body - height);
}

/** The rows to draw, from 0; `last` is inclusive and -1 where there are none. A row stands at `row * rowPx + shift`. */
export function rowsInView(scrolled: Scrolled): { readonly first: number; readonly last: number; readonly shift: number } {
  const { height, rows, rowPx } = scrolled;
  // Fewer rows than one has scrolled past: the browser will move the view, and this must not wait for it.
  const top = Math.max(0, Math.min(scrolled.top, bodyPx(scrolled) - height));
  const from = top * scaleOf(scrolled);
  return {
    first: Math.max(0, Math.floor(from / rowPx) - SPARE_ROWS),
    last: Math.min(rows - 1, Math.ceil((from + height) / rowPx) + SPARE_ROWS),
    shift: top - from,
  };
}

/** Where to scroll so that a row is wholly in view; the same `top` where it is. */
export function topToShow(row: number, scrolled: Scrolled): number {
  const { top, height, rowPx } = scrolled;
  const scale = scaleOf(scrolled);
  const from = top * scale;
  if (row * rowPx < from) return (row * rowPx) / scale;
  const below = (row + 1) * rowPx - height;
  return below > from ? below / scale : top;
}
