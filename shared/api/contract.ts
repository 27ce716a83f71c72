import { MAX_CHUNK_BYTES, MAX_FILE_BYTES } from '../limits.ts';
import * as campaigns from './campaigns.ts';
import { decideBody, undoAnswer, undoBody } from './closed-imports.ts';
import * as work from './connection-work.ts';
import * as connections from './connections.ts';
import * as google from './google.ts';
import { importsAnswer, importsQuery, rowsQuery } from './import-pages.ts';
import * as imports from './imports.ts';
import * as leads from './lead-bodies.ts';
import { readSaveLeads, saveLeadsAnswer, saveLeadsBody } from './leads.ts';
import { listBody, listSchema, listsAnswer } from './lists.ts';
import { matchAnswer, matchBody } from './match.ts';
import * as people from './people.ts';
import { importQuery, previewAnswer, previewQuery } from './preview.ts';
import { readChunk } from './read-chunk.ts';
import { answer, json, jsonRead, query, type Route, route } from './route.ts';
import * as settings from './settings.ts';
import * as workspace from './workspace.ts';

/** Both sides send it in `X-Leadline-Api`; a difference is a 426. */
export const API_VERSION = '1';
export const API_VERSION_HEADER = 'X-Leadline-Api';

const csv = { answer: { kind: 'csv' } } as const;
const html = { answer: { kind: 'html' } } as const;
const nothing = { ...json(settings.emptyBody), mayBeEmpty: true } as const;
const file = { kind: 'file', multipart: false } as const;
const fileOrForm = { kind: 'file', multipart: true } as const;
const receipt = answer(imports.receipt);
const noList = ['LIST_NOT_FOUND'] as const;
const none = ['NOT_FOUND'] as const;
const notOpen = ['NOT_FOUND', 'CONFLICT', 'RATE_LIMITED', 'FORBIDDEN'] as const;
const notAFile = ['INVALID_FILE', 'LIST_NOT_FOUND'] as const;
const deleted = answer(settings.deletedAnswer);
const revoked = answer(settings.revokedAnswer);
const deletedCount = answer(settings.deletedCountAnswer);

/** The one table of routes: what is not here does not exist. A comment behind a route would be its second truth: see `summary`. */
// biome-ignore format: one route, one or two lines
export const ROUTES = {
  home: route('GET', '/', 'public', 'What this is, and how to load and pair the extension.', { ...html }),
  sample: route('GET', '/sample.csv', 'public', 'A messy file of invented people to try.', { ...csv }),
  health: route('GET', '/health', 'public', 'Says that the server runs.', { answer: answer(workspace.healthAnswer) }),
  docs: route('GET', '/api/docs', 'public', 'This page.', { ...html }),
  openapi: route('GET', '/api/openapi.json', 'public', 'This contract as an OpenAPI 3.1 document.', { answer: answer(workspace.openapiAnswer) }),
  pair: route('POST', '/pair', 'public', 'Trades a pairing code or an invitation for a key; each is good once, a code for five minutes, an invitation for seven days.',
    { body: json(workspace.pairBody), answer: answer(workspace.pairAnswer), fails: ['UNAUTHORIZED'] }),
  metrics: route('GET', '/metrics', 'admin', 'Figures for Prometheus.', { answer: { kind: 'text' } }),

  saveLeads: route('POST', '/api/leads', 'member', 'Saves leads. 201 when something new was stored, 200 when not.',
    { body: jsonRead(saveLeadsBody, readSaveLeads, MAX_FILE_BYTES), answer: answer(saveLeadsAnswer, 201, 200), once: 'store', fails: ['INVALID_LEADS', 'LIST_NOT_FOUND'] }),
  findLeads: route('GET', '/api/leads', 'viewer', 'A page of leads, or the one with `id`.', { query: query(leads.leadsQuery), answer: answer(leads.leadsAnswer), fails: ['LIST_NOT_FOUND', 'NOT_FOUND'] }),
  exportLeads: route('GET', '/api/leads/export', 'viewer', 'Leads as a CSV file that spreadsheets open safely and that can be imported again without loss.',
    { query: query(leads.exportQuery), ...csv, fails: noList }),
  changeLead: route('PATCH', '/api/leads/:id', 'member', 'Changes a lead; null or an empty text clears a field.',
    { body: jsonRead(leads.patchBody, leads.readPatch), answer: answer(leads.leadAnswer), fails: ['NOT_FOUND', 'CONFLICT', 'SUPPRESSED', 'INVALID_LEADS'] }),
  deleteLeads: route('DELETE', '/api/leads', 'member', 'Deletes leads for good; ids of others are ignored.', { body: json(leads.deleteLeadsBody), answer: answer(leads.deletedAnswer) }),
  changeLeads: route('POST', '/api/leads/bulk', 'member', 'Changes some leads, by id or by filter.', { body: json(leads.bulkBody), answer: answer(leads.bulkAnswer), once: 'edge', fails: noList }),
  timeline: route('GET', '/api/leads/:id/timeline', 'viewer', 'The past of a lead, newest first.', { answer: answer(leads.timelineAnswer), fails: none }),

  listLists: route('GET', '/api/lists', 'viewer', 'Every list, the default one first.', { answer: answer(listsAnswer) }),
  createList: route('POST', '/api/lists', 'member', 'Makes a list.', { body: json(listBody), answer: answer(listSchema, 201), once: 'edge', fails: ['CONFLICT'] }),
  renameList: route('PATCH', '/api/lists/:id', 'member', 'Renames a list.', { body: json(listBody), answer: answer(listSchema), fails: ['LIST_NOT_FOUND', 'CONFLICT'] }),
  deleteList: route('DELETE', '/api/lists/:id', 'member', 'Drops a list; its leads stay. The default list stays.', { answer: deleted, fails: noList }),

  listCustomFields: route('GET', '/api/custom-fields', 'viewer', 'Custom fields in their order.', { answer: answer(settings.customFieldsAnswer) }),
  createCustomField: route('POST', '/api/custom-fields', 'member', 'Makes a custom field.', { body: json(settings.customFieldBody), answer: answer(settings.customFieldAnswer, 201), once: 'edge', fails: ['CONFLICT'] }),
  listTags: route('GET', '/api/tags', 'viewer', 'Tags and how many leads carry each.', { answer: answer(settings.tagsAnswer) }),
  listSuppressions: route('GET', '/api/suppressions', 'viewer', 'Who must not be contacted, newest first.', { query: query(settings.suppressionsQuery), answer: answer(settings.suppressionsAnswer) }),
  addSuppressions: route('POST', '/api/suppressions', 'member', 'Adds entries; stored leads they hold are marked "do not contact".',
    { body: json(settings.suppressionsBody, settings.MAX_SUPPRESSION_BYTES), answer: answer(settings.suppressionsAdded, 201, 200), once: 'edge' }),
  removeSuppressions: route('DELETE', '/api/suppressions', 'admin', 'Takes entries off the list; marked leads stay marked.', { body: json(settings.idsBody), answer: deletedCount }),
  removeSuppression: route('DELETE', '/api/suppressions/:id', 'admin', 'Takes one entry off the list; marked leads stay marked.', { answer: deletedCount, fails: none }),
  template: route('GET', '/api/template.csv', 'viewer', 'A CSV with every field.', { ...csv }),

  workspace: route('GET', '/api/workspace', 'viewer', 'Name, plan, role of this key, limits and defaults.', { answer: answer(workspace.workspaceAnswer) }),
  changeWorkspace: route('PATCH', '/api/workspace', 'admin', 'Changes the settings that are given.', { body: json(workspace.workspacePatch), answer: answer(workspace.workspaceAnswer), whenReadOnly: true }),
  listMembers: route('GET', '/api/members', 'viewer', 'Who works here.', { answer: answer(people.membersAnswer) }),
  changeMembers: route('PATCH', '/api/members', 'admin', 'Changes the member with that `id`.', { body: json(people.memberPatchWithId), answer: answer(people.memberAnswer), fails: ['NOT_FOUND', 'CONFLICT'] }),
  changeMember: route('PATCH', '/api/members/:id', 'admin', 'Changes name, email or role; the last admin stays one.', { body: json(people.memberPatch), answer: answer(people.memberAnswer), fails: ['NOT_FOUND', 'CONFLICT'] }),
  removeMembers: route('DELETE', '/api/members', 'admin', 'Removes members and ends their keys; their leads stay.', { body: json(settings.idsBody), answer: deletedCount, fails: ['CONFLICT'] }),
  removeMember: route('DELETE', '/api/members/:id', 'admin', 'Removes a member and ends their keys; their leads stay.', { answer: deleted, fails: ['NOT_FOUND', 'CONFLICT'] }),
  listInvites: route('GET', '/api/invites', 'admin', 'Open invitations.', { answer: answer(people.invitesAnswer) }),
  createInvite: route('POST', '/api/invites', 'admin', 'Invites somebody: one text to paste, good once and for seven days. It is shown once.', { body: json(people.inviteBody), answer: answer(people.inviteAnswer, 201), once: 'edge', fails: ['CONFLICT'] }),
  revokeInvite: route('DELETE', '/api/invites/:id', 'admin', 'Ends an invitation.', { answer: revoked, fails: none }),
  listAudit: route('GET', '/api/audit', 'admin', 'Who exported, deleted, let in or changed what, the newest first.', { query: query(people.auditQuery), answer: answer(people.auditAnswer) }),
  listKeys: route('GET', '/api/keys', 'admin', 'Keys in force.', { answer: answer(workspace.keysAnswer) }),
  createKey: route('POST', '/api/keys', 'admin', 'Makes a key. It is shown once.', { body: json(workspace.keyBody), answer: answer(workspace.keyAnswer, 201), once: 'edge' }),
  revokeKeys: route('DELETE', '/api/keys', 'admin', 'Ends keys at once.', { body: json(settings.idsBody), answer: deletedCount }),
  revokeKey: route('DELETE', '/api/keys/:id', 'admin', 'Ends a key at once.', { answer: revoked, fails: none }),

  preview: route('POST', '/api/imports/preview', 'viewer', 'Reads a file and says what importing it would give; nothing is stored.',
    { query: query(previewQuery), body: file, answer: answer(previewAnswer), fails: notAFile, whenReadOnly: true }),
  match: route('POST', '/api/imports/match', 'viewer', 'Who exists already, with current values, and who is suppressed.', { body: json(matchBody), answer: answer(matchAnswer), fails: noList, whenReadOnly: true }),
  importFile: route('POST', '/api/imports', 'member', 'Imports a whole file.',
    { query: query(importQuery), body: fileOrForm, answer: answer(imports.fileReceipt, 201, 200), once: 'store', fails: notAFile }),
  importGoogleSheet: route('POST', '/api/imports/google-sheets', 'member', 'Imports a tab of a Google Sheet; the token is used for this call and kept nowhere.',
    { body: json(google.sheetImportBody), answer: answer(imports.fileReceipt, 201, 200), once: 'store', fails: ['INVALID_FILE', 'LIST_NOT_FOUND', 'NOT_FOUND', 'CONFLICT'] }),
  listImports: route('GET', '/api/imports', 'viewer', 'Imports, newest first.', { query: query(importsQuery), answer: answer(importsAnswer) }),
  putImport: route('PUT', '/api/imports/:importId', 'member', 'Announces an import in chunks; sending it again is harmless.',
    { body: json(imports.createImportBody), answer: answer(imports.importState, 201, 200), fails: ['LIST_NOT_FOUND', 'IDEMPOTENCY_MISMATCH'] }),
  readImport: route('GET', '/api/imports/:importId', 'viewer', 'How far an import is, and which chunks are missing.', { answer: answer(imports.importState), fails: none }),
  storeChunk: route('PUT', '/api/imports/:importId/chunks/:seq', 'member', 'Stores a chunk, from 0. The same chunk again gives the same answer.',
    { body: jsonRead(imports.chunkBody, readChunk, MAX_CHUNK_BYTES), answer: answer(imports.chunkAnswer), fails: ['NOT_FOUND', 'IDEMPOTENCY_MISMATCH', 'CONFLICT'] }),
  completeImport: route('POST', '/api/imports/:importId/complete', 'member', 'Ends an import whose chunks are all there.', { body: nothing, answer: receipt, once: 'edge', fails: ['NOT_FOUND', 'MISSING_CHUNKS', 'CONFLICT'] }),
  cancelImport: route('POST', '/api/imports/:importId/cancel', 'member', 'Ends an import early; what is stored stays.', { body: nothing, answer: receipt, once: 'edge', fails: ['NOT_FOUND', 'CONFLICT'] }),
  decideRows: route('POST', '/api/imports/:importId/decide', 'member', 'Decides rows in review, within 30 days of the receipt. The same decision again changes nothing.',
    { body: json(decideBody), answer: receipt, once: 'edge', fails: ['NOT_FOUND', 'LIST_NOT_FOUND', 'CONFLICT'] }),
  undoImport: route('POST', '/api/imports/:importId/undo', 'member', 'Takes an import back, within 30 days of the receipt; says what was kept and why. Again: the same answer. `dryRun`: only says it.',
    { body: { ...json(undoBody), mayBeEmpty: true }, answer: answer(undoAnswer), once: 'edge', fails: ['NOT_FOUND', 'CONFLICT'] }),
  importRows: route('GET', '/api/imports/:importId/rows', 'viewer', 'What became of each row.', { query: query(rowsQuery), answer: answer(imports.importRowsPage), fails: none }),
  rejectedRows: route('GET', '/api/imports/:importId/rejected.csv', 'viewer', 'Rejected rows as a file: their own columns, and why.', { ...csv, fails: none }),

  listTemplates: route('GET', '/api/mapping-templates', 'viewer', 'Named mappings; with `signature`, also how the newest complete import of a file with such headers was mapped.',
    { query: query(settings.templatesQuery), answer: answer(settings.templatesAnswer) }),
  createTemplate: route('POST', '/api/mapping-templates', 'member', 'Keeps a mapping under a name.', { body: json(settings.templateBody), answer: answer(settings.templateAnswer, 201), once: 'edge', fails: ['CONFLICT'] }),
  changeTemplate: route('PATCH', '/api/mapping-templates/:id', 'member', 'Changes a named mapping.', { body: json(settings.templatePatch), answer: answer(settings.templateAnswer), fails: ['NOT_FOUND', 'CONFLICT'] }),
  deleteTemplate: route('DELETE', '/api/mapping-templates/:id', 'member', 'Drops a named mapping.', { answer: deleted, fails: none }),

  googleToken: route('POST', '/api/google/token', 'member', 'Trades a code of a sign-in to Google for a token; there only where the operator gave a client secret.',
    { body: json(google.googleTokenBody), answer: answer(google.googleTokenAnswer), fails: ['NOT_FOUND'], whenReadOnly: true }),

  listConnections: route('GET', '/api/connections', 'viewer', 'CRMs that are connected and how they fare, and what can be connected.', { answer: answer(connections.connectionsAnswer) }),
  authorize: route('POST', '/api/connections/:provider/authorize', 'admin', 'Begins a sign-in at a CRM: open the address it gives; good once, for ten minutes.',
    { body: { ...json(connections.authorizeBody), mayBeEmpty: true }, answer: answer(connections.authorizeAnswer), premium: true, fails: none }),
  oauthCallback: route('GET', '/oauth/:provider/callback', 'public', 'Where a CRM sends people back to: a page that says whether it is connected.', { query: query(connections.callbackQuery), ...html }),
  connectByKey: route('POST', '/api/connections/hubspot/service-key', 'admin', 'Connects HubSpot with a service key that was made there; it is sealed and never shown.',
    { body: json(connections.serviceKeyBody), answer: answer(connections.connectionAnswer, 201), once: 'edge', premium: true, fails: ['NOT_FOUND', 'CONFLICT'] }),
  changeConnection: route('PATCH', '/api/connections/:id', 'admin', 'Changes scope, schedule, field map or rules of a connection, or pauses it; what is absent stays.',
    { body: json(connections.connectionPatch), answer: answer(connections.connectionAnswer), premium: true, fails: ['NOT_FOUND', 'LIST_NOT_FOUND'] }),
  disconnect: route('DELETE', '/api/connections/:id', 'admin', 'Ends a connection and gives the grant back at the CRM; what it brought stays.', { answer: answer(connections.disconnectedAnswer), fails: none, whenReadOnly: true }),
  connectionLists: route('GET', '/api/connections/:id/lists', 'member', 'Lists, views and campaigns an import or a sync can be narrowed to.', { query: query(work.scopesQuery), answer: answer(work.scopesAnswer), fails: notOpen }),
  connectionFields: route('GET', '/api/connections/:id/fields', 'member', 'Fields of the CRM by their labels and types, and the map a connection starts with.', { answer: answer(work.fieldsAnswer), fails: notOpen }),
  previewConnection: route('POST', '/api/connections/:id/preview', 'member', 'What importing the records would do; nothing is stored.',
    { body: { ...json(work.recordsPreviewBody), mayBeEmpty: true }, answer: answer(work.recordsPreviewAnswer), premium: true, fails: [...notOpen, 'LIST_NOT_FOUND'], whenReadOnly: true }),
  importConnection: route('POST', '/api/connections/:id/import', 'member', 'Imports the records as a file is imported, and links them.',
    { body: { ...json(work.recordsImportBody), mayBeEmpty: true }, answer: answer(imports.fileReceipt, 201, 200), once: 'store', premium: true, fails: [...notOpen, 'LIST_NOT_FOUND', 'IN_PROGRESS'] }),
  dryRunConnection: route('POST', '/api/connections/:id/dry-run', 'member', 'Counts what a sync would do on either side; nothing is written.', { body: nothing, answer: answer(work.runStarted), premium: true, fails: [...notOpen, 'IN_PROGRESS'] }),
  syncConnection: route('POST', '/api/connections/:id/sync', 'admin', 'Keeps the connection in step once, now.',
    { body: { ...json(work.syncBody), mayBeEmpty: true }, answer: answer(work.runStarted), once: 'edge', premium: true, fails: [...notOpen, 'IN_PROGRESS'] }),
  addToCampaign: route('POST', '/api/connections/:id/campaigns/:campaignId/members', 'member', 'Makes the leads of a list members of a campaign of the CRM, as far as they are records there.',
    { body: json(campaigns.membersBody), answer: answer(campaigns.membersAnswer), once: 'edge', premium: true, fails: [...notOpen, 'LIST_NOT_FOUND'] }),
  campaignLinks: route('GET', '/api/connections/:id/campaigns', 'viewer', 'Lists whose leads were made members of a campaign, and who came into them since.', { answer: answer(campaigns.campaignLinksAnswer), fails: none }),
  readCampaign: route('GET', '/api/connections/:id/campaigns/:campaignId', 'member', 'A campaign of the CRM, and what its members can be.', { answer: answer(campaigns.campaignAnswer), fails: notOpen }),
  unlinkCampaign: route('DELETE', '/api/connections/:id/campaigns/:campaignId/lists/:listId', 'member', 'Forgets that a list goes with a campaign; members stay members.', { answer: answer(work.doneAnswer), fails: none }),
  connectionRuns: route('GET', '/api/connections/:id/runs', 'viewer', 'Runs, the newest first.', { query: query(work.pageQuery), answer: answer(work.runsAnswer), fails: none }),
  connectionConflicts: route('GET', '/api/connections/:id/conflicts', 'viewer', 'Fields that changed on both sides, with both values, the newest first.', { query: query(work.conflictsQuery), answer: answer(work.conflictsAnswer), fails: none }),
  resolveConflict: route('POST', '/api/connections/:id/conflicts/:conflictId/resolve', 'member', 'Gives a field the value chosen, or the one before back; the next sync sends it.',
    { body: json(work.resolveBody), answer: answer(work.doneAnswer), once: 'edge', premium: true, fails: ['NOT_FOUND', 'CONFLICT', 'SUPPRESSED'] }),
  connectionErrors: route('GET', '/api/connections/:id/errors', 'viewer', 'Records that could not be kept in step, and why.', { query: query(work.pageQuery), answer: answer(work.errorsAnswer), fails: none }),
  retryError: route('POST', '/api/connections/:id/errors/:errorId/retry', 'admin', 'Tries a record again with the next sync, leaves it, or says which record it is.',
    { body: json(work.retryBody), answer: answer(work.doneAnswer), once: 'edge', premium: true, fails: notOpen }),
} as const satisfies Record<string, Route>;

type Table = typeof ROUTES;
export type RouteId = keyof Table;
export const ROUTE_IDS = Object.keys(ROUTES) as readonly RouteId[]; // the table is a literal: its keys are exactly RouteId

/** A JSON body as it is after reading; undefined for routes without one. */
export type BodyOf<R extends RouteId> = Table[R] extends { readonly body: { readonly read: (value: unknown) => infer Read } }
  ? ReadValue<Read>
  : undefined;
export type QueryOf<R extends RouteId> = Table[R] extends { readonly query: { readonly read: (value: unknown) => infer Read } }
  ? ReadValue<Read>
  : undefined;
type ReadValue<R> = R extends { readonly ok: true; readonly value: infer T } ? T : never;
/** A JSON answer; undefined for files and pages. */
export type AnswerOf<R extends RouteId> = Table[R] extends {
  readonly answer: { readonly schema: { readonly _zod: { readonly output: infer T } } };
}
  ? T
  : undefined;
export type ParamsOf<R extends RouteId> = { readonly [P in ParamNames<Table[R]['path']>]: string };
type ParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

/** The path of a route with its parts filled in, escaped. */
export function pathTo<R extends RouteId>(id: R, params: ParamsOf<R>): string {
  const values: Readonly<Record<string, string>> = params;
  return ROUTES[id].path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}
