import type { CrmFailure } from '#shared/crm/failure.ts';

/** An answer came whose form is none that the CRM says it has. */
export const NOT_AN_ANSWER: CrmFailure = { kind: 'bug', code: 'NOT_AN_ANSWER', message: '' };
