import { type FrontSheet, type FrontSheets, isElsewhere } from './front-sheet.ts';
import type { SheetFlow } from './sheet-flow.ts';

/**
 * A sheet that is only offered, or whose tabs are only shown, changes with the tab in front; what somebody has chosen,
 * began or brought in another way stays. Gives the way to stop.
 */
export function followFront(front: FrontSheets, sheets: Pick<SheetFlow, 'view' | 'offer' | 'choose'>): () => void {
  let before = front.view().sheet;
  return front.subscribe(() => {
    const { sheet: now } = front.view();
    if (!now) return; // the sheet that was in front before stays the one to follow
    if (before) goAlong(before, now, sheets);
    before = now;
  });
}

function goAlong(before: FrontSheet, now: FrontSheet, sheets: Pick<SheetFlow, 'view' | 'offer' | 'choose'>): void {
  const view = sheets.view();
  if (view.kind === 'offered' && !isElsewhere(view.sheet.address, before.sheet)) {
    if (now.address !== before.address || now.name !== before.name) sheets.offer(now.address, now.name);
    return;
  }
  const { spreadsheetId, gid } = now.sheet;
  if (view.kind !== 'opened' || gid === undefined || view.book.spreadsheetId !== spreadsheetId) return;
  if (isElsewhere(before.sheet, { spreadsheetId, gid: view.gid })) return; // another tab was chosen here
  if (view.book.tabs.some((tab) => tab.gid === gid)) sheets.choose({ gid });
}
