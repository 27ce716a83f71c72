import { existsSync, readFileSync } from 'node:fs';
import type { FieldMask } from './field-mask.ts';

/** Google's own description of an API, as far as it is looked at: https://developers.google.com/discovery/v1/reference/apis */
export type Discovery = {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly resources: Readonly<Record<string, Resource>>;
};
type Resource = { readonly methods?: Readonly<Record<string, Method>>; readonly resources?: Readonly<Record<string, Resource>> };
type Method = {
  readonly id: string;
  readonly httpMethod: string;
  readonly flatPath: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly response: { readonly $ref: string };
  readonly scopes: readonly string[];
};
type Parameter = { readonly enum?: readonly string[] };
type Schema = {
  readonly type?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
};

/** The document named by LEADLINE_SHEETS_DISCOVERY (`sheets-v4.json`, or `sheets.v4.json` of Google's other clients); null without. */
export function readDiscovery(): Discovery | null {
  const path = process.env.LEADLINE_SHEETS_DISCOVERY ?? '';
  return path !== '' && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Discovery) : null; // Google's own document
}

/** The method of a request line (`GET /v4/…?…`); null where Google has none. */
export function methodOf(discovery: Discovery, line: string): Method | null {
  const [verb, address = ''] = line.split(' ');
  const { pathname } = new URL(address, 'http://google.test');
  const methods = Object.values(discovery.resources).flatMap(methodsOf);
  return methods.find(({ httpMethod, flatPath }) => httpMethod === verb && patternOf(flatPath).test(pathname)) ?? null;
}

function methodsOf({ methods = {}, resources = {} }: Resource): readonly Method[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

function patternOf(flatPath: string): RegExp {
  const parts = flatPath.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^/${parts.join('[^/:]+')}$`);
}

/** What in a request Google does not know: a parameter, a value of one, a field of the mask. */
export function oddParts(discovery: Discovery, method: Method, line: string, mask: FieldMask | null): readonly string[] {
  const { searchParams } = new URL(line.split(' ')[1] ?? '', 'http://google.test');
  const known = new Map(Object.entries({ ...discovery.parameters, ...method.parameters }));
  const odd = [...searchParams].flatMap(([name, value]) => {
    const parameter = known.get(name);
    if (!parameter) return [`no parameter ${name}`];
    return parameter.enum && !parameter.enum.includes(value) ? [`${name} is never ${value}`] : [];
  });
  return [...odd, ...(mask ? oddFields(discovery, method.response, mask) : [])];
}

function oddFields(discovery: Discovery, schema: Schema, mask: FieldMask): readonly string[] {
  const { properties = {}, items } = resolved(discovery, schema);
  if (items) return oddFields(discovery, items, mask);
  return [...mask].flatMap(([name, below]) => {
    const inner = properties[name];
    if (!inner) return [`no field ${name}`];
    return below === 'all' ? [] : oddFields(discovery, inner, below);
  });
}

/** Where a value is not as the schema has it; a field the schema does not name is wrong, too. */
export function faultsOf(discovery: Discovery, schema: Schema, value: unknown, at = '$'): readonly string[] {
  const { type, properties = {}, items, enum: allowed } = resolved(discovery, schema);
  if (type === 'any') return [];
  if (type === 'array') {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((item, index) => (items ? faultsOf(discovery, items, item, `${at}[${index}]`) : []));
  }
  if (type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
    return Object.entries(value).flatMap(([name, inner]) => {
      const part = properties[name];
      return part ? faultsOf(discovery, part, inner, `${at}.${name}`) : [`${at}.${name} is not Google’s`];
    });
  }
  if (type === 'integer') return Number.isInteger(value) ? [] : [`${at} is no integer`];
  const given: string = typeof value;
  if (given !== type) return [`${at} is no ${type}`];
  return allowed && !allowed.includes(String(value)) ? [`${at} is never ${value}`] : [];
}

function resolved(discovery: Discovery, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (discovery.schemas[schema.$ref] ?? {});
}
