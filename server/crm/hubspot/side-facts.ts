import type { SideFact, SideItem, SideKind } from '#shared/crm/side-item.ts';
import { toPlainText } from './plain-text.ts';
import type { ObjectAnswer } from './records.ts';

export const HUBSPOT_SIDE_KINDS = ['deal', 'call', 'email', 'meeting', 'note', 'task'] as const satisfies readonly SideKind[];
export type HubspotSideKind = (typeof HUBSPOT_SIDE_KINDS)[number];

/** How people read what HubSpot keeps as ids. */
export type SideLabels = {
  /** By pipeline, or by property: its value → its label. */
  readonly of: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly pipelines: ReadonlyMap<string, string>;
  /** Of stages. */
  readonly probabilities: ReadonlyMap<string, string>;
  /** The portal's own; empty where that may not be read. */
  readonly currency: string;
};

/** Of a title and of a body more is not kept: a timeline is for glancing at. */
const LONGEST = { title: 300, fact: 300, body: 2_000 } as const;

type Facts = readonly (readonly [SideFact, string])[];
/** Where each kind keeps what a timeline shows. `type`: deals go by their type id, as HubSpot's 2026 addresses have them. */
export const KINDS = {
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
  { readonly type: string; readonly title: string | null; readonly at: string; readonly facts: Facts }
>;
export const MODIFIED = 'hs_lastmodifieddate';
const DEAL_PROPERTIES = ['dealname', 'pipeline', 'dealstage', 'amount', 'deal_currency_code', 'closedate', 'createdate'];

/** The properties a kind is read with. */
export function propertiesOf(kind: HubspotSideKind): readonly string[] {
  const { at, title, facts } = KINDS[kind];
  const asked = kind === 'deal' ? DEAL_PROPERTIES : [at, ...(title === null ? [] : [title]), ...facts.map(([, property]) => property)];
  return [...new Set([...asked, MODIFIED])];
}

/** One deal or activity as a timeline shows it: texts only, of a length that fits. */
export function toSideItem(kind: HubspotSideKind, object: ObjectAnswer, contactIds: readonly string[], labels: SideLabels): SideItem {
  const { at, title, facts } = KINDS[kind];
  const { properties, updatedAt, createdAt } = object;
  const told = kind === 'deal' ? dealFacts(object, labels) : activityFacts(object, facts, labels);
  return {
    kind,
    id: object.id,
    title: title === null ? '' : shorten(properties[title] ?? '', LONGEST.title),
    at: readTime(properties[at]) ?? createdAt.getTime(),
    modifiedAt: readTime(properties[MODIFIED]) ?? updatedAt.getTime(),
    facts: told.flatMap(([name, value]) => (value === '' ? [] : [{ name, value: name === 'body' ? value : shorten(value, LONGEST.fact) }])),
    of: contactIds.map((id) => ({ type: 'contact', id })),
    isGone: false,
  };
}

/** A deal tells its currency only where the portal has several; else it is the portal's own. */
function dealFacts({ properties }: ObjectAnswer, labels: SideLabels): Facts {
  const [pipeline, stage, amount] = [properties.pipeline ?? '', properties.dealstage ?? '', properties.amount ?? ''];
  return [
    ['pipeline', labels.pipelines.get(pipeline) ?? pipeline],
    ['stage', labels.of.get(pipeline)?.get(stage) ?? stage],
    ['amount', amount],
    ['currency', amount === '' ? '' : properties.deal_currency_code || labels.currency],
    ['close_date', properties.closedate ?? ''],
    ['probability', labels.probabilities.get(stage) ?? ''],
  ];
}

function activityFacts({ properties }: ObjectAnswer, facts: Facts, labels: SideLabels): Facts {
  return facts.map(([name, property]) => {
    const raw = properties[property] ?? '';
    return [name, name === 'body' ? shorten(toPlainText(raw), LONGEST.body) : (labels.of.get(property)?.get(raw) ?? raw)];
  });
}

/** Never half of a surrogate pair. */
function shorten(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

function readTime(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}
