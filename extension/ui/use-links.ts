import { useEffect, useState } from 'preact/hooks';
import type { LinkFlow } from '../flow/link-flow.ts';

/** What is open of a link, and the file in front; renders again after each change. */
export function useLinks(links: LinkFlow) {
  const [shown, setShown] = useState(() => ({ view: links.view(), front: links.front() }));
  useEffect(() => {
    const show = () => setShown({ view: links.view(), front: links.front() });
    show(); // what changed between the first rendering and this effect
    return links.subscribe(show);
  }, [links]);
  return shown;
}
