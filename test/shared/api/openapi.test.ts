import { describe, expect, test } from 'vitest';
import { ROUTES } from '#shared/api/contract.ts';
import { openapiDocument } from '#shared/api/openapi.ts';

type Operation = {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: object };
  readonly responses: object;
};
const document = openapiDocument('http://localhost:8787', '1.2.3') as unknown as {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

describe('the OpenAPI document', () => {
  test('is of version 3.1 and names the server it came from', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toEqual([{ url: 'http://localhost:8787' }]);
  });
  test('lists every route, and nothing else', () => {
    const told = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const known = Object.values(ROUTES).map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    expect(told.sort()).toEqual(known.sort());
  });
  test.each(Object.entries(ROUTES))('tells of %s its parts, body, answers and errors', (id, route) => {
    const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
    expect(operation?.operationId).toBe(id);
    const parts = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    expect(operation?.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(parts);
    expect(operation?.requestBody !== undefined).toBe('body' in route);
    expect(operation?.security !== undefined).toBe(route.access === 'public');
    expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(['403', '426', '429', '500']));
  });
  test('calls nothing read-only, and every reference leads somewhere', () => {
    const text = JSON.stringify(document);
    // A field of the workspace has that name; as a word of the schema language its value is true or false.
    expect(text).not.toMatch(/"readOnly":(?:true|false)/);
    expect(new Set(text.match(/"\$ref":"[^"]*"/g))).toEqual(new Set(['"$ref":"#/components/schemas/Error"']));
  });
});
