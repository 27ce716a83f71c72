import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon.tsx';

/** So long nobody types: then it is asked for. */
const QUIET_MS = 200;

type SearchBoxProps = { readonly text: string; readonly what: string; readonly onSearch: (text: string) => void };

/** The search: asks when the typing rests, or at once on Enter. */
export function SearchBox({ text, what, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(text);
  const asked = useRef(text);
  // The address has changed by another way: back, a link, "Clear filters".
  useEffect(() => {
    if (text === asked.current) return;
    asked.current = text;
    setTyped(text);
  }, [text]);
  const ask = (next: string) => {
    if (next === asked.current) return;
    asked.current = next;
    onSearch(next);
  };
  useEffect(() => {
    const timer = setTimeout(() => ask(typed.trim()), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <search class="search">
      <Icon name="search" />
      <input
        class="input"
        type="search"
        placeholder={`Search ${what}`}
        aria-label={`Search ${what}`}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && ask(typed.trim())}
      />
    </search>
  );
}
