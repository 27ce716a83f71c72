import type { Problem } from '../problems.ts';
import type { TextFieldId } from './fields.ts';

export type CustomFieldType = 'text' | 'number' | 'date' | 'yesNo' | 'choice';
export const CUSTOM_FIELD_TYPES = ['text', 'number', 'date', 'yesNo', 'choice'] as const satisfies readonly CustomFieldType[];

/** A custom field is a pair in an ordered list, never an object key. `type` is text where absent. */
export type CustomValue = { readonly label: string; readonly value: string; readonly type?: CustomFieldType };

/** A lead as it is stored and as it travels: an absent field is blank, a present one is never the empty string. */
export type Lead = { readonly [K in TextFieldId]?: string } & {
  readonly tags?: readonly string[];
  readonly customFields?: readonly CustomValue[];
};

/** A lead before checking: texts as read; `fullName` is split where first or last name is missing. */
export type RawLead = { readonly [K in TextFieldId | 'fullName']?: string } & {
  /** The country its row names, ISO 3166-1 alpha-2: its phones without a country code are read there, not in the default one. */
  readonly country?: string;
  readonly tags?: string | readonly string[];
  readonly customFields?: readonly CustomValue[];
};

/** `complete`: the four required fields · `reachable`: a name and one way to reach the person · `any`: an email, a phone or a name. */
export type RequirePolicy = 'complete' | 'reachable' | 'any';
export const REQUIRE_POLICIES = ['complete', 'reachable', 'any'] as const satisfies readonly RequirePolicy[];

export type CheckPolicy = {
  readonly require: RequirePolicy;
  /** ISO 3166-1 alpha-2, upper case: how phones without + or 00 are read. */
  readonly defaultCountry: string;
  /** Doubtful phones are errors. */
  readonly strictPhones?: boolean;
};

/** What checking gives: the cleaned lead and every finding. A row with an error among them is rejected. */
export type CheckedLead = { readonly lead: Lead; readonly problems: readonly Problem[] };

/** The same person, by any of these: every email, the E.164 phone, the LinkedIn profile. */
export type LeadKey = { readonly kind: 'email' | 'phone' | 'linkedin'; readonly value: string };
