import { badRequest } from './hubspot-errors.ts';

const OF_READS = ['archived', 'associations', 'properties', 'propertiesWithHistory'];
const OF_PROPERTIES = ['archived', 'dataSensitivity', 'locale', 'properties'];

/** What may stand behind the question mark, by `METHOD /path` with a star for any part; nothing anywhere else. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['GET /crm/objects/2026-03/*', ['after', 'limit', ...OF_READS]],
  ['GET /crm/objects/2026-03/*/*', ['idProperty', ...OF_READS]],
  ['PATCH /crm/objects/2026-03/*/*', ['idProperty']],
  ['POST /crm/objects/2026-03/*/batch/read', ['archived']],
  ['GET /crm/properties/2026-03/*', OF_PROPERTIES],
  ['GET /crm/properties/2026-03/*/*', OF_PROPERTIES],
  ['GET /crm/lists/2026-03/*', ['includeFilters']],
  ['GET /crm/lists/2026-03/*/memberships', ['after', 'before', 'limit']],
  ['GET /crm/owners/2026-03', ['after', 'archived', 'email', 'limit']],
]);

/** Refuses a query that HubSpot does not describe: a real portal would pass over it in silence, and a slip of ours would not be seen. */
export function checkQuery(method: string, path: string, query: URLSearchParams): void {
  const name = `${method} ${path}`;
  const known = [...NAMES].find(([route]) => fits(route.split('/'), name.split('/')))?.[1] ?? [];
  const unknown = [...query.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) throw badRequest(`Unknown query parameter ${unknown}`);
  const archived = query.get('archived');
  if (archived !== null && archived !== 'true' && archived !== 'false') throw badRequest(`archived cannot be ${archived}`);
}

const fits = (route: readonly string[], parts: readonly string[]): boolean =>
  route.length === parts.length && route.every((one, index) => one === '*' || one === parts[index]);
