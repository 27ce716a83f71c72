import type { CrmMatch } from '#shared/crm/failure.ts';
import type { Provider, RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import type { OAuthProvider } from './access/oauth-provider.ts';
import type { OpenSession } from './access/token-broker.ts';
import type { Crm } from './adapter.ts';
import type { CallListener } from './call-meter.ts';
import type { KnownFields } from './default-pairs.ts';

/** The operator's app at a CRM; addresses other than the vendor's are of this machine. */
export type Vendor = {
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  readonly apiUrl: string | null;
  readonly authUrl: string | null;
  /** Another app for those who sign in at a sandbox, where a CRM has such. */
  readonly sandbox?: { readonly clientId: string | null; readonly clientSecret: string | null };
};
/** All that the rest of the server knows of one CRM. */
export type CrmKind = {
  readonly provider: Provider;
  readonly oauth: (vendor: Vendor) => OAuthProvider;
  /** What its records can be narrowed to. */
  readonly scopeKinds: readonly CrmScope['kind'][];
  /** Opens an account; connections to the same account share its limits. */
  readonly open: (input: CrmToOpen) => Crm;
  readonly knownFields: (type: RecordType) => KnownFields;
  /** Where people see a record in the CRM; null where that is not known. */
  readonly recordUrl: (connection: ConnectionRecord, type: CrmMatch['type'], id: string) => string | null;
};
export type CrmToOpen = {
  readonly connection: ConnectionRecord;
  readonly session: OpenSession;
  readonly vendor: Vendor;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly listener: CallListener;
};
