import { isDeepStrictEqual } from 'node:util';
import type { SyncSettings } from '#shared/crm/sync-settings.ts';
import type { CursorObject } from './sync-records.ts';

/** Says whether a cursor that was made under some settings still means the same: records by the scope, the sweep by the map. */
export function cursorHolds(object: CursorObject, under: SyncSettings, now: SyncSettings): boolean {
  if (object.startsWith('sweep:')) return isDeepStrictEqual(mapOf(under), mapOf(now));
  return object.startsWith('side:') || isDeepStrictEqual(under.scopeIn, now.scopeIn);
}

/** What stands between two fields, and what may be chosen, is found out by the run itself. */
function mapOf({ pairs }: SyncSettings) {
  return pairs.map(({ trouble: _, options: __, ...pair }) => pair);
}
