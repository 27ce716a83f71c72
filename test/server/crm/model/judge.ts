import type { ConflictRecord, LinkRecord } from '../../../../server/store/sync-records.ts';
import type { SyncSettings } from '../../../../shared/crm/sync-settings.ts';
import { mayDiffer } from './judge-map.ts';
import type { RemoteRecord } from './remote-records.ts';
import { FIELDS, FIELDS_THERE, type ModelLead, pairOf, quiet } from './settings.ts';
import type { World } from './world.ts';

export class Broken extends Error {}
function broken(what: string): never {
  throw new Broken(what);
}

/** After edits stopped and a few runs without faults: what must hold (sync.md, I1 to I10). */
export async function judge(world: World): Promise<void> {
  const { people, remote, store, workspace, connection, ledger } = world;
  const { wrong, tally } = ledger;
  const [first] = wrong;
  if (first) broken(first);
  const settings = await store.readSettings(workspace, connection);
  const isIn = remote.isIn(settings.scopeIn);
  const leads = await people.listLeads();
  const links = await people.listAllLinks();
  const conflicts = (await store.listConflicts(workspace, connection, { limit: 1_000 })).items;
  const errors = (await store.listErrors(workspace, connection, { limit: 1_000 })).items;
  const suppressed = new Set(await people.suppressed());
  const leadsById = new Map(leads.map((lead) => [lead.id, lead]));

  // I4: each record is one lead's, each key one record's.
  const liveLinks = links.filter(({ state }) => state === 'linked');
  if (new Set(liveLinks.map(({ remoteId }) => remoteId)).size < liveLinks.length) broken('I4: two leads are one record');
  if (new Set(liveLinks.map(({ leadId, type }) => `${type} ${leadId}`)).size < liveLinks.length) broken('I4: one lead is two records');
  const keys = remote.live().flatMap(({ key, type }) => (key === '' ? [] : [`${type} ${key}`]));
  if (new Set(keys).size < keys.length) broken('I4: two records with one key');

  const made = remote.live().flatMap(({ madeBy }) => (madeBy === null ? [] : [ledger.leadsByWrite.get(madeBy)]));
  if (new Set(made).size < made.length) broken('I4: one lead was made twice');

  // I1: linked sides are alike, and everything alive is linked.
  for (const link of liveLinks) judgeLink(world, settings, link, leadsById.get(link.leadId), conflicts);
  const linkedIds = new Set(liveLinks.map(({ remoteId }) => remoteId));
  const linked = new Set(links.map(({ leadId }) => leadId));
  const inStep = new Set(liveLinks.map(({ leadId }) => leadId));
  const namedFor = (remoteId: string) => errors.find((error) => error.remoteId === remoteId && error.kind === 'duplicate')?.failure.matches;
  for (const record of remote.live()) {
    if (linkedIds.has(record.id) || !isIn(record)) continue;
    const emails = [record.values.get('email') ?? '', ...record.moreEmails];
    const isHeld = record.isOptedOut || emails.some((email) => suppressed.has(email));
    // Of two leads with its address nobody but a person can say whose it is.
    const alike = leads.filter(({ lead }) => emails.includes(lead.email ?? '-'));
    const named = namedFor(record.id);
    // What a lead there became is that lead here, who may be another contact already.
    const becameSecond = record.formerIds.length > 0 && named?.some(({ id }) => linkedIds.has(id));
    const isOfOthers = becameSecond || alike.length > 1 || alike.some(({ id }) => inStep.has(id));
    const isSecond = named !== undefined && (isOfOthers || named.some(({ id }) => wasDeleted(world, id)));
    if (!isOfDeleted(world, record) && !isHeld && !isSecond) broken(`I1: record ${record.id} is nobody's lead`);
  }
  for (const { id, isSuppressed } of leads) {
    if (linked.has(id) || isSuppressed || settings.scopeOut.kind === 'off') continue;
    const taken = errors.find((error) => error.leadId === id && error.kind === 'duplicate')?.failure.matches?.[0]?.id;
    const holder = remote.survivorOf(taken ?? '');
    // Whose record waits for a person, or comes in by no scope, waits with it.
    const waits = (record: RemoteRecord) => namedFor(record.id) !== undefined || !isIn(record);
    const isTaken =
      holder !== undefined && (linkedIds.has(holder.id) || holder.state !== 'live' || isOfDeleted(world, holder) || waits(holder));
    if (!isTaken) broken(`I1: lead ${id} is not in the CRM`);
  }

  // I10: whom the CRM may be told of is told there, once; and nobody where it may not.
  const { optOutsWritten, optOutsWrittenTwice } = remote.seen;
  if (!world.story.tellsOptOuts && optOutsWritten > 0) broken('I10: an opt-out was written, which nobody wished');
  if (optOutsWrittenTwice > tally.faults) broken('I10: who refused was told again and again');
  for (const { leadId, remoteId } of world.story.tellsOptOuts ? liveLinks : [])
    if (leadsById.get(leadId)?.isSuppressed && !remote.records.get(remoteId)?.isOptedOut)
      broken(`I10: ${remoteId} is not told of the refusal`);

  // Documented: of many writes at once, one may go over a change that was made a moment before, where there is no history.
  ledger.forget(remote.seen.raced);
  // I2: what somebody wrote is there, was replaced by hand, or stands in a conflict.
  const seen = new Set<string>(conflicts.flatMap(({ ours, theirs }) => [quiet(ours ?? ''), quiet(theirs ?? '')]));
  for (const { lead } of leads) for (const field of FIELDS) seen.add(quiet(lead[field] ?? ''));
  for (const { state, values } of remote.records.values())
    if (state === 'live' || state === 'archived') for (const field of FIELDS_THERE) seen.add(quiet(values.get(field) ?? '')); // the bin gives back
  // What the CRM erased for good leaves the conflicts too.
  if (tally.purges === 0) for (const value of ledger.standing) if (!seen.has(value)) broken(`I2: ${value} is lost`);

  for (const { ours, theirs, rule } of conflicts)
    if (rule !== 'overwritten' && (isReplaced(world, ours, theirs) || isReplaced(world, theirs, ours)))
      broken(`I3: a conflict about ${ours} and ${theirs}, of which one was put in the place of the other`);

  // I7: who was deleted here does not come back by itself. A merged record may be somebody else's who is still there.
  for (const { leadId, remoteId } of liveLinks) {
    const record = remote.records.get(remoteId);
    const isOneOnly = record?.formerIds.every((id) => id === record.bornOf);
    if (record && isOneOnly && isOfDeleted(world, record, leadId) && !ledger.madeByHand.has(leadId)) broken(`I7: ${remoteId} came back`);
  }

  // I5: no more writes than there was reason for. Who is two kinds of record is written to as both.
  const kinds = remote.crm.traits.types.length;
  const reasons =
    (tally.edits + ledger.madeByHand.size) * kinds +
    tally.faults * 2 +
    tally.reasons +
    (world.story.shouts ? 4 * kinds * (ledger.madeByHand.size + leads.length) : 0);
  if (remote.seen.writes > reasons) broken(`I5: ${remote.seen.writes} writes for ${reasons} reasons`);
}

function wasDeleted(world: World, remoteId: string): boolean {
  const record = world.remote.records.get(remoteId);
  return record !== undefined && isOfDeleted(world, record);
}

/** It is the record of a lead that was deleted here, when this one was not there yet, or one that such a record went into. */
function isOfDeleted({ ledger: { deletedHere }, remote: { records } }: World, { id, formerIds }: RemoteRecord, leadId = ''): boolean {
  const names = [id, ...formerIds].flatMap((each) => [each, records.get(each)?.key ?? '']);
  return names.some((name) => deletedHere.get(name)?.has(leadId) === false);
}

function isReplaced({ ledger: { replacements, tally }, story }: World, old: string | null, by: string | null): boolean {
  return tally.metAnew === 0 && !story.shouts && old !== null && by !== null && replacements.get(quiet(old)) === quiet(by);
}

function judgeLink(
  world: World,
  settings: SyncSettings,
  link: LinkRecord,
  known: ModelLead | undefined,
  conflicts: readonly ConflictRecord[],
): void {
  const record = world.remote.records.get(link.remoteId);
  if (!known) broken('I4: a link without a lead');
  if (record?.state !== 'live') broken(`I1: ${link.remoteId} is linked and ${record?.state ?? 'nowhere'}`);
  if (known.isSuppressed) return;
  for (const field of FIELDS) {
    const pair = pairOf(settings, link.type, field);
    if (!pair || (world.story.shouts && field === 'jobTitle')) continue;
    const here = known.lead[field] ?? '';
    const there = record.values.get(pair.remote) ?? '';
    const told = conflicts.filter(({ leadId, pairId }) => leadId === link.leadId && pairId === pair.id);
    if (here === there || told.some(({ winner, resolved }) => winner === 'open' && resolved === null)) continue;
    const isTold = told.some(({ ours, theirs }) => (ours ?? '') === here && (theirs ?? '') === there);
    if (!mayDiffer(world.ledger, pair, link, record, here, isTold))
      broken(`I1: ${field} of ${link.leadId} is ${here} here and ${there} there`);
  }
}

/** I3: one more run does nothing at all. */
export async function judgeRest(world: World): Promise<void> {
  const { people, remote, store, workspace, connection } = world;
  const look = async () => {
    const conflicts = await store.listConflicts(workspace, connection, { limit: 1_000 });
    return JSON.stringify([remote.seen.writes, conflicts.items.length, await people.listLeads()]);
  };
  const before = await look();
  const outcome = await world.run({ trigger: 'by_hand', sweepsNow: true, maxRemoved: 10 }, [], null);
  if (outcome === 'crashed' || outcome.kind !== 'ran' || outcome.outcome !== 'done')
    broken(`I3: the last run was ${JSON.stringify(outcome)}`);
  const after = await look();
  if (before !== after) broken(`I3: the last run changed something: ${before} ${after}`);
}
