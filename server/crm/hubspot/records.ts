import type { CrmRecord } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult } from '../adapter.ts';
import { ADDITIONAL_EMAILS, KEY_PROPERTY, MERGED_PROPERTY, MODIFIED_PROPERTY, OPT_OUT_PROPERTY, propertyOf } from './fields.ts';
import type { Portal } from './transport.ts';

/** A record as the objects API answers it. Values are texts, and null where they are blank, whatever the SDK's types say. */
export type ObjectAnswer = {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly objectWriteTraceId?: string | undefined;
};

/** Reads contacts of a portal. `isKnown`: whether a property is there, asked of HubSpot anew. */
export type ContactReader = { readonly portal: Portal; readonly isKnown: (property: string) => Promise<CrmResult<boolean>> };

/**
 * Contacts with the fields asked for. HubSpot answers null for a blank and leaves out what it does not know: a property that
 * vanished must not be taken for one that somebody cleared.
 */
export async function toRecords(
  reader: ContactReader,
  objects: readonly ObjectAnswer[],
  fields: readonly string[],
): Promise<CrmResult<readonly CrmRecord[]>> {
  const [first] = objects;
  const missing: string[] = [];
  for (const field of first === undefined ? [] : fields) {
    if (Object.hasOwn(first?.properties ?? {}, propertyOf(field))) continue;
    const known = await reader.isKnown(propertyOf(field));
    if (!known.ok) return known;
    if (!known.value) missing.push(field);
  }
  const [vanished] = missing;
  if (vanished !== undefined)
    return fail({ kind: 'schema_drift', code: 'PROPERTY_DOESNT_EXIST', message: '', field: vanished, fields: missing });
  return ok(objects.map((object) => toRecord(object, fields)));
}

/** A contact with the fields asked for; blanks are absent. */
export function toRecord(object: ObjectAnswer, fields: readonly string[]): CrmRecord {
  const { id, properties, createdAt, updatedAt } = object;
  const values = fields.flatMap((name): readonly (readonly [string, string])[] => {
    const value = textOf(properties, name);
    return value === '' ? [] : [[name, value]];
  });
  const key = properties[KEY_PROPERTY];
  const mergedIds = (properties[MERGED_PROPERTY] ?? '').split(';').filter((merged) => merged !== '');
  const modifiedAt = Date.parse(properties[MODIFIED_PROPERTY] ?? '');
  return {
    type: 'contact',
    id,
    values: new Map(values),
    ...(key ? { key } : {}),
    ...(mergedIds.length > 0 ? { mergedIds } : {}),
    modifiedAt: Number.isNaN(modifiedAt) ? updatedAt.getTime() : modifiedAt,
    createdAt: createdAt.getTime(),
    optOut: { email: properties[OPT_OUT_PROPERTY] === 'true', phone: false, since: null },
  };
}

/** The text of a field; the n-th of the additional addresses is one of its own. */
function textOf(properties: ObjectAnswer['properties'], name: string): string {
  if (!name.startsWith(`${ADDITIONAL_EMAILS}.`)) return properties[name] ?? '';
  const place = Number(name.slice(ADDITIONAL_EMAILS.length + 1));
  return additionalEmails(properties)[place - 1] ?? '';
}

export function additionalEmails(properties: ObjectAnswer['properties']): readonly string[] {
  return (properties[ADDITIONAL_EMAILS] ?? '')
    .split(';')
    .map((email) => email.trim())
    .filter((email) => email !== '');
}

/** Reads part after part and joins the answers; the first failure ends it. */
export async function readParts<T, U>(
  parts: readonly T[],
  read: (part: T) => Promise<CrmResult<readonly U[]>>,
): Promise<CrmResult<readonly U[]>> {
  const all: U[] = [];
  for (const part of parts) {
    const answer = await read(part);
    if (!answer.ok) return answer;
    all.push(...answer.value);
  }
  return { ok: true, value: all };
}
