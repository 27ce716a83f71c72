import type { TextFieldId } from '../lead/fields.ts';

/** The kinds of people a CRM keeps: HubSpot has contacts, Salesforce contacts and leads. */
export const RECORD_TYPES = ['contact', 'lead'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];
export const PROVIDERS = ['hubspot', 'salesforce'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Says whether leads came from a CRM, by what their import calls its source: their rows are records and stand on no line of a file. */
export function isProvider(source: string): source is Provider {
  return PROVIDERS.some((provider) => provider === source);
}

/** Values by the CRM's own field names, as it writes them. An absent one is blank, a present one is never the empty text. */
export type RemoteValues = ReadonlyMap<string, string>;

/** Ways to reach somebody that they can refuse. */
export const OPT_OUT_KINDS = ['email', 'phone'] as const;
export type OptOutKind = (typeof OPT_OUT_KINDS)[number];

/** A record as the CRM answers it. */
export type CrmRecord = {
  readonly type: RecordType;
  readonly id: string;
  readonly values: RemoteValues;
  /** What our unique field holds, where there is one. */
  readonly key?: string;
  /** Ids that were merged into it, where the CRM tells. */
  readonly mergedIds?: readonly string[];
  /** Milliseconds since 1970, by the CRM's clock; both vendors move it for our own writes too. */
  readonly modifiedAt: number;
  readonly createdAt: number;
  /** What the person refused in the CRM; `since` where it is known. */
  readonly optOut: { readonly email: boolean; readonly phone: boolean; readonly since: number | null };
};

/** Where a value lives on a lead. Tags travel as one text, joined with `; `. */
export type LocalField =
  | { readonly kind: 'field'; readonly id: TextFieldId | 'tags' }
  | { readonly kind: 'custom'; readonly label: string };

/** How texts of a field are compared: by what they mean, not how they are written. */
export const VALUE_TYPES = ['text', 'email', 'phone', 'number', 'date', 'dateTime', 'yesNo', 'choice', 'choices'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** Which way a field travels: into Leadline, out to the CRM, both, or not at all. */
export const DIRECTIONS = ['in', 'out', 'both', 'off'] as const;
export type Direction = (typeof DIRECTIONS)[number];
/** Who wins where both sides changed. `manual`: nobody, until a person decides. */
export const CONFLICT_RULES = ['newest', 'crm_unless_blank', 'crm', 'leadline', 'manual'] as const;
export type ConflictRule = (typeof CONFLICT_RULES)[number];

/** A field of a lead and the CRM's field it is kept in step with. `id` is short and unique in its connection; it goes with the two fields, so that other fields have another one. */
export type FieldPair = {
  readonly id: string;
  readonly type: RecordType;
  readonly local: LocalField;
  /** The CRM's name of the field. */
  readonly remote: string;
  /** What people call it there. */
  readonly label: string;
  readonly valueType: ValueType;
  /** Choices as the CRM writes them and as people read them: in Leadline the label is stored. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly direction: Direction;
  readonly rule: ConflictRule;
  /** Why it is switched off by the engine: the field vanished there, became read-only, needs a right, or changes what we write. */
  readonly trouble: 'vanished' | 'read_only' | 'not_allowed' | 'bounces' | null;
};

/** Values of one record by `FieldPair.id`, on either side; absent = blank. */
export type PairValues = ReadonlyMap<string, string>;
