import { type AnswerOf, pathTo, ROUTES, type RouteId } from '#shared/api/contract.ts';
import type { ImportState } from '#shared/api/imports.ts';
import { type Read, reader } from '#shared/api/json.ts';
import { type LEAD_SORTS, type LeadLinkAnswer, leadAnswer, leadsAnswer, type SideItemAnswer } from '#shared/api/lead-bodies.ts';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import type { ListAnswer } from '#shared/api/lists.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { callServer, fetchFile, type ServerAccess, type ServerRequest } from './call-server.ts';

type Answer<T> = Promise<Result<T, ServerFailure>>;

export type LeadSort = (typeof LEAD_SORTS)[number];
/** What leads are looked for by; an absent part does not matter. */
export type LeadFilter = {
  readonly search?: string;
  readonly listId?: string;
  readonly importId?: string;
  readonly tag?: string;
  /** A member's id or email; `none` = nobody's. */
  readonly owner?: string;
};
/** A page by its number, from 1, or by the cursor of the page before. */
export type LeadPageAt = { readonly page: number } | { readonly cursor: string };
export type LeadPage = { readonly leads: readonly LeadAnswer[]; readonly totalCount: number; readonly nextCursor: string | null };
/** A present field is changed, the empty text clears it; tags and custom fields replace the old ones. */
export type LeadPatch = Partial<Omit<LeadAnswer, 'id' | 'listIds' | 'owner' | 'doNotContact' | 'source' | 'createdAt' | 'updatedAt'>>;
export type BulkWhich = { readonly ids: readonly string[] } | { readonly filter: LeadFilter; readonly except?: readonly string[] };
export type BulkChange =
  | { readonly addToList: string }
  | { readonly removeFromList: string }
  | { readonly addTags: readonly string[] }
  | { readonly removeTags: readonly string[] }
  | { readonly delete: true };
export type LeadEvent = AnswerOf<'timeline'>['events'][number];
/** Of a CRM, beside a lead's past. */
export type SideItem = SideItemAnswer;
/** A record of a CRM that a lead is. */
export type LeadLink = LeadLinkAnswer;
export type Member = AnswerOf<'listMembers'>['members'][number];
export type TagCount = AnswerOf<'listTags'>['tags'][number];

/** The leads of a workspace, as its page asks for them. One attempt each. */
export type LeadApi = {
  find(filter: LeadFilter, sort: LeadSort, at: LeadPageAt, limit: number, signal: AbortSignal): Answer<LeadPage>;
  lead(id: string): Answer<LeadAnswer>;
  /** A lead with the records of CRMs it is. */
  leadInCrm(id: string): Answer<{ readonly lead: LeadAnswer; readonly links: readonly LeadLink[] }>;
  /** `conflict` when the lead has another version by now; `refused` with the server's reason for a value it cannot take. */
  change(id: string, patch: LeadPatch): Answer<LeadAnswer>;
  /** How many were changed, or deleted. */
  changeMany(which: BulkWhich, change: BulkChange): Answer<number>;
  /** Its past, and what CRMs tell beside it; both the newest first. */
  timeline(id: string): Answer<{ readonly events: readonly LeadEvent[]; readonly side: readonly SideItem[] }>;
  tags(): Answer<readonly TagCount[]>;
  members(): Answer<readonly Member[]>;
  /** The newest imports. */
  imports(): Answer<readonly ImportState[]>;
  createList(name: string): Answer<ListAnswer>;
  /** CSV text that spreadsheets open safely. */
  exportCsv(filter: LeadFilter): Answer<string>;
};

const QUESTION_MS = 15_000;
/** What runs over many leads: a busy server may take its time. */
const WORK_MS = 120_000;

/** The leads at a server, by a key. */
export function leadApi(access: ServerAccess): LeadApi {
  const get = <T>(path: string, read: Read<T>, rest: Partial<ServerRequest<T>> = {}) =>
    callServer(access, { method: 'GET', path, read, timeoutMs: QUESTION_MS, ...rest });
  const send = <T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: unknown, read: Read<T>) =>
    callServer(access, { method, path, body: JSON.stringify(body), read, timeoutMs: WORK_MS });
  return {
    find: (filter, sort, at, limit, signal) =>
      get(withQuery(pathTo('findLeads', {}), { ...filter, sort, limit, ...at }), readPage, { signal }),
    lead: (id) => get(withQuery(pathTo('findLeads', {}), { id }), readOne),
    leadInCrm: (id) => get(withQuery(pathTo('findLeads', {}), { id }), readInCrm),
    change: async (id, patch) => part(await send('PATCH', pathTo('changeLead', { id }), patch, reader(leadAnswer)), ({ lead }) => lead),
    changeMany: async (which, change) =>
      part(
        await send('POST', pathTo('changeLeads', {}), { ...which, ...change }, readAnswer('changeLeads')),
        ({ changedCount }) => changedCount,
      ),
    timeline: async (id) =>
      part(await get(pathTo('timeline', { id }), readAnswer('timeline')), ({ events, side = [] }) => ({ events, side })),
    tags: async () => part(await get(pathTo('listTags', {}), readAnswer('listTags')), ({ tags }) => tags),
    members: async () => part(await get(pathTo('listMembers', {}), readAnswer('listMembers')), ({ members }) => members),
    imports: async () => part(await get(pathTo('listImports', {}), readAnswer('listImports')), ({ imports }) => imports),
    createList: (name) => send('POST', pathTo('createList', {}), { name }, readAnswer('createList')),
    exportCsv: (filter) => fetchFile(access, withQuery(pathTo('exportLeads', {}), filter), WORK_MS),
  };
}

/** Reads the JSON answer of a route as the contract has it. */
export function readAnswer<R extends RouteId>(route: R): Read<AnswerOf<R>> {
  const { answer } = ROUTES[route];
  if (answer.kind !== 'json') throw new Error(`${route} answers with a file`);
  return reader(answer.schema) as Read<AnswerOf<R>>; // AnswerOf is the output of this very schema
}

const readLeads = reader(leadsAnswer);

function readPage(value: unknown): ReturnType<Read<LeadPage>> {
  const read = readLeads(value);
  if (!read.ok || !('leads' in read.value)) return fail([{ path: 'leads', expected: 'a page of leads' }]);
  const { leads, pagination, nextCursor } = read.value;
  return ok({ leads, totalCount: pagination.totalCount, nextCursor });
}

const readOne = (value: unknown) => part(reader(leadAnswer)(value), ({ lead }) => lead);

function readInCrm(value: unknown): ReturnType<Read<{ readonly lead: LeadAnswer; readonly links: readonly LeadLink[] }>> {
  const read = readLeads(value);
  if (!read.ok || !('lead' in read.value)) return fail([{ path: 'lead', expected: 'a lead' }]);
  const { lead, links = [] } = read.value;
  return ok({ lead, links });
}

function part<T, P, E>(result: Result<T, E>, pick: (value: T) => P): Result<P, E> {
  return result.ok ? ok(pick(result.value)) : result;
}

function withQuery(path: string, values: Readonly<Record<string, string | number>>): string {
  return `${path}?${new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)]))}`;
}
