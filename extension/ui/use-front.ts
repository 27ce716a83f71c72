import { useEffect, useState } from 'preact/hooks';
import type { FrontSheets } from '../flow/front-sheet.ts';

/** What is in front; renders again after each change. */
export function useFront(front: FrontSheets) {
  const [view, setView] = useState(front.view);
  useEffect(() => {
    const show = () => setView(front.view());
    show(); // what changed between the first rendering and this effect
    return front.subscribe(show);
  }, [front]);
  return view;
}
