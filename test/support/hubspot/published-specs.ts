import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from '../crm-recorder.ts';
import { isObject } from './read-request.ts';

type Json = Readonly<Record<string, unknown>>;
type Operation = { readonly file: Json; readonly path: RegExp; readonly holes: number; readonly method: string; readonly operation: Json };
/** HubSpot's own description of its API. What is wrong with a request and its answer; an address that is not described is wrong. */
export type PublishedSpecs = { readonly judge: (exchange: Exchange) => readonly string[] };

/**
 * The OpenAPI 3.0 files with dated paths of `version` below the folder that LEADLINE_HUBSPOT_SPECS names; null without. They
 * are in HubSpot's public repository of specifications, and not for passing on.
 */
export function readPublishedSpecs(version: string): PublishedSpecs | null {
  const folder = process.env.LEADLINE_HUBSPOT_SPECS;
  if (!folder) return null;
  const operations = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter(isObject)
    .flatMap((file) => toOperations(file, version))
    .toSorted((a, b) => a.holes - b.holes);
  return {
    judge: (exchange) => {
      const found = operations.find(({ method, path }) => method === exchange.method && path.test(exchange.path));
      return found ? [...judgeQuery(found, exchange), ...judgeSent(found, exchange), ...judgeAnswer(found, exchange)] : ['no such address'];
    },
  };
}

const object = (value: unknown): Json => (isObject(value) ? value : {});

function toOperations(file: Json, version: string): readonly Operation[] {
  return Object.entries(object(file.paths))
    .filter(([path]) => path.includes(`/${version}`))
    .flatMap(([path, methods]) =>
      Object.entries(object(methods)).map(([method, operation]) => ({
        file,
        method: method.toUpperCase(),
        holes: path.split('{').length,
        path: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
        operation: object(operation),
      })),
    );
}

const QUERY_TYPES: ReadonlyMap<unknown, RegExp> = new Map([
  ['integer', /^\d+$/],
  ['boolean', /^(true|false)$/],
]);

function judgeQuery({ operation }: Operation, { query }: Exchange): readonly string[] {
  const given = Array.isArray(operation.parameters) ? operation.parameters.filter(isObject) : [];
  const known = new Map(given.filter((one) => one.in === 'query').map((one) => [one.name, object(one.schema)]));
  return [...query].flatMap(([name, value]) => {
    const schema = known.get(name);
    if (!schema) return [`no parameter ${name}`];
    return (QUERY_TYPES.get(schema.type) ?? /^/).test(value) ? [] : [`${name} is no ${schema.type}`];
  });
}

const FORM = 'application/x-www-form-urlencoded';

function judgeSent({ file, operation }: Operation, { contentType, sent }: Exchange): readonly string[] {
  const type = contentType?.split(';')[0] ?? '';
  const content = object(object(operation.requestBody).content);
  if (Object.keys(content).length === 0) return sent === null ? [] : ['a body where none is described'];
  if (!Object.hasOwn(content, type)) return [`a body of ${type}`];
  const body = type === FORM ? Object.fromEntries(new URLSearchParams(String(sent))) : sent;
  return judge(file, object(content[type]).schema, body, 'request').filter((one) => !TOO_MUCH_ASKED.test(one));
}

/** Search works without these, whatever the files say. */
const TOO_MUCH_ASKED = /^request\.(after|filterGroups|limit|properties|sorts) is missing$/;
/** Portals answer more in errors than the files say, and not always what they demand. */
const MORE_IN_ERRORS = /is not described$|body\.(category|correlationId) is missing$/;

function judgeAnswer({ file, operation }: Operation, { status, answer }: Exchange): readonly string[] {
  const answers = object(operation.responses);
  const described = answers[String(status)];
  if (status >= 400) {
    if (typeof answer === 'string') return status >= 500 || status === 414 ? [] : [`${status} is answered with a page`];
    return judge(file, { $ref: '#/components/schemas/Error' }, answer, 'body').filter((one) => !MORE_IN_ERRORS.test(one));
  }
  const succeeds = Object.keys(answers).some((one) => one !== 'default');
  if (described === undefined) return succeeds || answer !== null ? [`${status} is not one of the answers`] : [];
  const [content] = Object.values(object(object(described).content));
  if (content === undefined) return answer === null ? [] : ['an answer where none is described'];
  return judge(file, object(content).schema, answer, 'body');
}

/** Where real portals answer null although the files do not say so: values that are blank, and labels nobody gave. */
const NULLABLE = /\.properties\.[^.]+$|\.label$/;

/** The part of JSON Schema that these files use. */
function judge(file: Json, given: unknown, value: unknown, where: string): readonly string[] {
  const schema = resolve(file, given);
  if (Object.keys(schema).length === 0) return [];
  if (value === null) return NULLABLE.test(where) ? [] : [`${where} is null`];
  if (Array.isArray(schema.oneOf)) {
    const tries = schema.oneOf.map((one) => judge(file, one, value, where));
    return tries.toSorted((a, b) => a.length - b.length)[0] ?? [];
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return [`${where} is none of ${schema.enum.join(', ')}`];
  if (schema.type === 'array')
    return Array.isArray(value)
      ? value.flatMap((one, index) => judge(file, schema.items, one, `${where}[${index}]`))
      : [`${where} is no list`];
  if (schema.type === 'string') {
    if (typeof value !== 'string') return [`${where} is no text`];
    return schema.format === 'date-time' && !TIME.test(value) ? [`${where} is no time`] : [];
  }
  if (schema.type === 'integer') return Number.isInteger(value) ? [] : [`${where} is no whole number`];
  if (schema.type === 'number') return typeof value === 'number' ? [] : [`${where} is no number`];
  if (schema.type === 'boolean') return typeof value === 'boolean' ? [] : [`${where} is neither true nor false`];
  if (!isObject(value)) return [`${where} is no object`];
  const properties = object(schema.properties);
  const required = Array.isArray(schema.required) ? schema.required : [];
  return [
    ...required.filter((name) => !Object.hasOwn(value, String(name))).map((name) => `${where}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, one]) => {
      const of = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
      if (of === undefined && schema.properties !== undefined) return [`${where}.${name} is not described`];
      return of === undefined || of === true ? [] : judge(file, of, one, `${where}.${name}`);
    }),
  ];
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function resolve(file: Json, given: unknown): Json {
  const schema = object(given);
  if (typeof schema.$ref !== 'string') return schema;
  const target = schema.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => object(at)[name], file);
  return resolve(file, target);
}
