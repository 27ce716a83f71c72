import { randomUUID } from 'node:crypto';
import type { RouteId } from '#shared/api/contract.ts';
import { makeCode } from './google/start-google.ts';
import { makeSampleTroubles } from './sample-connection.ts';
import { SAMPLE_REDIRECT, type TestServer } from './start-server.ts';

export type SampleRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};
export type SampleRequests = { readonly [R in RouteId]: SampleRequest };

const UNKNOWN = 'does-not-exist';

/**
 * One request per route that a valid admin key would carry out, about things that exist on this server. A new route in
 * the contract does not compile until it has one.
 */
export async function makeSampleRequests(server: TestServer): Promise<SampleRequests> {
  const made = async (method: string, path: string, body: unknown) => (await server.send(method, path, body)).json();
  const tag = randomUUID().slice(0, 8);
  const list = await made('POST', '/api/lists', { name: `Sample ${tag}` });
  const saved = await made('POST', '/api/leads', { leads: [person(`stored-${tag}`)], listId: list.id });
  const template = await made('POST', '/api/mapping-templates', {
    name: `Template ${tag}`,
    headers: ['Email'],
    mapping: [{ column: 0, field: 'email' }],
  });
  const key = await made('POST', '/api/keys', { name: `Key ${tag}`, role: 'viewer' });
  const suppressed = await made('POST', '/api/suppressions', { entries: [{ kind: 'domain', value: `${tag}.example.org` }] });
  const invite = await made('POST', '/api/invites', { role: 'viewer' });
  const accepted = await made('POST', '/api/invites', { email: `new-${tag}@example.com` });
  await made('POST', '/pair', { code: accepted.code });
  const { members } = await (await server.ask('/api/members')).json();
  const member = members.at(-1).id;
  const importId = randomUUID();
  await made('PUT', `/api/imports/${importId}`, { source: 'csv', list: { id: list.id }, total: 1, chunkCount: 1 });
  const { oauth } = server.hubspot;
  const connection = await made('POST', '/api/connections/hubspot/service-key', { key: oauth.serviceKey() });
  const { conflictId, errorId } = await makeSampleTroubles(server, connection.id, saved.leadId);
  const crm = `/api/connections/${connection.id}`;
  const org = `/api/connections/${await connectSalesforce(server)}`;
  const campaign = server.salesforce.people.addCampaign('Spring fair');
  const linked = server.salesforce.people.addCampaign('Autumn fair');
  await server.send('POST', `${org}/campaigns/${linked}/members`, { listId: list.id });
  const lead = `/api/leads/${saved.leadId}`;
  const sheet = { accessToken: server.google.auth.grant('ann@example.com'), spreadsheetId: randomUUID() };
  const rows = [
    ['First Name', 'Last Name', 'Email', 'Phone'],
    ['Cy', 'Ray', `cy-${tag}@example.com`, '2025550166'],
  ];
  server.google.sheets.spreadsheets.set(sheet.spreadsheetId, {
    id: sheet.spreadsheetId,
    title: 'Webinar',
    tabs: [{ gid: 0, title: 'Leads', rows }],
  });
  const csv = { 'Content-Type': 'text/csv' };
  const json = (method: string, path: string, body: unknown): SampleRequest => ({
    method,
    path,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const get = (path: string): SampleRequest => ({ method: 'GET', path });
  const file = `First Name,Last Name,Email,Phone\r\nBea,Ray,bea-${tag}@example.com,2025550144\r\n`;
  return {
    home: get('/'),
    sample: get('/sample.csv'),
    health: get('/health'),
    docs: get('/api/docs'),
    openapi: get('/api/openapi.json'),
    pair: json('POST', '/pair', { code: await server.makePairingCode(), name: 'Chrome' }),
    metrics: get('/metrics'),
    saveLeads: json('POST', '/api/leads', { leads: [person(`new-${tag}`)], listId: list.id }),
    findLeads: get(`/api/leads?listId=${list.id}`),
    exportLeads: get(`/api/leads/export?listId=${list.id}`),
    changeLead: json('PATCH', lead, { companyName: 'Acme' }),
    deleteLeads: json('DELETE', '/api/leads', { ids: [saved.leadId] }),
    changeLeads: json('POST', '/api/leads/bulk', { ids: [saved.leadId], addTags: ['vip'] }),
    timeline: get(`${lead}/timeline`),
    listLists: get('/api/lists'),
    createList: json('POST', '/api/lists', { name: `Another ${tag}` }),
    renameList: json('PATCH', `/api/lists/${list.id}`, { name: `Renamed ${tag}` }),
    deleteList: { method: 'DELETE', path: `/api/lists/${list.id}` },
    listCustomFields: get('/api/custom-fields'),
    createCustomField: json('POST', '/api/custom-fields', { label: `Score ${tag}`, type: 'number' }),
    listTags: get('/api/tags'),
    listSuppressions: get('/api/suppressions'),
    addSuppressions: json('POST', '/api/suppressions', { entries: [{ kind: 'email', value: `no-${tag}@example.com` }] }),
    removeSuppressions: json('DELETE', '/api/suppressions', { ids: [suppressed.entries[0].id] }),
    removeSuppression: { method: 'DELETE', path: `/api/suppressions/${suppressed.entries[0].id}` },
    template: get('/api/template.csv'),
    workspace: get('/api/workspace'),
    changeWorkspace: json('PATCH', '/api/workspace', { membersMay: { undo: true } }),
    listMembers: get('/api/members'),
    changeMembers: json('PATCH', '/api/members', { id: member, name: 'Bea' }),
    changeMember: json('PATCH', `/api/members/${member}`, { role: 'viewer' }),
    removeMembers: json('DELETE', '/api/members', { ids: [UNKNOWN] }),
    removeMember: { method: 'DELETE', path: `/api/members/${member}` },
    listInvites: get('/api/invites'),
    createInvite: json('POST', '/api/invites', { email: `invited-${tag}@example.com`, role: 'member' }),
    revokeInvite: { method: 'DELETE', path: `/api/invites/${invite.id}` },
    listAudit: get('/api/audit'),
    listKeys: get('/api/keys'),
    createKey: json('POST', '/api/keys', { name: 'zapier', role: 'member' }),
    revokeKeys: json('DELETE', '/api/keys', { ids: [UNKNOWN] }),
    revokeKey: { method: 'DELETE', path: `/api/keys/${key.id}` },
    preview: { method: 'POST', path: '/api/imports/preview?fileName=a.csv', headers: csv, body: file },
    match: json('POST', '/api/imports/match', { listId: list.id, emails: [`stored-${tag}@example.com`] }),
    importFile: { method: 'POST', path: `/api/imports?fileName=a.csv&listId=${list.id}`, headers: csv, body: file },
    importGoogleSheet: json('POST', '/api/imports/google-sheets', { ...sheet, listId: list.id }),
    googleToken: json('POST', '/api/google/token', { ...(await makeCode(server.google, SAMPLE_REDIRECT)), redirectUri: SAMPLE_REDIRECT }),
    listImports: get('/api/imports'),
    putImport: json('PUT', `/api/imports/${randomUUID()}`, { source: 'csv', list: { id: list.id }, total: 1, chunkCount: 1 }),
    readImport: get(`/api/imports/${importId}`),
    storeChunk: json('PUT', `/api/imports/${importId}/chunks/0`, { rows: [{ line: 2, decision: 'create', lead: person(`chunk-${tag}`) }] }),
    completeImport: json('POST', `/api/imports/${saved.importId}/complete`, {}),
    cancelImport: json('POST', `/api/imports/${importId}/cancel`, {}),
    decideRows: json('POST', `/api/imports/${saved.importId}/decide`, { all: { as: 'skip' } }),
    undoImport: json('POST', `/api/imports/${saved.importId}/undo`, {}),
    importRows: get(`/api/imports/${saved.importId}/rows`),
    rejectedRows: get(`/api/imports/${saved.importId}/rejected.csv`),
    listTemplates: get('/api/mapping-templates?signature=2-abc'),
    createTemplate: json('POST', '/api/mapping-templates', { name: `Other ${tag}`, headers: [], mapping: [] }),
    changeTemplate: json('PATCH', `/api/mapping-templates/${template.id}`, { name: `Mine ${tag}` }),
    listConnections: get('/api/connections'),
    authorize: json('POST', '/api/connections/hubspot/authorize', {}),
    oauthCallback: get(`/oauth/hubspot/callback?${await comeBack(server)}`),
    connectByKey: json('POST', '/api/connections/hubspot/service-key', { key: oauth.serviceKey() }),
    changeConnection: json('PATCH', `/api/connections/${connection.id}`, { paused: true }),
    disconnect: { method: 'DELETE', path: `/api/connections/${connection.id}` },
    connectionLists: get(`${crm}/lists?search=fair`),
    connectionFields: get(`${crm}/fields`),
    previewConnection: json('POST', `${crm}/preview`, {}),
    importConnection: json('POST', `${crm}/import`, { listId: list.id }),
    dryRunConnection: json('POST', `${crm}/dry-run`, {}),
    syncConnection: json('POST', `${crm}/sync`, {}),
    addToCampaign: json('POST', `${org}/campaigns/${campaign}/members`, { listId: list.id }),
    campaignLinks: get(`${org}/campaigns`),
    readCampaign: get(`${org}/campaigns/${campaign}`),
    unlinkCampaign: { method: 'DELETE', path: `${org}/campaigns/${linked}/lists/${list.id}` },
    connectionRuns: get(`${crm}/runs?limit=5`),
    connectionConflicts: get(`${crm}/conflicts?open=true`),
    resolveConflict: json('POST', `${crm}/conflicts/${conflictId}/resolve`, { as: 'theirs' }),
    connectionErrors: get(`${crm}/errors`),
    retryError: json('POST', `${crm}/errors/${errorId}/retry`, { how: 'again' }),
    deleteTemplate: { method: 'DELETE', path: `/api/mapping-templates/${template.id}` },
  };
}

/** What HubSpot sends a person back with who has said yes: state and code. */
export async function comeBack(server: TestServer): Promise<string> {
  const { url } = await (await server.send('POST', '/api/connections/hubspot/authorize', {})).json();
  const answer = server.hubspot.oauth.authorize(new URL(url).searchParams);
  return new URL(answer.headers.get('Location') ?? '').search.slice(1);
}

/** A complete lead, known by its tag. */
export function person(tag: string) {
  const digits = String(Math.abs([...tag].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 10_000, 7))).padStart(4, '0');
  return { firstName: 'Ann', lastName: `Lee ${tag}`, email: `${tag}@example.com`, phone: `212555${digits}` };
}

/** Signs in at Salesforce as a person would; gives the connection's id. */
export async function connectSalesforce(server: TestServer): Promise<string> {
  const { url } = await (await server.send('POST', '/api/connections/salesforce/authorize', {})).json();
  const consent = await fetch(url, { redirect: 'manual' });
  const { pathname, search } = new URL(consent.headers.get('Location') ?? '');
  await server.ask(`${pathname}${search}`, { key: null });
  const { connections } = await (await server.ask('/api/connections')).json();
  return connections.find(({ provider }: { readonly provider: string }) => provider === 'salesforce').id;
}
