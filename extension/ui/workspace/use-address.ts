import { useCallback, useEffect, useState } from 'preact/hooks';
import { type Address, readAddress } from '../../flow/workspace/address.ts';

/** Where the address says one is, and the way elsewhere. Back, forward, links and typed addresses all arrive here. */
export function useAddress(): readonly [Address, (href: string, how?: 'replace') => void] {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    addEventListener('popstate', follow);
    follow();
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('popstate', follow);
    };
  }, []);
  const go = useCallback((href: string, how?: 'replace') => {
    if (href === location.hash) return;
    if (how === 'replace') history.replaceState(null, '', href);
    else history.pushState(null, '', href);
    setHash(location.hash);
  }, []);
  return [readAddress(hash), go];
}
