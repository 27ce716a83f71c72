import type { Route } from '#shared/api/route.ts';

type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
};
type Operation = {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }>>;
};

/** The shapes of a route in a few lines each, read from the OpenAPI document: `?` marks what may be absent. */
export function shapeText(
  route: Route,
  document: object,
): { readonly query: string | null; readonly body: string | null; readonly answer: string; readonly statuses: string } {
  // The document was made by openapiDocument from the same table: the operation is there, in this shape.
  const { paths } = document as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
  const operation = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
  const query = operation?.parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) => `${name}: ${shape(schema, '')}`);
  const statuses = route.answer.kind === 'json' ? route.answer.status : [200];
  return {
    query: query && query.length > 0 ? query.join('\n') : null,
    body: operation?.requestBody ? contentText(operation.requestBody.content) : null,
    answer: contentText(operation?.responses[String(statuses[0])]?.content ?? {}),
    statuses: statuses.join(', '),
  };
}

function contentText(content: Readonly<Record<string, { readonly schema: Schema }>>): string {
  const json = content['application/json'];
  if (json) return shape(json.schema, '');
  const form = content['multipart/form-data'];
  return `${Object.keys(content).join('\n')}${form ? `\n${shape(form.schema, '')}` : ''}`;
}

function shape(schema: Schema, indent: string): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => shape(one, indent)))].join(' | ');
  if (schema.type === 'array') return schema.items ? `[${shape(schema.items, indent)}]` : '[]';
  if (schema.properties) return members(schema, indent);
  if (schema.additionalProperties) return `{label: ${shape(schema.additionalProperties, indent)}}`;
  return schema.type ?? 'any';
}

function members(schema: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(schema.properties ?? {}).map(
    ([name, value]) => `${inner}${name}${schema.required?.includes(name) ? '' : '?'}: ${shape(value, inner)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}
