import { FIELDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { freeLabel } from '#shared/lead/lead-draft.ts';
import { type Problem, problem } from '#shared/problems.ts';
import type { MemberRecord } from './records.ts';

export type OwnerCheck = (lead: Lead) => { readonly lead: Lead; readonly problem: Problem | null };

/**
 * An owner is a member of the workspace. Anybody else's address is a warning: the lead stays unassigned and the text is
 * kept as the custom field "Owner email (original)".
 */
export function ownerCheck(members: readonly Pick<MemberRecord, 'email'>[]): OwnerCheck {
  const emails = new Set(members.map((member) => member.email));
  return (lead) => {
    const owner = lead.ownerEmail;
    if (owner === undefined || emails.has(owner)) return { lead, problem: null };
    const { ownerEmail: _, customFields = [], ...rest } = lead;
    const label = freeLabel(`${FIELDS.ownerEmail.label} (original)`, (taken) => customFields.some((custom) => custom.label === taken));
    const kept = { ...rest, customFields: [...customFields, { label, value: owner }] };
    return { lead: kept, problem: problem('owner_unknown', { field: 'ownerEmail', text: owner }) };
  };
}
