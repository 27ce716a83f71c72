import { useEffect, useRef, useState } from 'preact/hooks';

const SPEAK_MS = 1_000;

/** One polite voice per page: says the newest text, at most once a second, so that counts do not stutter. */
export function LiveRegion({ text }: { readonly text: string }) {
  const [said, setSaid] = useState('');
  const newest = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  newest.current = text;
  useEffect(() => {
    // What no longer holds is not left to be read.
    if (text === '') setSaid('');
    if (timer.current !== null || text === said || text === '') return;
    timer.current = setTimeout(() => {
      timer.current = null;
      setSaid(newest.current);
    }, SPEAK_MS);
  }, [text, said]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return (
    <p class="sr" role="status" aria-live="polite">
      {said}
    </p>
  );
}
