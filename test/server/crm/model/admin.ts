import { isDeepStrictEqual } from 'node:util';
import type { FieldPair, RecordType } from '../../../../shared/crm/record.ts';
import type { SyncSettings } from '../../../../shared/crm/sync-settings.ts';
import type { Scene } from './ledger.ts';
import { FEW, pairOf, removalsOf } from './settings.ts';
import type { Change, Deed } from './story.ts';

/** What an admin sets in the middle of a story, and what the judge has to know of it. */
export function createAdmin({ store, people, workspace, connection, remote, ledger, story }: Scene) {
  return async ({ ofLeads, change }: Extract<Deed, { kind: 'set_up' }>): Promise<void> => {
    const old = await store.readSettings(workspace, connection);
    const wanted = changed(old, ofLeads ? 'lead' : 'contact', change, ledger.newId);
    if (isDeepStrictEqual(old, wanted)) return;
    await store.changeSettings({ workspace, member: null, at: ledger.now() }, connection, wanted);
    const now = await store.readSettings(workspace, connection);
    const isMet = (pair: FieldPair) => {
      const before = old.pairs.find(({ type, local }) => type === pair.type && isDeepStrictEqual(local, pair.local));
      return before?.remote !== pair.remote || (before.direction === 'off' && pair.direction !== 'off');
    };
    const met = now.pairs.filter(isMet);
    for (const { id } of met) ledger.pairSince.set(id, ledger.now());
    // The two fields meet as for the first time: what stands in the one may have been in the place of the other once.
    if (met.length > 0 || now.pairs.length < old.pairs.length) ledger.tally.metAnew += 1;
    // Another map has to be merged everywhere.
    for (const object of ['sweep:contact', 'sweep:lead']) ledger.cursors.delete(object);
    ledger.tally.mayArchive ||= now.whenDeletedHere === 'archive_there';
    // Everybody in the CRM may have to be written to, and told again where it changes what we write.
    const reach = ((await people.listLeads()).length + remote.live().length) * remote.crm.traits.types.length;
    ledger.tally.reasons += reach * (story.shouts ? 5 : 1);
  };
}

function changed(settings: SyncSettings, type: RecordType, change: Change, newId: () => string): SyncSettings {
  switch (change.kind) {
    case 'direction':
      return withTitle(settings, type, { direction: change.to }, newId);
    case 'move':
      return withTitle(settings, type, { remote: change.to }, newId);
    case 'drop':
      return { ...settings, pairs: settings.pairs.filter((pair) => pair !== pairOf(settings, type, 'jobTitle')) };
    case 'rule': {
      const ruled = pairOf(settings, type, change.field === 0 ? 'firstName' : 'jobTitle');
      return { ...settings, pairs: settings.pairs.map((pair) => (pair === ruled ? { ...pair, rule: change.to } : pair)) };
    }
    case 'scope_in':
      return { ...settings, scopeIn: change.isNarrow ? FEW : { kind: 'all' } };
    case 'scope_out':
      return { ...settings, scopeOut: { kind: change.isOff ? 'off' : 'all' } };
    case 'removals':
      return { ...settings, ...removalsOf(change) };
  }
}

/** The pair of the job title as it is set now; one that was dropped is put into the map again, under an id that nobody ever had. */
function withTitle(settings: SyncSettings, type: RecordType, set: Partial<FieldPair>, newId: () => string): SyncSettings {
  const known = pairOf(settings, type, 'jobTitle');
  const [like] = settings.pairs;
  if (!known && like) {
    const fresh: FieldPair = {
      ...like,
      id: newId(),
      type,
      local: { kind: 'field', id: 'jobTitle' },
      remote: 'jobTitle',
      label: 'jobTitle',
    };
    return { ...settings, pairs: [...settings.pairs, { ...fresh, direction: 'both', trouble: null, ...set }] };
  }
  return { ...settings, pairs: settings.pairs.map((pair) => (pair === known ? { ...pair, trouble: null, ...set } : pair)) };
}
