import * as z from 'zod/mini';
import { API_VERSION, API_VERSION_HEADER, ROUTES } from './contract.ts';
import { ERROR_STATUS, type ErrorCode, errorBody } from './errors.ts';
import { importOptions } from './preview.ts';
import { type Body, FILE_TYPES, type Route } from './route.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The contract as an OpenAPI 3.1 document, made from the table of routes. `url` is the server's address. */
export function openapiDocument(url: string, version: string): Schema {
  const routes: readonly Route[] = Object.values(ROUTES);
  const paths = [...new Set(routes.map((route) => route.path))];
  return {
    openapi: '3.1.0',
    info: {
      title: 'Leadline',
      version,
      summary: 'Leads into a workspace you own.',
      description: `Version ${API_VERSION} of the contract. Unknown fields are ignored; codes and data are the interface, sentences are for people.`,
    },
    servers: [{ url }],
    security: [{ key: [] }],
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key of the workspace, as ll_…' } },
      schemas: { Error: toSchema(errorBody, 'output') },
    },
    paths: Object.fromEntries(
      paths.map((path) => [
        openPath(path),
        Object.fromEntries(routes.filter((route) => route.path === path).map((route) => [route.method.toLowerCase(), operation(route)])),
      ]),
    ),
  };
}

/** The errors a route can give, its own first. */
export function errorsOf(route: Route): readonly ErrorCode[] {
  const { fails = [], body, access, query, once } = route;
  return [
    ...new Set<ErrorCode>([
      ...fails,
      ...(body || query ? (['INVALID_REQUEST'] as const) : []),
      ...(access === 'public' ? [] : (['UNAUTHORIZED'] as const)),
      'FORBIDDEN',
      ...(body ? (['TOO_LARGE', 'UNSUPPORTED_TYPE'] as const) : []),
      ...(once ? (['IN_PROGRESS', 'IDEMPOTENCY_MISMATCH'] as const) : []),
      'API_VERSION',
      'RATE_LIMITED',
      'INTERNAL',
      ...(route.method === 'GET' ? [] : (['STORAGE_FULL'] as const)),
    ]),
  ];
}

function operation(route: Route): Schema {
  return {
    summary: route.summary,
    tags: [groupOf(route)],
    operationId: operationId(route),
    ...(route.access === 'public' ? { security: [] } : { 'x-least-role': route.access }),
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(route.body ? { requestBody: requestBody(route.body) } : {}),
    responses: { ...successes(route), ...failures(route) },
  };
}

/** Routes that stand alone are told with those they belong to. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['template.csv', 'imports'],
  ['mapping-templates', 'imports'],
  ['custom-fields', 'leads'],
  ['tags', 'leads'],
  ['members', 'workspace'],
  ['keys', 'workspace'],
]);

/** The part of the product a route belongs to, in the plural a reader looks for; `server` = what is no data. */
export function groupOf({ path }: Route): string {
  const [, first, second = ''] = path.split('/');
  if (path === '/pair') return 'workspace';
  if (first !== 'api' || second === 'docs' || second === 'openapi.json') return 'server';
  return GROUPS.get(second) ?? second;
}

function operationId(route: Route): string {
  return Object.entries(ROUTES).find(([, known]) => known === route)?.[0] ?? '';
}

/** `/api/lists/:id` as `/api/lists/{id}`. */
function openPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

function pathParameters(route: Route): readonly Schema[] {
  return [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters(route: Route): readonly Schema[] {
  const { properties = {} } = route.query ? (toSchema(route.query.schema, 'input') as { properties?: Record<string, unknown> }) : {}; // queries are objects
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function headerParameters(route: Route): readonly Schema[] {
  const version = { name: API_VERSION_HEADER, in: 'header', required: false, schema: { type: 'string', const: API_VERSION } };
  if (!route.once) return [version];
  return [version, { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 } }];
}

function requestBody(body: Body): Schema {
  if (body.kind === 'json')
    return { required: !body.mayBeEmpty, content: { 'application/json': { schema: toSchema(body.schema, 'input') } } };
  const file = { schema: { type: 'string', format: 'binary' } };
  const form = {
    schema: { type: 'object', required: ['file'], properties: { file: file.schema, options: toSchema(importOptions, 'input') } },
  };
  return {
    required: true,
    content: { ...Object.fromEntries(FILE_TYPES.map((type) => [type, file])), ...(body.multipart ? { 'multipart/form-data': form } : {}) },
  };
}

function successes({ answer }: Route): Schema {
  if (answer.kind === 'json') {
    const content = { 'application/json': { schema: toSchema(answer.schema, 'output') } };
    return Object.fromEntries(
      answer.status.map((status) => [String(status), { description: status === 201 ? 'Something new was stored.' : 'Done.', content }]),
    );
  }
  const type = { csv: 'text/csv', html: 'text/html', text: 'text/plain' }[answer.kind];
  return { '200': { description: 'Done.', content: { [type]: { schema: { type: 'string' } } } } };
}

function failures(route: Route): Schema {
  const codes = errorsOf(route);
  const statuses = [...new Set(codes.map((code) => ERROR_STATUS[code]))].sort();
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  const ofStatus = (status: number) => codes.filter((code) => ERROR_STATUS[code] === status).join(', ');
  return Object.fromEntries(statuses.map((status) => [String(status), { description: ofStatus(status), content }]));
}

function toSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // "readOnly" says in OpenAPI that a value is only answered, not that our code leaves a list alone.
      delete jsonSchema.readOnly;
      // Unknown fields are ignored, not refused.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return rest;
}
