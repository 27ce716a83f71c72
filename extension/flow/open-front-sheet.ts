import { readFrontPage, watchFrontPage } from '../platform/front-page.ts';
import { dropHostAccess, hasHostAccess } from '../platform/host-access.ts';
import { borrowSite } from '../platform/site-loan.ts';
import { type FrontSheets, watchFrontSheet } from './front-sheet.ts';

/** The Google Sheet in front of this page's window. */
export function openFrontSheet(): Promise<FrontSheets> {
  return watchFrontSheet({
    frontPage: readFrontPage,
    watchFront: watchFrontPage,
    hasAccess: hasHostAccess,
    // For good: where the site is lent for a link at the moment, it stays.
    ask: (address) => borrowSite(address, true),
    giveBack: dropHostAccess,
  });
}
