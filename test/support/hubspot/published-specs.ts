import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from './read-request.ts';

type Json = Readonly<Record<string, unknown>>;
type Operation = { readonly file: Json; readonly path: RegExp; readonly method: string; readonly operation: Json };
/** HubSpot's own description of its API, as far as a folder holds it. */
export type PublishedSpecs = {
  /** What is wrong with an answer: [] = nothing, null = the folder says nothing about this request. */
  readonly judgeAnswer: (method: string, path: string, status: number, body: unknown) => readonly string[] | null;
  readonly judgeRequest: (method: string, path: string, body: unknown) => readonly string[] | null;
};

/** Reads every OpenAPI 3.0 file below a folder that has dated paths of `version`. The files are HubSpot's and not for passing on. */
export function readPublishedSpecs(folder: string, version: string): PublishedSpecs {
  const operations = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter(isObject)
    .flatMap((file) => toOperations(file, version));
  const find = (method: string, path: string) =>
    operations
      .filter((one) => one.method === method.toLowerCase() && (one.path.test(path) || one.path.test(path.replace('/deals', '/0-3'))))
      .toSorted((a, b) => holes(a) - holes(b))[0];
  return {
    judgeAnswer: (method, path, status, body) => {
      const found = find(method, path);
      if (!found) return null;
      const answers = object(found.operation.responses);
      const answer = status >= 400 ? null : answers[String(status)];
      if (status < 400 && answer === undefined && answers.default === undefined) return [`${status} is not one of the answers`];
      if (answer === null)
        return judge(found.file, { $ref: '#/components/schemas/Error' }, body, 'body').filter((one) => !MORE_IN_ERRORS.test(one));
      const schema = schemaOf(answer);
      return schema ? judge(found.file, schema, body, 'body') : [];
    },
    judgeRequest: (method, path, body) => {
      const found = find(method, path);
      const schema = schemaOf(found?.operation.requestBody);
      if (!found) return null;
      return schema ? judge(found.file, schema, body, 'request') : [];
    },
  };
}

/** Portals answer more in errors than the files say, and not always what they demand. */
const MORE_IN_ERRORS = /is not described$|body\.(category|correlationId) is missing$/;

const holes = ({ path }: Operation) => path.source.split('[^/]+').length;
const object = (value: unknown): Json => (isObject(value) ? value : {});

function toOperations(file: Json, version: string): readonly Operation[] {
  return Object.entries(object(file.paths))
    .filter(([path]) => path.includes(`/${version}`))
    .flatMap(([path, methods]) =>
      Object.entries(object(methods)).map(([method, operation]) => ({
        file,
        method,
        path: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
        operation: object(operation),
      })),
    );
}

function schemaOf(part: unknown): unknown {
  const [content] = Object.values(object(object(part).content));
  return object(content).schema;
}

/** The part of JSON Schema that these files use. A null value is never wrong: real portals answer it where the files do not say so. */
function judge(file: Json, given: unknown, value: unknown, where: string): readonly string[] {
  const schema = resolve(file, given);
  if (value === null || Object.keys(schema).length === 0) return [];
  if (Array.isArray(schema.oneOf)) {
    const tries = schema.oneOf.map((one) => judge(file, one, value, where));
    return tries.some((problems) => problems.length === 0) ? [] : (tries[0] ?? []);
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return [`${where} is none of ${schema.enum.join(', ')}`];
  if (schema.type === 'array')
    return Array.isArray(value)
      ? value.flatMap((one, index) => judge(file, schema.items, one, `${where}[${index}]`))
      : [`${where} is no list`];
  if (schema.type === 'string') {
    if (typeof value !== 'string') return [`${where} is no text`];
    return schema.format === 'date-time' && Number.isNaN(Date.parse(value)) ? [`${where} is no time`] : [];
  }
  if (schema.type === 'integer') return Number.isInteger(value) ? [] : [`${where} is no whole number`];
  if (schema.type === 'boolean') return typeof value === 'boolean' ? [] : [`${where} is neither true nor false`];
  if (!isObject(value)) return [`${where} is no object`];
  const properties = object(schema.properties);
  const required = Array.isArray(schema.required) ? schema.required : [];
  return [
    ...required.filter((name) => !Object.hasOwn(value, String(name))).map((name) => `${where}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, one]) => {
      const of = properties[name] ?? schema.additionalProperties;
      if (of === undefined && schema.properties !== undefined) return [`${where}.${name} is not described`];
      return of === undefined || of === true ? [] : judge(file, of, one, `${where}.${name}`);
    }),
  ];
}

function resolve(file: Json, given: unknown): Json {
  const schema = object(given);
  if (typeof schema.$ref !== 'string') return schema;
  const target = schema.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => object(at)[name], file);
  return resolve(file, target);
}
