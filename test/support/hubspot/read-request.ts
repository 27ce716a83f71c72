import { badRequest } from './hubspot-errors.ts';

/** A request as routes read it. */
export type HubspotRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Who asks: the app's id, as history tells it. */
  readonly appId: string;
};
export type Answer = { readonly status: number; readonly body: unknown };
type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with no other keys than these; anything else is refused as the vendor's reader does. */
export function readObject(value: unknown, where: string, keys: readonly string[]): JsonObject {
  if (!isObject(value)) throw badRequest(`Invalid input JSON: ${where} must be an object`);
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw badRequest(`Invalid input JSON: Unrecognized field "${unknown}" in ${where}`);
  return value;
}

export function readText(value: unknown, where: string): string {
  if (typeof value !== 'string') throw badRequest(`Invalid input JSON: ${where} must be a string`);
  return value;
}

export function readOptionalText(value: unknown, where: string): string | null {
  return value === undefined ? null : readText(value, where);
}

export function readTexts(value: unknown, where: string): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest(`Invalid input JSON: ${where} must be a list`);
  return value.map((one, index) => readText(one, `${where}[${index}]`));
}

export function readWhole(value: unknown, where: string, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw badRequest(`Invalid input JSON: ${where} must be an integer`);
  return value;
}

/** `inputs` of a batch, at least one and at most `max`. */
export function readInputs(body: unknown, max: number, keys: readonly string[] = []): readonly unknown[] {
  const { inputs } = readObject(body, 'body', ['inputs', ...keys]);
  if (!Array.isArray(inputs)) throw badRequest('Invalid input JSON: Some required fields were not set: [inputs]');
  if (inputs.length === 0) throw badRequest('The inputs of a batch cannot be empty');
  if (inputs.length > max) throw badRequest(`The maximum number of inputs supported in a batch request is ${max}`);
  return inputs;
}

/** `properties` of a write: texts only, also for numbers and booleans. */
export function readProperties(value: unknown, where: string): ReadonlyMap<string, string> {
  if (!isObject(value)) throw badRequest(`Invalid input JSON: Some required fields were not set: [${where}]`);
  return new Map(Object.entries(value).map(([name, one]) => [name, readText(one, `${where}.${name}`)]));
}

/** Repeated keys or one with commas: both ways lists come in a query. */
export function readQueryList(query: URLSearchParams, name: string): readonly string[] {
  return query.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''));
}

export function readLimit(query: URLSearchParams, fallback: number, max: number): number {
  const text = query.get('limit');
  const limit = text === null ? fallback : Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > max) throw badRequest(`limit must be between 1 and ${max}`);
  return limit;
}
