import { ok } from '#shared/result.ts';
import type { OpenSession } from '../access/token-broker.ts';
import type { CrmKind } from '../crm-kind.ts';
import { SALESFORCE_FIELDS } from './fields.ts';
import { tellHiddenKinds } from './hidden-kinds.ts';
import { recordPath, salesforceCrm } from './salesforce-crm.ts';
import { readInstance, salesforceOAuth, TESTED_VERSION } from './salesforce-oauth.ts';

/** Salesforce: leads, contacts, campaigns and opportunities. */
export const salesforceKind: CrmKind = {
  provider: 'salesforce',
  oauth: salesforceOAuth,
  scopeKinds: ['all', 'view', 'campaign'],
  knownFields: (type) => SALESFORCE_FIELDS[type],
  open: ({ connection, session, vendor, now, sleep, random, listener }) => {
    const openSession = withinSalesforce(session, vendor.apiUrl);
    const apiVersion = connection.apiVersion ?? TESTED_VERSION.toFixed(1);
    return tellHiddenKinds(salesforceCrm({ apiVersion, openSession, now, sleep, random, listener }));
  },
  // The org's own host is the name of its account.
  recordUrl: ({ account }, type, id) => (account.name.includes('.') ? `https://${account.name}${recordPath(type, id)}` : null),
};

/** Each new token names the org's address, which may have moved: it is believed where Salesforce has orgs, and nowhere else. */
function withinSalesforce(open: OpenSession, apiUrl: string | null): OpenSession {
  return async (...asked) => {
    const session = await open(...asked);
    if (!session.ok || session.value.instanceUrl === null) return session;
    return ok({ ...session.value, instanceUrl: readInstance(session.value.instanceUrl, apiUrl) });
  };
}
