import type { RecordType } from './record.ts';

/**
 * What nothing fails for, and a person should know all the same. `opt_out_hidden`: who opted out there cannot be recognised,
 * nor told ours · `email_hidden`: nobody of that kind is found by address · `field_hidden`: it comes in from nobody and goes
 * out to nobody · `opt_out_read_only`: ours cannot be told there · `key_read_only`: our unique field is there and may not be
 * filled in · `conversion_hidden`: which contact a converted lead became is not told · `field_vanished`: a field of the map is
 * there no more, and was left out · `kind_hidden`: no record of that kind may be seen. `field`: as people there call it; ''
 * where it is about a whole kind.
 */
export type CrmNotice = { readonly kind: NoticeKind; readonly type: RecordType; readonly field: string };
export const NOTICE_KINDS = [
  'email_hidden',
  'field_hidden',
  'opt_out_hidden',
  'opt_out_read_only',
  'key_read_only',
  'conversion_hidden',
  'field_vanished',
  'kind_hidden',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
/** The code of a failure because no record of a kind may be seen; its message is the kind. */
export const HIDDEN_KIND = 'kind_hidden';
/** The code of a failure because a field may not be seen without which nothing of a kind is read; its message names it. */
export const HIDDEN_FIELD = 'field_hidden';
/** The code of a failure because nobody of a kind can be found by address, so that none is made; its message is the kind. */
export const HIDDEN_EMAIL = 'email_hidden';
