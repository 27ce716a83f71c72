import { useEffect, useState } from 'preact/hooks';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { ImportView } from '../flow/view.ts';

/** The flow's view, and a new rendering after each of its changes, at most one per frame. */
export function useFlow(flow: ImportFlow): ImportView {
  const [view, setView] = useState(() => flow.view());
  useEffect(() => {
    let frame = 0;
    const show = () => {
      frame = 0;
      setView(flow.view());
    };
    show(); // what changed between the first rendering and this effect
    const stop = flow.subscribe(() => {
      if (frame === 0) frame = requestAnimationFrame(show);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [flow]);
  return view;
}
