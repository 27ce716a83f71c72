import { useEffect, useState } from 'preact/hooks';

/** The time, in ms, told again every second while `isTicking`. */
export function useNow(now: () => number, isTicking: boolean): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    if (!isTicking) return;
    setAt(now());
    const timer = setInterval(() => setAt(now()), 1_000);
    return () => clearInterval(timer);
  }, [isTicking, now]);
  return at;
}
