import type { CrmRecord } from '#shared/crm/record.ts';
import { refusedContacts } from '../plan-pull.ts';
import type { PulledRecord } from '../sync-records.ts';
import { markDoNotContact } from './change-lead.ts';
import { holdEntries } from './suppressions.ts';
import { pairsOf, type SyncScope } from './sync-leads.ts';
import { linkOfRecord } from './sync-links.ts';

const PROVIDER = 'SELECT provider FROM connection WHERE workspace = ? AND id = ?';

/**
 * Puts the addresses and numbers of people who refused to be contacted in the CRM on the suppression list, with the CRM
 * as source and the date it names, and marks the leads they are. Says whether the list has grown. Nothing ever comes off.
 */
export function holdRefused(scope: SyncScope, pulled: readonly PulledRecord[]): boolean {
  const { cx, act, options } = scope;
  const refusing = pulled.filter(({ record }) => record.optOut.email || record.optOut.phone);
  if (refusing.length === 0) return false;
  const entries = refusing.flatMap((each) => {
    const since = each.record.optOut.since ?? act.at;
    return refusedContacts(each, pairsOf(scope, each.record.type), options).map((entry) => ({ ...entry, since }));
  });
  const { added, marked } = holdEntries(cx, act, entries, providerOf(scope));
  const linked = refusing.filter((each) => markLinked(scope, each)).length;
  return added.length + marked + linked > 0;
}

/** The lead of a record that names no address is not to be contacted either. */
function markLinked(scope: SyncScope, { record }: PulledRecord): boolean {
  const lead = linkOfRecord(scope.cx, scope.fence, record.type, record.id)?.lead;
  return typeof lead === 'number' && markRefusing(scope, lead, record);
}

/** Marks the lead of a record whose person refused anything there; says whether it was not marked before. */
export function markRefusing(scope: SyncScope, lead: number, { optOut }: CrmRecord): boolean {
  return (optOut.email || optOut.phone) && markDoNotContact(scope.cx, scope.act, lead, providerOf(scope));
}

function providerOf({ cx, fence }: SyncScope): string {
  return String(cx.column(PROVIDER).get(fence.workspace, fence.connection));
}
