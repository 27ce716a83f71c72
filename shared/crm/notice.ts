import type { RecordType } from './record.ts';

/**
 * What nothing fails for, and a person should know all the same. `opt_out_hidden`: who opted out there cannot be recognised ·
 * `key_read_only`: our unique field is there and may not be filled in · `conversion_hidden`: which contact a converted lead
 * became is not told. `field`: as people there call it.
 */
export type CrmNotice = { readonly kind: NoticeKind; readonly type: RecordType; readonly field: string };
export const NOTICE_KINDS = ['opt_out_hidden', 'key_read_only', 'conversion_hidden'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
