import { isLive, isShared, type Org, type OrgObject, type OrgValue, recordsOf, seenObject } from './org.ts';
import type { ObjectName } from './org-fields.ts';

/** List views are no records of ours: they are told as rows of their object, those of objects that are seen. */
export function rowsOf(org: Org, object: ObjectName): Iterable<OrgObject> {
  if (object !== 'ListView') return [...recordsOf(org, object).values()].filter((record) => isShared(org, record));
  return org.views
    .filter((view) => seenObject(org, view.object))
    .map(({ id, label, object: of, isSoqlCompatible = true }) => {
      const values = { Id: id, Name: label, DeveloperName: label.replace(/\W/g, '_'), SobjectType: of, IsSoqlCompatible: isSoqlCompatible };
      return { object, id, values: new Map<string, OrgValue>(Object.entries(values)), stamps: [] };
    });
}

/** What Salesforce counts: the members of a campaign; null of everything else. */
export function countedOf(org: Org, { object, id }: OrgObject, field: string): number | null {
  const counts = object === 'Campaign' ? MEMBER_OF[field] : undefined;
  if (!counts) return null;
  const members = [...recordsOf(org, 'CampaignMember').values()].filter(isLive);
  return members.filter(({ values }) => values.get('CampaignId') === id && (values.get(counts) ?? null) !== null).length;
}
const MEMBER_OF: Readonly<Record<string, string>> = { NumberOfLeads: 'LeadId', NumberOfContacts: 'ContactId' };
