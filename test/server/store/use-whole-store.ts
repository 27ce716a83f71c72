import type { Lead } from '#shared/lead/lead.ts';
import type { Problem } from '#shared/problems.ts';
import { LEAD_SORTS, type NewImport } from '../../../server/store/records.ts';
import type { Act, Store } from '../../../server/store/store.ts';
import type { TestServer } from './open-test-store.ts';

const POLICY = { require: 'any', defaultCountry: 'US', onDuplicate: 'fill', scope: 'list', overwriteFields: [] } as const;

function lead(number: number): Lead {
  return {
    firstName: 'Ann',
    lastName: `Lee ${number}`,
    email: `ann${number}@example.com`,
    phone: `+1202555${String(number).padStart(4, '0')}`,
    altPhone1: '+442079460018',
    linkedinUrl: `https://www.linkedin.com/in/ann-${number}`,
    ownerEmail: 'ann@example.com',
    tags: ['fair', `t${number % 3}`],
    customFields: [{ label: 'City', value: 'Bonn' }],
  };
}

/** Calls every operation of the store at least once, on every path that has statements of its own. */
export async function useWholeStore({ store, actor, clock }: TestServer): Promise<void> {
  const { workspace } = actor;
  const act: Act = { workspace, member: actor.member, at: clock.now };
  const announce = (importId: string, list: NewImport['list'], chunkCount = 1): NewImport => ({
    importId,
    source: 'csv',
    list,
    mapping: [],
    headers: ['Email'],
    policy: POLICY,
    total: 4,
    chunkCount,
    bodySha256: 'a',
  });
  const noName: Problem = { code: 'name_missing', severity: 'error', text: 'x' };
  await store.readWorkspace(workspace);
  await store.listMembers(workspace);
  await store.ensureWorkspace({ name: '', plan: 'free', adminEmail: '', defaultListName: '', defaultCountry: 'US', at: 1 });

  await store.changeWorkspace(act, { name: 'Home', membersMay: { undo: false } });
  await store.addInvite(act, { hash: 'i', email: null, name: null, role: 'viewer', expiresAt: act.at + 9 });
  const invite = await store.addInvite(act, { hash: 'j', email: 'bea@example.com', name: 'Bea', role: 'admin', expiresAt: act.at + 9 });
  if (invite === 'email_taken') throw new Error('no invitation');
  await store.listInvites(workspace, act.at);
  await store.acceptInvite('j', act.at);
  await store.acceptInvite('i', act.at);
  await store.revokeInvite(act, invite.id);
  const [, bea] = await store.listMembers(workspace);
  await store.changeMember(act, bea?.id ?? '', { role: 'member', email: 'b@example.com' });
  await store.removeMember(act, bea?.id ?? '');
  await store.addAudit(act, 'leads.exported', null, {});
  await store.readAudit(workspace, { limit: 1 });
  await store.readAudit(workspace, { limit: 1, action: 'key.created', cursor: Buffer.from('[0,9]').toString('base64url') });

  const key = await store.addKey(act, { name: 'k', role: 'member', hash: 'h', lastFour: 'abcd', origin: null, expiresAt: null });
  await store.findKey('h');
  await store.markKeyUsed('h', act.at);
  await store.listKeys(workspace);
  await store.revokeKey(act, key.id);
  await store.addPairingCode(act, { hash: 'c', expiresAt: act.at - 1 });
  await store.addPairingCode(act, { hash: 'd', expiresAt: act.at + 1 });
  await store.takePairingCode('d', act.at);

  await useConnections(store, { ...act, key: key.id });

  const list = await store.addList(act, 'Fair');
  if (!list) throw new Error('no list');
  await store.renameList(act, list.id, 'Spring fair');
  await store.listLists(workspace);

  await store.putImport(act, announce('one', { name: 'New list' }, 2));
  await store.readPolicy(workspace, 'one');
  const rows = [1, 2].map((number) => ({ line: number + 1, decision: 'create' as const, lead: lead(number) }));
  const chunk = {
    importId: 'one',
    seq: 0,
    sha256: 's',
    rows: [...rows, { line: 4, decision: 'reject' as const, problems: [noName], raw: ['x'] }],
  };
  const stored = await store.storeChunk(act, chunk);
  await store.storeChunk(act, chunk);
  const [first, second] = 'answer' in stored ? stored.answer.outcomes.map((outcome) => outcome.leadId ?? '') : [];
  if (!first || !second) throw new Error('no leads');
  const update = { line: 5, decision: 'update' as const, leadId: first, lead: { ...lead(1), notes: 'new' } };
  await store.storeChunk(act, { importId: 'one', seq: 1, sha256: 't', rows: [update] });
  await store.readImport(workspace, 'one');
  await store.completeImport(act, 'one');
  await store.listImports(workspace, { limit: 1 });
  await store.listImports(workspace, { limit: 1, cursor: Buffer.from('[0,9]').toString('base64url') });
  await store.readImportRows(workspace, 'one', { limit: 2 });
  await store.readImportRows(workspace, 'one', { limit: 2, bucket: 'rejected' });

  await store.putImport(act, announce('two', { name: 'Empty list' }));
  await store.storeChunk(act, { importId: 'two', seq: 0, sha256: 's', rows: [{ line: 2, decision: 'blank' }] });
  await store.cancelImport(act, 'two');

  const once = { key: 'k', request: 'POST /api/leads', sha256: 's' };
  const batch = { import: announce('three', null), rows: [{ line: 1, decision: 'auto' as const, lead: lead(1) }], dryRun: false };
  await store.saveBatch(act, { ...batch, once, toAnswer: () => ({ status: 201, body: '{}' }) });
  await store.claimAnswer(act, { ...once, key: 'other' });
  await store.dropClaim(act, { ...once, key: 'other' });
  await store.claimAnswer(act, { ...once, key: 'other' });
  await store.keepAnswer(act, { ...once, key: 'other' }, { status: 200, body: '{}' });

  const filters = [
    {},
    { listId: list.id },
    { importId: 'one' },
    { tag: 'fair' },
    { owner: 'ann@example.com' },
    { owner: 'none' },
    { search: 'ann l' },
    { doNotContact: true },
    { doNotContact: false },
    { tag: 'fair', owner: 'ann@example.com', search: 'ann' },
  ];
  for (const filter of filters)
    for (const sort of ['-createdAt', 'name'] as const) await store.findLeads(workspace, { ...filter, sort, limit: 1 });
  for (const sort of LEAD_SORTS) {
    const page = await store.findLeads(workspace, { sort, limit: 1 });
    if (typeof page === 'string' || page.nextCursor === null) throw new Error('one page only');
    await store.findLeads(workspace, { sort, limit: 1, cursor: page.nextCursor });
  }
  await store.readLead(workspace, first);
  await store.readLeadsAfter(workspace, { after: 0, limit: 10, withDoNotContact: false });
  await store.readLeadsAfter(workspace, { listId: list.id, after: 0, limit: 10, withDoNotContact: true });
  await store.customLabelsInUse(workspace);
  await store.changeLead(act, first, { email: 'new@example.com', tags: ['other'], customFields: [{ label: 'Colour', value: 'red' }] }, 2);
  await store.readTimeline(workspace, first);
  await store.matchKeys(workspace, [{ kind: 'email', value: 'ann2@example.com' }]);
  await store.matchKeys(workspace, [{ kind: 'email', value: 'ann2@example.com' }], list.id);
  await store.changeLeads(act, [first], { addToList: list.id, addTags: ['x'], removeTags: ['y'] });
  await store.selectLeads(workspace, { tag: 'x' });
  await store.changeLeads(act, [first], { removeFromList: list.id });

  await store.listCustomFields(workspace);
  await store.addCustomField(act, { label: 'Size', type: 'choice', choices: ['S', 'L'] });
  await store.listTags(workspace);
  const held = await store.addSuppressions(act, [{ kind: 'domain', value: 'example.org' }], 'api');
  await store.matchSuppressed(workspace, [{ kind: 'email', value: 'a@b.example.org' }]);
  await store.readSuppressions(workspace, { limit: 2 });
  await store.readSuppressions(workspace, { search: 'e', limit: 2 });
  await store.addSuppressions(act, [{ kind: 'phone', value: '+442079460018' }], 'api');
  await store.removeSuppressions(
    act,
    held.added.map((entry) => entry.id),
  );
  const template = await store.addTemplate(act, { name: 'T', headers: [], mapping: [] });
  if (template === 'name_taken') throw new Error('no template');
  await store.listTemplates(workspace);
  await store.readTemplate(workspace, template.id);
  await store.changeTemplate(act, template.id, { name: 'U' });
  await store.deleteTemplate(act, template.id);
  await store.readRemembered(workspace, '1-a');

  await useClosedImports(store, act, announce, second);

  await store.deleteLeads(act, [second]);
  await store.changeLeads(act, [first], { delete: true });
  await store.deleteList(act, list.id);
  await store.forgetOriginals(act.at + 1);
  await store.checkpoint();
}

/** Decides and undoes an import whose rows have made, changed and added leads. */
async function useClosedImports(
  store: Store,
  act: Act,
  announce: (importId: string, list: NewImport['list']) => NewImport,
  known: string,
): Promise<void> {
  await store.putImport(act, { ...announce('four', { name: 'Undone' }), total: 6, retryOf: 'one' });
  const review = { decision: 'review' as const, problems: [{ code: 'review_phone', severity: 'note' } as const], raw: ['x'] };
  const rows = [
    ...[5, 6].map((number) => ({ line: number, decision: 'create' as const, lead: lead(number) })),
    { line: 7, decision: 'add' as const, leadId: known, lead: { ...lead(2), notes: 'added', tags: ['a'] } },
    ...[8, 9, 10].map((number) => ({ ...review, line: number, lead: lead(number) })),
  ];
  const stored = await store.storeChunk(act, { importId: 'four', seq: 0, sha256: 'u', rows });
  await store.completeImport(act, 'four');
  await store.readImportRows(act.workspace, 'four', { limit: 9, bucket: 'review' });
  await store.decideRows(act, 'four', [{ line: 8, as: 'same', leadId: known }], 0);
  const page = await store.decideAlike(act, 'four', { as: 'create', after: null, limit: 1 }, 0);
  const after = page.kind === 'decided' ? page.next : null;
  await store.decideAlike(act, 'four', { as: 'skip', after, limit: 9 }, 0);
  const [made] = 'answer' in stored ? stored.answer.outcomes : [];
  await store.changeLead(act, made?.leadId ?? '', { notes: 'mine' });
  await store.tryUndo(act, 'four', { rows: 4, kept: 9, after: null }, 0);
  for (let kind = 'more'; kind === 'more'; ) kind = (await store.undoStep(act, 'four', { rows: 4, kept: 9 }, 0)).kind;
}

/** A CRM connected, paused, renewed and left, and tokens sealed anew. */
async function useConnections(store: Store, act: Act): Promise<void> {
  const { workspace } = act;
  const tokens = { access: Buffer.from('a'), refresh: Buffer.from('r'), keyId: 'k', expiresAt: 1, instanceUrl: null };
  const facts = { provider: 'hubspot', loginHost: null, apiVersion: null, auth: 'oauth', scopes: ['oauth'], missingScopes: [] } as const;
  const signIn = { provider: 'hubspot', verifier: Buffer.from('v'), keyId: 'k', loginHost: null, connection: null } as const;
  await store.beginSignIn(act, { ...signIn, hash: 's', expiresAt: act.at });
  await store.beginSignIn(act, { ...signIn, hash: 't', expiresAt: act.at + 9 });
  await store.takeSignIn('t', act.at);
  const { number, id } = await store.connect(act, { ...facts, id: 'c', account: { id: '1', name: 'Fernhill' }, tokens });
  await store.connect(act, { ...facts, id: 'c', account: { id: '1', name: 'Fernhill' }, tokens });
  await store.findAccount(workspace, 'hubspot', '1');
  await store.listConnections(workspace);
  await store.readPastConnection(workspace, 'hubspot');
  await store.listAllConnections();
  await store.pauseConnection(act, id, true);
  await store.pauseConnection(act, id, false);
  await store.pauseForQuota(workspace, number, act.at + 1);
  await store.noteMissingScopes(workspace, number, ['crm.lists.read']);
  await store.forgetMissingScopes(workspace, number, ['a']);
  await store.readHealth(workspace, number, 0);
  await store.listSealingKeys();
  const [sealed] = await store.listSealedOtherwise('other', 0, 9);
  if (!sealed) throw new Error('no tokens');
  await store.resealTokens(sealed, tokens);
  await store.replaceTokens(workspace, number, 2, tokens);
  await store.needsReconnect(workspace, number, 3);
  await store.readTokens(workspace, number);
  await store.forgetTokens(['k']);
  await store.disconnect(act, id);
}
