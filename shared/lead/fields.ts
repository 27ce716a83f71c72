/** The field table everything reads: what a lead can hold, in the order people expect it. */

export type FieldKind = 'name' | 'email' | 'phone' | 'text' | 'profile' | 'notes' | 'owner' | 'tags';

type FieldRow = {
  readonly label: string;
  readonly kind: FieldKind;
  /** Needed under the policy `complete`. */
  readonly required: boolean;
  /** A value for the template file; all people are invented. */
  readonly example: string;
};

export const FIELDS = {
  firstName: { label: 'First name', kind: 'name', required: true, example: 'Ann' },
  lastName: { label: 'Last name', kind: 'name', required: true, example: 'Lee' },
  email: { label: 'Email', kind: 'email', required: true, example: 'ann.lee@example.com' },
  phone: { label: 'Phone', kind: 'phone', required: true, example: '+12025550123' },
  altPhone1: { label: 'Alternate phone 1', kind: 'phone', required: false, example: '+442079460018' },
  altPhone2: { label: 'Alternate phone 2', kind: 'phone', required: false, example: '' },
  altPhone3: { label: 'Alternate phone 3', kind: 'phone', required: false, example: '' },
  altEmail1: { label: 'Alternate email 1', kind: 'email', required: false, example: 'ann@example.org' },
  altEmail2: { label: 'Alternate email 2', kind: 'email', required: false, example: '' },
  altEmail3: { label: 'Alternate email 3', kind: 'email', required: false, example: '' },
  companyName: { label: 'Company', kind: 'text', required: false, example: 'Fernhill' },
  jobTitle: { label: 'Job title', kind: 'text', required: false, example: 'Head of Sales' },
  linkedinUrl: { label: 'LinkedIn', kind: 'profile', required: false, example: 'https://www.linkedin.com/in/ann-lee-example' },
  notes: { label: 'Notes', kind: 'notes', required: false, example: 'Met at the spring fair' },
  ownerEmail: { label: 'Owner email', kind: 'owner', required: false, example: '' },
  tags: { label: 'Tags', kind: 'tags', required: false, example: 'fair; spring' },
} as const satisfies Record<string, FieldRow>;

export type FieldId = keyof typeof FIELDS;
/** Every field but `tags`, which is a list. */
export type TextFieldId = Exclude<FieldId, 'tags'>;

/** Field ids in table order. */
export const FIELD_IDS = Object.keys(FIELDS) as readonly FieldId[]; // the table is a literal: its keys are exactly FieldId
export const TEXT_FIELD_IDS = FIELD_IDS.filter((id): id is TextFieldId => id !== 'tags');
export const PHONE_FIELDS = ['phone', 'altPhone1', 'altPhone2', 'altPhone3'] as const satisfies readonly TextFieldId[];
export const EMAIL_FIELDS = ['email', 'altEmail1', 'altEmail2', 'altEmail3'] as const satisfies readonly TextFieldId[];

/** Says whether a text from outside names a field. */
export function isFieldId(text: string): text is FieldId {
  return Object.hasOwn(FIELDS, text);
}
