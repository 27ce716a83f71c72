import type { CrmKind } from '../crm-kind.ts';
import { SALESFORCE_FIELDS } from './fields.ts';
import { recordPath, salesforceCrm } from './salesforce-crm.ts';
import { salesforceOAuth, TESTED_VERSION } from './salesforce-oauth.ts';

/** Salesforce: leads, contacts, campaigns and opportunities. */
export const salesforceKind: CrmKind = {
  provider: 'salesforce',
  oauth: salesforceOAuth,
  scopeKinds: ['all', 'view', 'campaign'],
  knownFields: (type) => SALESFORCE_FIELDS[type],
  open: ({ connection, session, now, sleep, random }) =>
    salesforceCrm({ apiVersion: connection.apiVersion ?? TESTED_VERSION.toFixed(1), openSession: session, now, sleep, random }),
  // The org's own host is the name of its account.
  recordUrl: ({ account }, type, id) => (account.name.includes('.') ? `https://${account.name}${recordPath(type, id)}` : null),
};
