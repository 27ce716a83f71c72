import { badRequest, hubspotError, notFound } from './hubspot-errors.ts';
import { answerLists } from './list-routes.ts';
import { answerObjects } from './object-routes.ts';
import { findType, type Portal } from './portal.ts';
import { answerProperties } from './property-routes.ts';
import { checkQuery } from './query-names.ts';
import type { Answer, HubspotRequest } from './read-request.ts';
import { answerAccount, answerAssociations, answerOwners, answerPipelines } from './small-routes.ts';

type RawRequest = Omit<HubspotRequest, 'body'> & { readonly text: string; readonly contentType: string | null };
type Route = {
  readonly path: RegExp;
  readonly scopes: (method: string, parts: readonly string[]) => readonly string[];
  readonly answer: (portal: Portal, parts: readonly string[], request: HubspotRequest) => Answer;
};

/** Only the dated paths are answered: an old one is a 404, so that a forgotten rewrite is seen. */
const ROUTES: readonly Route[] = [
  {
    path: /^\/crm\/objects\/2026-03\/([^/]+)(\/.*)?$/,
    scopes: (method, [type = '', rest = '']) => objectScopes(method, findType(type)?.type ?? type, rest),
    answer: (portal, [type = '', rest = ''], request) => {
      const known = findType(type);
      if (!known) throw badRequest(`Unable to infer object type from: ${type}`);
      return answerObjects(portal, known.type, rest, request);
    },
  },
  {
    path: /^\/crm\/properties\/2026-03\/([^/]+)(?:\/([^/]+))?$/,
    scopes: (method, [type = '']) => schemaScopes(method, findType(type)?.type ?? type),
    answer: (portal, [type = '', name], request) => answerProperties(portal, type, name ?? null, request),
  },
  {
    path: /^\/crm\/pipelines\/2026-03\/([^/]+)(?:\/([^/]+))?$/,
    scopes: () => ['crm.schemas.deals.read'],
    answer: (portal, [type = '', id]) => answerPipelines(portal, type, id ?? null),
  },
  {
    path: /^\/crm\/associations\/2026-03\/([^/]+)\/([^/]+)\/batch\/read$/,
    scopes: () => ['crm.objects.contacts.read'],
    answer: (portal, [from = '', to = ''], request) => answerAssociations(portal, from, to, request),
  },
  {
    path: /^\/crm\/lists\/2026-03(\/.*)?$/,
    scopes: (method, [rest = '']) => {
      const isWrite = method !== 'GET' && !/\/(search|batch\/read)$/.test(rest);
      return ['crm.lists.read', ...(isWrite ? ['crm.lists.write'] : [])];
    },
    answer: (portal, [rest = ''], request) => answerLists(portal, rest, request),
  },
  { path: /^\/crm\/owners\/2026-03$/, scopes: () => ['crm.objects.owners.read'], answer: answerOwners },
  { path: /^\/account-info\/2026-03\/details$/, scopes: () => [], answer: answerAccount },
];

function objectScopes(method: string, type: string, rest: string): readonly string[] {
  const isRead = method === 'GET' || rest === '/search' || rest === '/batch/read';
  if (type === 'deals') return [`crm.objects.deals.${isRead ? 'read' : 'write'}`];
  if (type === 'emails') return ['crm.objects.contacts.read', 'sales-email-read'];
  return [`crm.objects.contacts.${isRead ? 'read' : 'write'}`];
}

function schemaScopes(method: string, type: string): readonly string[] {
  const of = type === 'deals' ? 'deals' : 'contacts';
  return [`crm.schemas.${of}.${method === 'GET' ? 'read' : 'write'}`];
}

/** The scopes a request needs; [] where there is no such route. */
export function scopesOf(method: string, path: string): readonly string[] {
  const route = ROUTES.find((one) => one.path.test(path));
  return route ? route.scopes(method, route.path.exec(path)?.slice(1) ?? []) : [];
}

/** Answers a request of the API that is allowed to ask. */
export function answerApi(portal: Portal, { text, contentType, ...request }: RawRequest): Answer {
  const route = ROUTES.find(({ path }) => path.test(request.path));
  if (!route) throw notFound();
  checkQuery(request.method, request.path, request.query);
  const hasBody = text !== '';
  const isJson = /^application\/json(;|$)/.test(contentType ?? '');
  if (hasBody && !isJson) throw hubspotError(415, null, 'HTTP 415 Unsupported Media Type');
  return route.answer(portal, route.path.exec(request.path)?.slice(1) ?? [], { ...request, body: hasBody ? readJson(text) : undefined });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('Invalid input JSON on line 1, column 1');
  }
}
