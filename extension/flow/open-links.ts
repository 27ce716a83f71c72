import { readFrontPage, watchFrontPage } from '../platform/front-page.ts';
import { hasHostAccess } from '../platform/host-access.ts';
import { onRedirect } from '../platform/redirects.ts';
import { borrowSite, holdLoans, returnLoans } from '../platform/site-loan.ts';
import { fetchLink } from '../sources/csv-link-fetch.ts';
import type { ImportFlow } from './import-flow.ts';
import { createLinkFlow, type LinkFlow } from './link-flow.ts';

/** The links of this page; a file that comes of one goes into the draft of `flow`. */
export function openLinks(flow: ImportFlow): LinkFlow {
  return createLinkFlow({
    hasAccess: hasHostAccess,
    borrow: borrowSite,
    holdLoans,
    returnLoans,
    fetch: (wish) =>
      fetchLink(
        {
          fetch: globalThis.fetch.bind(globalThis),
          onRedirect,
          after: (ms, work) => {
            const timer = setTimeout(work, ms);
            return () => clearTimeout(timer);
          },
        },
        wish,
      ),
    limit: flow.fileLimit,
    frontPage: async () => (await readFrontPage())?.address ?? null,
    watchFront: watchFrontPage,
    take: (file) => flow.chooseFetched(file),
  });
}
