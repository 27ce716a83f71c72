import type { CrmFailure } from '#shared/crm/failure.ts';
import { HIDDEN_KIND } from '#shared/crm/notice.ts';
import type { RecordType } from '#shared/crm/record.ts';

/** A kind of record that the user who connected may not see at all; the message names it. */
export function hiddenKind(type: RecordType): CrmFailure {
  return { kind: 'scope', code: HIDDEN_KIND, message: type };
}

/** Says whether a failure is that. */
export function isHiddenKind({ code }: CrmFailure): boolean {
  return code === HIDDEN_KIND;
}

/** The code of a failure because whoever connected may not use the interface for programs at all, in Salesforce's words. */
export const NO_API = 'API_DISABLED_FOR_ORG';
