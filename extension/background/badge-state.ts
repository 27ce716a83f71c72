import type { BadgeState } from '../platform/badge.ts';
import type { ImportRecord } from '../storage/records.ts';
import type { SheetLink, VisitOutcome } from '../storage/sheet-records.ts';

/** Looks at a sheet after which only a person can go on. */
const NEEDS_A_PERSON: ReadonlySet<VisitOutcome> = new Set(['needsSignIn', 'noAccess', 'headersChanged', 'undone', 'listGone', 'stuck']);

/** The one thing the toolbar says about all imports and linked sheets: what needs a person comes first, what is over comes last. */
export function badgeStateOf(records: readonly ImportRecord[], links: readonly SheetLink[] = []): BadgeState {
  if (records.some((record) => record.stage === 'stopped' || record.failure?.retry === 'reconnect')) return { kind: 'needsYou' };
  const open = records.filter((record) => record.stage === 'planning' || record.stage === 'sealed');
  const going = open.filter((record) => !record.paused);
  const sending = going.filter((record) => record.failure === null);
  if (sending.length > 0) {
    const total = sending.reduce((sum, record) => sum + record.total, 0);
    const done = sending.reduce((sum, record) => sum + record.rowsDone, 0);
    return { kind: 'sending', share: total === 0 ? 0 : done / total };
  }
  if (going.length > 0) return { kind: 'waiting' };
  if (open.length > 0) return { kind: 'paused' };
  if (links.some(needsAPerson)) return { kind: 'sheetNeedsYou' };
  return records.some((record) => record.stage === 'done') ? { kind: 'done' } : { kind: 'none' };
}

/** Nobody looks at a sheet that is not looked at by itself. */
function needsAPerson({ schedule, history }: SheetLink): boolean {
  const [last] = history;
  return schedule !== 'off' && last !== undefined && NEEDS_A_PERSON.has(last.outcome);
}
