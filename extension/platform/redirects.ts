import { browser } from './browser.ts';

/**
 * Hears where a site sends requests for this address on to: a page that fetches is not told, and where the other site is
 * not permitted the answer is nothing but an error. Only requests to permitted sites are heard of.
 */
export function onRedirect(address: string, heard: (to: string) => void): () => void {
  const { onBeforeRedirect } = browser.webRequest;
  const seen = new Set([address]);
  const listener = ({ url, redirectUrl }: { readonly url: string; readonly redirectUrl: string }) => {
    if (!seen.has(url)) return;
    seen.add(redirectUrl);
    heard(redirectUrl);
  };
  onBeforeRedirect.addListener(listener, { urls: ['http://*/*', 'https://*/*'], types: ['xmlhttprequest'] });
  return () => onBeforeRedirect.removeListener(listener);
}
