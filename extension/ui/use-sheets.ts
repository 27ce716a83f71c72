import { useEffect, useState } from 'preact/hooks';
import type { SheetFlow, SheetView } from '../flow/sheet-flow.ts';

/** What is open of a Google Sheet; renders again after each change. */
export function useSheets(sheets: SheetFlow): SheetView {
  const [view, setView] = useState(sheets.view);
  useEffect(() => {
    const show = () => setView(sheets.view());
    show(); // what changed between the first rendering and this effect
    return sheets.subscribe(show);
  }, [sheets]);
  return view;
}
