import type { LinkRecord } from '../../../../server/store/sync-records.ts';
import { directionOf } from '../../../../shared/crm/merge-record.ts';
import type { FieldPair } from '../../../../shared/crm/record.ts';
import type { Ledger } from './ledger.ts';
import type { RemoteRecord } from './remote-records.ts';

/**
 * What each direction promises, and so when two sides may differ once all has come to rest:
 * - `both`: never, but where a question stands open;
 * - `in`: what is changed here stays here, until the CRM's value changes: that one comes in, and what gave way is in a conflict;
 * - `out`: what is changed there stays there, until the lead's value changes, just so;
 * - `off`, or no pair: always, nothing moves.
 * Where a conflict says of the very two values that one of them gave way (`isTold`), they may stand as well.
 * A pair that is new, was moved, or was off stands for its two fields from then on: they meet as for the first time. Neither
 * is cleared; where both hold something, a conflict says what gave way.
 */
export function mayDiffer(
  ledger: Ledger,
  pair: FieldPair,
  { leadId, type, base }: LinkRecord,
  record: RemoteRecord,
  here: string,
  isTold: boolean,
): boolean {
  const direction = directionOf(pair);
  if (direction === 'off') return true;
  if (direction === 'both') return false;
  if (isTold) return true;
  // Written and emptied again before anything went there, it is no change.
  const isBlankAsEver = !base?.has(pair.id) && here === '';
  const [last] = record.history.get(pair.remote) ?? [];
  const since = Math.max(ledger.pairSince.get(pair.id) ?? 0, ledger.metAt.get(`${leadId} ${type}`) ?? 0);
  const changedThere = last && !last.isOurs ? last.at : 0;
  // By hand, or with a record of the other kind that is the same person.
  const others = ['hand', type === 'contact' ? 'lead' : 'contact'];
  const changedHere = Math.max(...others.map((by) => ledger.changedHere.get(`${leadId} ${by}`) ?? 0));
  // Who merged or converted there has seen both, and chose what stands there; the field's history tells that as a change or not.
  if (record.formerIds.length > 0) return true;
  if (direction === 'out') return changedHere <= Math.max(changedThere, since) || isBlankAsEver;
  return changedThere <= Math.max(changedHere, since) || !record.values.has(pair.remote);
}
