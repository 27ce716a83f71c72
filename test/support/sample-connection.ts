import type { FieldPair } from '#shared/crm/record.ts';
import type { TestServer } from './start-server.ts';

/** A pair as a field map has it. */
export const EMAIL_PAIR: FieldPair = {
  id: 'contact-email',
  type: 'contact',
  local: { kind: 'field', id: 'email' },
  remote: 'email',
  label: 'Email',
  valueType: 'email',
  direction: 'both',
  rule: 'newest',
  trouble: null,
};
export const TITLE_PAIR: FieldPair = {
  ...EMAIL_PAIR,
  id: 'contact-jobtitle',
  local: { kind: 'field', id: 'jobTitle' },
  remote: 'jobtitle',
  label: 'Job title',
  valueType: 'text',
};

/** Maps two fields of a connection, and leaves it a conflict over a lead's job title and an error, as a run does. */
export async function makeSampleTroubles(
  server: TestServer,
  connectionId: string,
  leadId: string,
): Promise<{ readonly conflictId: string; readonly errorId: string }> {
  const { store, now } = server.backend;
  const { workspace } = server.home;
  const connection = await store.readConnection(workspace, connectionId);
  const number = connection?.number ?? 0;
  // Past the CRM's own word on these fields: a server in a page cannot ask it.
  const settings = await store.readSettings(workspace, number);
  await store.changeSettings({ workspace, member: null, at: now() }, number, { ...settings, pairs: [EMAIL_PAIR, TITLE_PAIR] });
  const fence = await store.takeLease(workspace, number, 'sample', now(), now() + 60_000);
  if (!fence) throw new Error('nobody else keeps it in step');
  const run = await store.startRun(fence, 'by_hand', now());
  const conflict = { leadId, type: 'contact', remoteId: '501', pairId: TITLE_PAIR.id, base: null, rule: 'newest' } as const;
  await store.addConflicts(run, [{ ...conflict, ours: null, theirs: 'Buyer', winner: 'ours' }]);
  const failure = { kind: 'validation', code: 'INVALID_OPTION', message: 'no such option' } as const;
  await store.noteErrors(run, [{ type: 'contact', leadId, remoteId: null, stage: 'push', failure, nextAt: null }]);
  await store.endRun(run, { outcome: 'done', failure: null, at: now(), leftToday: null });
  await store.releaseLease(fence);
  const [conflicts, errors] = [
    await store.listConflicts(workspace, number, { limit: 1 }),
    await store.listErrors(workspace, number, { limit: 1 }),
  ];
  return { conflictId: conflicts.items[0]?.id ?? '', errorId: errors.items[0]?.id ?? '' };
}
