import { FIELDS } from '../lead/fields.ts';

/** What checking puts behind a field's label for a text the field cannot hold, and for a phone's extension. */
const SET_ASIDE = /^(.+) (?:\(original\)|extension)(?: #\d+)?$/;
const LABELS: ReadonlySet<string> = new Set(['Full name', ...Object.values(FIELDS).map((field) => field.label)]);

/**
 * Says whether a header is one that checking itself made ("Phone (original)", "Phone extension"). In an export that is
 * read again such a column is a custom field, whatever its values look like: they were set aside for not being one.
 */
export function isSetAside(header: string): boolean {
  const label = SET_ASIDE.exec(header)?.[1];
  return label !== undefined && LABELS.has(label);
}
