import type { Provider } from '#shared/crm/record.ts';
import type { Backend } from '../leads/backend.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import type { OAuthProvider } from './access/oauth-provider.ts';
import { createRefusedSignIns, type RefusedSignIns } from './access/refused-sign-ins.ts';
import { createTokenBroker, type TokenBroker } from './access/token-broker.ts';
import type { TokenVault } from './access/token-vault.ts';
import type { Crm } from './adapter.ts';
import { type CallMeter, createCallMeter } from './call-meter.ts';
import type { CrmKind, Vendor } from './crm-kind.ts';
import { CRM_KINDS } from './index.ts';
import { createRecordShelf, type RecordShelf } from './record-shelf.ts';

/** What connections are made and kept open with. One for the whole process: its broker knows every refresh under way. */
export type CrmParts = {
  readonly vault: TokenVault;
  readonly broker: TokenBroker;
  readonly providers: ReadonlyMap<Provider, OAuthProvider>;
  readonly kinds: ReadonlyMap<Provider, CrmKind>;
  /** A connection as a CRM to work with. */
  readonly open: (connection: ConnectionRecord) => Crm;
  /** Of all calls, whatever they are made for. */
  readonly meter: CallMeter;
  readonly shelf: RecordShelf;
  readonly refusedSignIns: RefusedSignIns;
  /** Who this process is, for leases. */
  readonly owner: string;
};

/** The CRMs of this server, with its operator's apps. */
export function createCrmParts(
  { store, now, randomBytes }: Pick<Backend, 'store' | 'now' | 'randomBytes'>,
  vault: TokenVault,
  vendors: Readonly<Record<Provider, Vendor>>,
): CrmParts {
  const kinds = new Map(CRM_KINDS.map((kind) => [kind.provider, kind]));
  const providers = new Map(CRM_KINDS.map(({ provider, oauth }) => [provider, oauth(vendors[provider])]));
  const meter = createCallMeter({ store, now });
  const called = (of: Parameters<CallMeter['listen']>[0]) => meter.listen(of).called();
  const broker = createTokenBroker({ store, vault, providers, now, called });
  // A CRM remembers what its fields are and how much of the day is used: one value for each connection as it is now.
  const opened = new Map<number, { readonly as: string; readonly crm: Crm }>();
  const open = (connection: ConnectionRecord): Crm => {
    const as = JSON.stringify([connection.account.id, connection.apiVersion, connection.auth]);
    const known = opened.get(connection.number);
    if (known?.as === as) return known.crm;
    const kind = kinds.get(connection.provider);
    if (!kind) throw new Error('a connection is of a CRM that is known');
    const session = broker.sessionOf(connection.workspace, connection.number);
    const vendor = vendors[connection.provider];
    const crm = kind.open({ connection, session, vendor, now, sleep, random: Math.random, listener: meter.listen(connection) });
    opened.set(connection.number, { as, crm });
    return crm;
  };
  const owner = Buffer.from(randomBytes(8)).toString('hex');
  return { vault, providers, kinds, broker, open, meter, shelf: createRecordShelf(now), refusedSignIns: createRefusedSignIns(now), owner };
}

/** Rights that a sign-in at a CRM asks for. */
export function askedScopes({ providers }: Pick<CrmParts, 'providers'>, provider: Provider): readonly string[] {
  const scopes = providers.get(provider)?.scopes;
  return scopes ? [...scopes.needed, ...scopes.optional] : [];
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
