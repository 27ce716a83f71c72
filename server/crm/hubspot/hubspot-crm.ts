import { ok } from '#shared/result.ts';
import type { Crm, CrmResult } from '../adapter.ts';
import { findByEmail, findByKey, READ_BATCH, readHistory, readRecords } from './by-id.ts';
import { type ContactSchema, makeKeyProperty, readSchema } from './fields.ts';
import { findList, listScopes } from './lists.ts';
import { makeOwnSource } from './own-source.ts';
import { countRecords, listChanged, listRecords } from './reading.ts';
import type { ContactReader } from './records.ts';
import { HUBSPOT_SIDE_KINDS } from './side-facts.ts';
import { makeSideReader } from './side-items.ts';
import { openPortal, type PortalDeps } from './transport.ts';
import { archiveRecords, createRecords, updateRecords, WRITE_BATCH, writeOptOuts } from './writing.ts';

/** Search shows a change after some moments; HubSpot gives no bound, and others measured up to a minute. */
const INDEX_LAG_MS = 60_000;
/** How long what a portal's contacts can hold is taken to be true. */
const SCHEMA_MS = 60 * 60 * 1_000;

export type HubspotDeps = PortalDeps & {
  /** The app's id, where it is known: HubSpot writes it into the history of values beside our changes. */
  readonly appId: string | null;
};

/** HubSpot as a `Crm`: contacts, deals and activities of one portal. */
export function hubspotCrm(deps: HubspotDeps): Crm {
  const portal = openPortal(deps);
  const own = makeOwnSource(deps.appId);
  const side = makeSideReader(portal, deps.now);
  let known: { readonly at: number; readonly schema: ContactSchema } | null = null;

  async function schema(): Promise<CrmResult<ContactSchema>> {
    if (known && deps.now() - known.at < SCHEMA_MS) return ok(known.schema);
    const answer = await readSchema(portal);
    if (answer.ok) known = { at: deps.now(), schema: answer.value };
    return answer;
  }

  const reader: ContactReader = {
    portal,
    isKnown: async (property) => {
      known = null;
      const answer = await schema();
      return answer.ok ? ok(answer.value.names.has(property)) : answer;
    },
  };

  return {
    provider: 'hubspot',
    traits: {
      types: ['contact'],
      sideKinds: HUBSPOT_SIDE_KINDS,
      writeBatch: WRITE_BATCH,
      readBatch: READ_BATCH,
      hasHistory: true,
      hasShortTexts: false,
      indexLagMs: INDEX_LAG_MS,
    },
    async describe(_, isAnew = false) {
      if (isAnew) known = null;
      const answer = await schema();
      return answer.ok ? ok(answer.value.fields) : answer;
    },
    notices: async () => ok([]),
    async ensureKeyField() {
      known = null;
      const answer = await schema();
      if (!answer.ok) return answer;
      if (answer.value.key !== 'missing') return ok(answer.value.key === 'there' ? 'there' : 'not_allowed');
      known = null;
      return makeKeyProperty(portal);
    },
    listScopes: (_, search) => listScopes(portal, search),
    findScope: (_, { id }) => findList(portal, id),
    countRecords: (_, scope) => countRecords(portal, scope),
    listRecords: (_, scope, fields, page) => listRecords(reader, scope, fields, page),
    listChanged: (_, scope, window, page) => listChanged(portal, scope, window, page),
    readRecords: (_, ids, fields) => readRecords(reader, ids, fields),
    async findByKey(_, keys, fields) {
      const answer = await schema();
      if (!answer.ok) return answer;
      return answer.value.key === 'there' ? findByKey(reader, keys, fields) : ok([]);
    },
    findByEmail: (_, emails, fields) => findByEmail(reader, emails, fields),
    async createRecords(_, items) {
      const answer = await schema();
      if (!answer.ok) return items.map(({ opId }) => ({ kind: 'failed', opId, failure: answer.error }));
      return createRecords(portal, items, answer.value.key === 'there');
    },
    async updateRecords(_, items) {
      for (const { id, values } of items) own.wrote(id, values);
      return updateRecords(reader, items);
    },
    // It keeps no refusal of calls.
    optOutKinds: async () => ok(['email']),
    writeOptOuts: (_, items) => writeOptOuts(reader, items),
    readHistory: (_, ids, fields) => readHistory(portal, ids, fields, own),
    campaigns: null,
    listGone: null,
    archiveRecords: (_, ids) => archiveRecords(portal, ids),
    listSideItems: side.list,
    findSideItems: side.find,
    readSideItems: side.read,
    sideLabelsMark: side.labelsMark,
    usage: portal.usage,
  };
}
