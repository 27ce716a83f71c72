import type { CrmKind } from './crm-kind.ts';
import { hubspotKind } from './hubspot/hubspot-kind.ts';
import { salesforceKind } from './salesforce/salesforce-kind.ts';

/** The CRMs there are: one folder and one line each. */
export const CRM_KINDS: readonly CrmKind[] = [hubspotKind, salesforceKind];
