import type { Crm } from '../../../../server/crm/adapter.ts';
import type { CrmToOpen } from '../../../../server/crm/crm-kind.ts';
import { salesforceKind } from '../../../../server/crm/salesforce/salesforce-kind.ts';
import type { RecordType } from '../../../../shared/crm/record.ts';
import { ok } from '../../../../shared/result.ts';
import { NOBODY } from '../../../support/nobody-counts.ts';
import { findRecord, type OrgObject, type OrgValue, recordsOf } from '../../../support/salesforce/org.ts';
import { makeSalesforce } from '../../../support/salesforce/start-salesforce.ts';
import { serveInProcess } from '../../../support/without-sockets.ts';
import { createOrgWire, NAMES } from './org-wire.ts';
import { createBook, type Shown } from './record-book.ts';
import type { Remote } from './remote.ts';
import { createSeen, type RemoteRecord } from './remote-records.ts';
import { renamedCrm } from './renamed-crm.ts';
import { FEW, quiet } from './settings.ts';
import type { OpenRemote } from './world.ts';

/** Salesforce has nobody without them. */
const ALWAYS = { lead: [['LastName', 'Lee'] as const, ['Company', 'Fernhill'] as const], contact: [['LastName', 'Lee'] as const] };
/** What somebody takes between two deeds: some are of the same second as what they meet, which no stamp tells apart. */
const PAUSES_MS = [1, 400, 1_000];

/** The loopback org, spoken with by the real adapter. */
export const openOrgRemote: OpenRemote = (story, ledger) => {
  const { now, wait } = ledger;
  const seen = createSeen();
  seen.shouts = story.shouts;
  const shout = (values: Readonly<Record<string, OrgValue>>) => {
    const { Title } = values;
    if (seen.shouts === false || typeof Title !== 'string') return values;
    return { ...values, Title: `${seen.shouts === 'once' ? quiet(Title) : Title}!` };
  };
  let url = '';
  const salesforce = makeSalesforce(
    { now, habits: { batchSize: 1 + (story.steps.length % 2), blocksDuplicates: true, beforeSave: (_, values) => shout(values) } },
    () => url,
  );
  const { org, people, auth } = salesforce;
  const few = people.addCampaign(FEW.name);
  const book = createBook(
    () => (['Lead', 'Contact'] as const).flatMap((name) => [...recordsOf(org, name).values()].map(toShown)),
    now,
    ({ id }) => {
      people.addMember(few, id);
    },
  );
  const memberships = () => [...recordsOf(org, 'CampaignMember').values()].filter(({ values }) => values.get('IsDeleted') !== true);
  const wire = createOrgWire({ answer: salesforce.answer, org, book, seen, now });
  const served = serveInProcess(wire.answer);
  url = served.url;

  const { accessToken } = auth.issue();
  const open = (): Crm =>
    salesforceKind.open({
      connection: { apiVersion: null } as CrmToOpen['connection'], // all that is read of it
      session: async () => ok({ accessToken, instanceUrl: url }),
      vendor: { clientId: null, clientSecret: null, apiUrl: url, authUrl: url },
      now,
      sleep: async (ms) => wait(ms),
      random: () => 0.5,
      listener: NOBODY,
    });
  let adapter = open();
  let deeds = 0;
  let left: number | null = null;
  const somebody = (act: () => unknown): void => {
    deeds += 1;
    wait(PAUSES_MS[deeds % PAUSES_MS.length] ?? 1);
    org.habits.lateMs = seen.lagMs;
    act();
    book.look(false);
  };
  const restart = () => {
    adapter = open();
  };

  const crm = renamedCrm(() => adapter, { names: NAMES, few: { ...FEW, id: few }, always: ALWAYS });
  const remote: Remote = {
    crm: { ...crm, createRecords: (type, items) => wire.making(items, () => crm.createRecords(type, items)) },
    records: book.records,
    seen,
    callsOfOne: 8,
    live: book.live,
    isIn:
      ({ kind }) =>
      ({ id }) =>
        kind === 'all' || memberships().some(({ values }) => values.get('LeadId') === id || values.get('ContactId') === id),
    holderOf: book.holderOf,
    survivorOf: book.survivorOf,
    restart,
    leave: (calls) => {
      // So much of the day's calls that the org's last fifth is not what ends a run.
      Object.assign(org.habits, calls === null ? { dailyLimit: 1e9, usedToday: 0 } : { dailyLimit: calls * 2.5, usedToday: calls * 1.5 });
      // What the org said last is believed for an hour.
      if (calls !== left) restart();
      left = calls;
    },
    end: served.end,
    user: {
      add: (values, type = 'contact') => {
        const fields = Object.fromEntries([
          ...ALWAYS[type],
          ...NAMES.flatMap(([ours, theirs]) => [[theirs, values.get(ours) ?? null] as const]),
        ]);
        let id = '';
        somebody(() => {
          id = type === 'lead' ? people.addLead(fields) : people.addContact(fields);
        });
        return found(book.records, id);
      },
      edit: ({ id }, field, value) => somebody(() => people.edit(id, { [NAMES.find(([ours]) => ours === field)?.[1] ?? field]: value })),
      archive: ({ id }) => somebody(() => people.remove(id)),
      purge: ({ id }) => somebody(() => people.purge(id)),
      restore: ({ id }) => somebody(() => people.restore(id)),
      hide: ({ id }) => void org.habits.unshared.add(id),
      share: () => {
        const hidden = [...org.habits.unshared];
        org.habits.unshared.clear();
        for (const id of hidden) if (findRecord(org, id)) somebody(() => people.edit(id, {}));
      },
      optOut: ({ id }) => somebody(() => people.edit(id, { HasOptedOutOfEmail: true })),
      merge: (first, second) => somebody(() => people.merge(first.id, second.id)),
      convert: (lead, contact) => somebody(() => people.convert(lead.id, undefined, contact?.id)),
    },
  };
  return remote;
};

function found(records: Remote['records'], id: string): RemoteRecord {
  const record = records.get(id);
  if (!record) throw new Error(`there is no ${id}`);
  return record;
}

function toShown({ object, id, values }: OrgObject): Shown {
  const text = (name: string) => (typeof values.get(name) === 'string' ? String(values.get(name)) : '');
  const type: RecordType = object === 'Lead' ? 'lead' : 'contact';
  const isDeleted = values.get('IsDeleted') === true;
  const [master, contact] = [text('MasterRecordId'), text('ConvertedContactId')];
  const state = isDeleted ? (master ? 'merged' : 'archived') : values.get('IsConverted') === true ? 'converted' : 'live';
  return {
    id,
    type,
    key: text('Leadline_Id__c'),
    state,
    wentInto: state === 'merged' ? master : state === 'converted' ? contact : null,
    moreEmails: [],
    isOptedOut: values.get('HasOptedOutOfEmail') === true,
    values: new Map(NAMES.flatMap(([ours, theirs]) => (text(theirs) === '' ? [] : [[ours, text(theirs)] as const]))),
  };
}
