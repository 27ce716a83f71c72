import type { WriteRecord } from '../../../../server/store/sync-records.ts';
import type { SyncStore } from '../../../../server/store/sync-store.ts';
import { directionOf, travelsOut } from '../../../../shared/crm/merge-record.ts';
import type { RecordType } from '../../../../shared/crm/record.ts';
import type { SyncSettings } from '../../../../shared/crm/sync-settings.ts';
import type { Scene } from './ledger.ts';
import { pairOf } from './settings.ts';

/**
 * Looks at what a run moves while an admin changes the map: nothing travels but by a pair that says so, as it is set now or
 * was when the run began; nobody is made where nobody may be; and no field is cleared on either side that nobody cleared.
 */
export function createMapWatch({ store, people, workspace, connection, ledger }: Scene) {
  let atStart = store.readSettings(workspace, connection);
  const wrong = (what: string) => ledger.wrong.push(`I11: ${what}`);
  const mapsOf = async () => [await atStart, await store.readSettings(workspace, connection)];
  const titles = async () => new Map((await people.listLeads()).map(({ id, lead }) => [id, lead.jobTitle ?? '']));

  const startRun: SyncStore['startRun'] = (...asked) => {
    atStart = store.readSettings(workspace, connection);
    return store.startRun(...asked);
  };
  const mergeRecords: SyncStore['mergeRecords'] = async (run, pulled, how) => {
    const before = await titles();
    const merged = await store.mergeRecords(run, pulled, how);
    if (how.dryRun) return merged;
    for (const { kind, leadId } of merged)
      if (kind === 'linked' || kind === 'created') ledger.metAt.set(`${leadId} ${pulled[0]?.record.type}`, ledger.now());
    const settings = await store.readSettings(workspace, connection);
    for (const [id, title] of await titles()) {
      const old = before.get(id);
      const type = pulled[0]?.record.type ?? 'contact';
      if ((old ?? '') === title) continue;
      ledger.changedHere.set(`${id} ${type}`, ledger.now());
      const pair = pairOf(settings, type, 'jobTitle');
      if (old !== undefined && !(pair && ['in', 'both'].includes(directionOf(pair)))) wrong(`${title} came in, which no pair says`);
      if (old && title === '' && ledger.tally.clearedThere === 0) wrong(`${old} was cleared here, and by nobody`);
    }
    return merged;
  };
  /** What was cleared while it was a lead there, by the map of the leads, goes over to the contact that it became. */
  const isClearedAsLead = (maps: readonly SyncSettings[], leadId: string, clearedAt: number) => {
    const pairs = maps.flatMap((settings) => pairOf(settings, 'lead', 'jobTitle') ?? []).filter(travelsOut);
    const wasLead = [...ledger.movedOn.values()].some((moved) => moved.leadId === leadId && moved.at >= clearedAt);
    return wasLead && pairs.some(({ id }) => clearedAt >= (ledger.pairSince.get(id) ?? 0));
  };
  const lookAt = async (writes: readonly WriteRecord[]) => {
    const maps = await mapsOf();
    for (const { type, kind, leadId, payload } of writes) {
      if (kind === 'create' && maps.every(({ scopeOut }) => scopeOut.kind === 'off')) wrong('somebody was made there, and nobody may be');
      for (const [field, text] of payload) {
        const mapped = maps.flatMap(({ pairs }) => pairs.filter((pair) => pair.type === type && pair.remote === field && travelsOut(pair)));
        if (mapped.length === 0) wrong(`${field} was written there, which no pair says`);
        // By the same two fields: what was blank before they met is no clearing.
        const since = Math.min(...mapped.map(({ id }) => ledger.pairSince.get(id) ?? 0));
        const clearedAt = ledger.changedHere.get(`${leadId} hand`) ?? -1;
        const isCleared = ledger.tally.clearedThere > 0 || clearedAt >= since || isClearedAsLead(maps, leadId, clearedAt);
        if (text === '' && !isCleared) wrong(`${field} was cleared there, and by nobody`);
      }
    }
  };
  const keepsTitles = async (type: RecordType) => pairOf(await store.readSettings(workspace, connection), type, 'jobTitle') !== undefined;
  return { startRun, mergeRecords, lookAt, keepsTitles };
}
