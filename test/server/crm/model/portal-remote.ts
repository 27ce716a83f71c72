import type { Crm } from '../../../../server/crm/adapter.ts';
import type { CrmToOpen } from '../../../../server/crm/crm-kind.ts';
import { hubspotKind } from '../../../../server/crm/hubspot/hubspot-kind.ts';
import { ok } from '../../../../shared/result.ts';
import type { PortalObject } from '../../../support/hubspot/portal.ts';
import { makeHubspot } from '../../../support/hubspot/start-hubspot.ts';
import { NOBODY } from '../../../support/nobody-counts.ts';
import { serveInProcess } from '../../../support/without-sockets.ts';
import { createPortalWire } from './portal-wire.ts';
import { createBook, type Shown } from './record-book.ts';
import type { Remote } from './remote.ts';
import { createSeen } from './remote-records.ts';
import { renamedCrm } from './renamed-crm.ts';
import { FEW } from './settings.ts';
import type { OpenRemote } from './world.ts';

const NAMES = [
  ['firstName', 'firstname'],
  ['jobTitle', 'jobtitle'],
  ['email', 'email'],
  ['role', 'city'],
] as const;
const THEIRS: ReadonlyMap<string, string> = new Map(NAMES);

/** The loopback HubSpot, spoken with by the real adapter. */
export const openPortalRemote: OpenRemote = (story, ledger) => {
  const { now, wait } = ledger;
  const seen = createSeen();
  seen.shouts = story.shouts;
  const hubspot = makeHubspot({ now, habits: { indexLagMs: () => seen.lagMs, pageSize: 2, restoringChanges: true } });
  const { portal, people, oauth } = hubspot;
  const contacts = () => portal.objects.get('contacts') ?? new Map<string, PortalObject>();
  const read = (): readonly Shown[] => [
    ...[...contacts().values()].map(toShown),
    ...[...portal.aliases].map(([id, wentInto]): Shown => ({ ...MERGED, id, wentInto })),
  ];
  const few = people.createList(FEW.name);
  const book = createBook(read, now, ({ id }) => void people.addToList(few, id));
  const served = serveInProcess(createPortalWire({ hubspot, book, seen }));

  const accessToken = oauth.serviceKey();
  const open = (): Crm =>
    hubspotKind.open({
      connection: { account: { id: 'fernhill', name: 'Fernhill' } } as CrmToOpen['connection'], // all that is read of it
      session: async () => ok({ accessToken, instanceUrl: null }),
      vendor: { clientId: null, clientSecret: null, apiUrl: served.url, authUrl: served.url },
      now: () => now(), // another for each process: connections that share a clock share limits, too
      sleep: async (ms) => wait(ms),
      random: () => 0.5,
      listener: NOBODY,
    });
  let adapter = open();
  let left: number | null = null;
  const restart = () => {
    adapter = open();
  };
  const somebody = <T>(act: () => T): T => {
    const result = act();
    book.look(false);
    return result;
  };
  const recordOf = (id: string) => {
    const record = book.records.get(id);
    if (!record) throw new Error(`there is no ${id}`);
    return record;
  };

  const remote: Remote = {
    crm: renamedCrm(() => adapter, { names: NAMES, few: { kind: 'list', id: few, name: FEW.name }, always: { lead: [], contact: [] } }),
    records: book.records,
    seen,
    callsOfOne: 8,
    live: book.live,
    isIn:
      ({ kind }) =>
      ({ id }) =>
        kind === 'all' || portal.lists.get(few)?.members.has(id) === true,
    holderOf: book.holderOf,
    survivorOf: book.survivorOf,
    restart,
    leave: (calls) => {
      hubspot.limits.leave(calls);
      if (calls !== left) restart();
      left = calls;
    },
    end: served.end,
    user: {
      add: (values) => {
        const fields = Object.fromEntries([...values].map(([field, value]) => [THEIRS.get(field) ?? field, value]));
        return recordOf(somebody(() => people.createContact(fields)));
      },
      edit: ({ id }, field, value) => somebody(() => people.editContact(id, { [THEIRS.get(field) ?? field]: value })),
      archive: ({ id }) => somebody(() => people.archiveContact(id)),
      purge: ({ id }) => somebody(() => people.purgeContact(id)),
      restore: ({ id }) => somebody(() => people.restoreContact(id)),
      // An account's app sees all of it.
      hide: () => undefined,
      share: () => undefined,
      optOut: ({ id }) => somebody(() => people.editContact(id, { hs_email_optout: 'true' })),
      merge: (first, second) => void somebody(() => people.mergeContacts(first.id, second.id)),
      convert: () => undefined, // there is one kind of people
    },
  };
  return remote;
};

const MERGED = { type: 'contact', key: '', state: 'merged', moreEmails: [], isOptedOut: false, values: null } as const;

function toShown({ id, properties, archivedAt }: PortalObject): Shown {
  const text = (name: string) => properties.get(name) ?? '';
  return {
    id,
    type: 'contact',
    key: text('leadline_id'),
    state: archivedAt === null ? 'live' : 'archived',
    wentInto: null,
    moreEmails: text('hs_additional_emails').split(';').filter(Boolean),
    isOptedOut: text('hs_email_optout') === 'true',
    values: new Map(NAMES.flatMap(([ours, theirs]) => (text(theirs) === '' ? [] : [[ours, text(theirs)] as const]))),
  };
}
