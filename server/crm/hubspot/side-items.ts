import type { SideFact, SideItem, SideKind } from '#shared/crm/side-item.ts';
import { ok } from '#shared/result.ts';
import type { CrmResult, Page, TimeWindow } from '../adapter.ts';
import { readBatch } from './by-id.ts';
import { toPlainText } from './plain-text.ts';
import { cut, type ObjectAnswer, readParts } from './records.ts';
import type { Portal } from './transport.ts';
import { walkChanges } from './walk-changes.ts';

export const HUBSPOT_SIDE_KINDS = ['deal', 'call', 'email', 'meeting', 'note', 'task'] as const satisfies readonly SideKind[];
type HubspotSideKind = (typeof HUBSPOT_SIDE_KINDS)[number];

const MODIFIED = 'hs_lastmodifieddate';
const ASSOCIATIONS_BATCH = 1_000;
/** Labels of stages and outcomes are read again after this long. */
const LABELS_MS = 60 * 60 * 1_000;
const LONGEST_BODY = 2_000;

/** Where each kind keeps what a timeline shows. `type`: deals go by their type id, as HubSpot's 2026 addresses have them. */
const KINDS = {
  deal: { type: '0-3', title: 'dealname', at: 'createdate', facts: [] },
  call: {
    type: 'calls',
    title: 'hs_call_title',
    at: 'hs_timestamp',
    facts: [
      ['direction', 'hs_call_direction'],
      ['outcome', 'hs_call_disposition'],
      ['status', 'hs_call_status'],
      ['body', 'hs_call_body'],
    ],
  },
  email: {
    type: 'emails',
    title: 'hs_email_subject',
    at: 'hs_timestamp',
    facts: [
      ['direction', 'hs_email_direction'],
      ['status', 'hs_email_status'],
      ['body', 'hs_email_text'],
    ],
  },
  meeting: {
    type: 'meetings',
    title: 'hs_meeting_title',
    at: 'hs_timestamp',
    facts: [
      ['outcome', 'hs_meeting_outcome'],
      ['body', 'hs_meeting_body'],
    ],
  },
  note: { type: 'notes', title: null, at: 'hs_timestamp', facts: [['body', 'hs_note_body']] },
  task: {
    type: 'tasks',
    title: 'hs_task_subject',
    at: 'hs_timestamp',
    facts: [
      ['status', 'hs_task_status'],
      ['due', 'hs_timestamp'],
      ['body', 'hs_task_body'],
    ],
  },
} as const satisfies Record<
  HubspotSideKind,
  { readonly type: string; readonly title: string | null; readonly at: string; readonly facts: readonly (readonly [SideFact, string])[] }
>;
const DEAL_PROPERTIES = ['dealname', 'pipeline', 'dealstage', 'amount', 'deal_currency_code', 'closedate', 'createdate'];

/** Property or pipeline → its value → how people read it. */
type Labels = ReadonlyMap<string, ReadonlyMap<string, string>>;
export type SideReader = { readonly portal: Portal; readonly labels: (kind: HubspotSideKind) => Promise<Labels> };

export function makeSideReader(portal: Portal, now: () => number): SideReader {
  const known = new Map<HubspotSideKind, { readonly at: number; readonly labels: Labels }>();
  return {
    portal,
    labels: async (kind) => {
      const last = known.get(kind);
      if (last && now() - last.at < LABELS_MS) return last.labels;
      const labels = kind === 'deal' ? await readStages(portal) : await readOptions(portal, KINDS[kind].type);
      known.set(kind, { at: now(), labels });
      return labels;
    },
  };
}

/** One page of deals or activities that changed in a window, with the contacts they belong to. What is archived is not in it. */
export async function listSideItems(
  reader: SideReader,
  kind: SideKind,
  window: TimeWindow,
  page: string | null,
): Promise<CrmResult<Page<SideItem>>> {
  const of = HUBSPOT_SIDE_KINDS.find((one) => one === kind);
  if (of === undefined) return ok({ items: [], next: null });
  const { portal } = reader;
  const { type, at, title, facts } = KINDS[of];
  const changed = await walkChanges(portal, { type, modified: MODIFIED }, window, page);
  if (!changed.ok) return changed;
  const ids = changed.value.items;
  const { next } = changed.value;
  if (ids.length === 0) return ok({ items: [], next });
  const asked = of === 'deal' ? DEAL_PROPERTIES : [at, ...(title === null ? [] : [title]), ...facts.map(([, property]) => property)];
  const objects = await readBatch(portal, type, ids, { properties: [...new Set([...asked, MODIFIED])] });
  if (!objects.ok) return objects;
  const contacts = await readContacts(portal, type, ids);
  if (!contacts.ok) return contacts;
  const owners = new Map(contacts.value);
  const labels = await reader.labels(of);
  const items = objects.value.map((object): SideItem => {
    const { properties, updatedAt, createdAt } = object;
    return {
      kind: of,
      id: object.id,
      title: title === null ? '' : (properties[title] ?? ''),
      at: readTime(properties[at]) ?? createdAt.getTime(),
      modifiedAt: readTime(properties[MODIFIED]) ?? updatedAt.getTime(),
      facts: of === 'deal' ? dealFacts(object, labels) : activityFacts(object, facts, labels),
      of: (owners.get(object.id) ?? []).map((id) => ({ type: 'contact', id })),
      isGone: false,
    };
  });
  return ok({ items, next });
}

/** The contacts of each record, 1,000 records a call; a record with more of them than fit goes on in a further call. */
async function readContacts(
  portal: Portal,
  type: string,
  ids: readonly string[],
): Promise<CrmResult<readonly (readonly [string, readonly string[]])[]>> {
  return readParts(cut(ids, ASSOCIATIONS_BATCH), async (part) => {
    const found = new Map<string, string[]>();
    let inputs: { id: string; after?: string }[] = part.map((id) => ({ id }));
    while (inputs.length > 0) {
      const answer = await portal.call('read', (client) => client.crm.associations.v4.batchApi.getPage(type, 'contacts', { inputs }));
      if (!answer.ok) return answer;
      inputs = [];
      for (const { _from: from, to, paging } of answer.value.results) {
        found.set(from.id, [...(found.get(from.id) ?? []), ...to.map(({ toObjectId }) => toObjectId)]);
        if (paging?.next) inputs.push({ id: from.id, after: paging.next.after });
      }
    }
    return ok([...found]);
  });
}

function dealFacts({ properties }: ObjectAnswer, labels: Labels): SideItem['facts'] {
  const [pipeline, stage] = [properties.pipeline ?? '', properties.dealstage ?? ''];
  const facts: readonly (readonly [SideFact, string])[] = [
    ['pipeline', labels.get(PIPELINES)?.get(pipeline) ?? pipeline],
    ['stage', labels.get(pipeline)?.get(stage) ?? stage],
    ['amount', properties.amount ?? ''],
    ['currency', properties.deal_currency_code ?? ''],
    ['close_date', properties.closedate ?? ''],
    ['probability', labels.get(PROBABILITIES)?.get(stage) ?? ''],
  ];
  return facts.flatMap(([name, value]) => (value === '' ? [] : [{ name, value }]));
}

function activityFacts({ properties }: ObjectAnswer, facts: readonly (readonly [SideFact, string])[], labels: Labels): SideItem['facts'] {
  return facts.flatMap(([name, property]) => {
    const raw = properties[property] ?? '';
    const value = name === 'body' ? toPlainText(raw).slice(0, LONGEST_BODY) : (labels.get(property)?.get(raw) ?? raw);
    return value === '' ? [] : [{ name, value }];
  });
}

const [PIPELINES, PROBABILITIES] = ['pipelines', 'probabilities'];

/** Labels of pipelines and of the stages of each; without the right to read them the ids have to do. */
async function readStages(portal: Portal): Promise<Labels> {
  const answer = await portal.call('read', (client) => client.crm.pipelines.pipelinesApi.getAll('deals'));
  if (!answer.ok) return new Map();
  const pipelines = answer.value.results;
  const stages = pipelines.flatMap((one) => one.stages);
  return new Map([
    [PIPELINES, new Map(pipelines.map(({ id, label }) => [id, label]))],
    [PROBABILITIES, new Map(stages.flatMap(({ id, metadata }) => (metadata?.probability ? [[id, metadata.probability]] : [])))],
    ...pipelines.map(({ id, stages: own }) => [id, new Map(own.map((stage) => [stage.id, stage.label]))] as const),
  ]);
}

async function readOptions(portal: Portal, type: string): Promise<Labels> {
  const answer = await portal.call('read', (client) => client.crm.properties.coreApi.getAll(type));
  if (!answer.ok) return new Map();
  return new Map(answer.value.results.map(({ name, options }) => [name, new Map(options.map((one) => [one.value, one.label]))]));
}

function readTime(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}
