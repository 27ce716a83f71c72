import type { SideFact, SideKind } from '#shared/crm/side-item.ts';
import type { SideItem } from '../../../platform/lead-api.ts';
import { LOCALE } from '../../locale.ts';
import { count, day, moment } from '../../numbers.ts';
import type { IconName } from '../../parts/icon.tsx';

/** Deals, calls and the like in words. */

export const SIDE_WORDS = {
  deal: ['Deal', 'deal'],
  opportunity: ['Opportunity', 'deal'],
  campaign_member: ['Campaign', 'people'],
  call: ['Call', 'phone'],
  email: ['Email', 'mail'],
  meeting: ['Meeting', 'calendar'],
  note: ['Note', 'file'],
  task: ['Task', 'check'],
} as const satisfies Record<SideKind, readonly [string, IconName]>;

/** In the order they are shown. `amount` has the currency with it, `body` stands by itself. */
const LABELS: ReadonlyMap<string, string> = new Map<Exclude<SideFact, 'body' | 'currency'>, string>([
  ['pipeline', 'Pipeline'],
  ['stage', 'Stage'],
  ['amount', 'Amount'],
  ['close_date', 'Close date'],
  ['probability', 'Probability'],
  ['campaign', 'Campaign'],
  ['status', 'Status'],
  ['responded', 'Responded'],
  ['role', 'Role'],
  ['direction', 'Direction'],
  ['outcome', 'Outcome'],
  ['due', 'Due'],
]);

/** Its facts as label and value, in words; `now` in ms. */
export function sideFacts({ kind, facts, provider }: SideItem, now: number): readonly (readonly [label: string, value: string])[] {
  const of = new Map(facts.map(({ name, value }) => [name, value]));
  return [...LABELS].flatMap(([name, label]) => {
    const value = of.get(name) ?? (kind === 'campaign_member' && name === 'responded' ? 'no' : undefined);
    return value === undefined ? [] : [[label, valueWords(name, value, { currency: of.get('currency') ?? null, provider, now })] as const];
  });
}

/** What was written or said; null where nothing is kept of it. */
export function sideBody({ facts }: SideItem): string | null {
  return facts.find(({ name }) => name === 'body')?.value.trim() || null;
}

type Around = { readonly currency: string | null; readonly provider: SideItem['provider']; readonly now: number };

function valueWords(name: string, value: string, { currency, provider, now }: Around): string {
  const at = Date.parse(value);
  switch (name) {
    case 'amount':
      return amountWords(Number(value), value, currency);
    case 'close_date':
      return dateWords(value, now);
    case 'due':
      return Number.isNaN(at) ? value : moment(at, now);
    case 'responded':
      return value === 'yes' ? 'Yes' : value === 'no' ? 'Not yet' : dateWords(value, now);
    case 'probability':
      return percentWords(provider === 'hubspot' ? Number(value) * 100 : Number(value), value); // HubSpot counts to 1, Salesforce to 100
    default:
      return value;
  }
}

/** A date is the same day everywhere: at noon of the reader's own clock it is. */
function dateWords(value: string, now: number): string {
  const at = Date.parse(`${value.slice(0, 10)}T12:00:00`);
  return Number.isNaN(at) ? value : day(at, now);
}

function percentWords(percent: number, told: string): string {
  return Number.isFinite(percent) ? `${count(Math.round(percent))} %` : told;
}

function amountWords(amount: number, told: string, currency: string | null): string {
  if (!Number.isFinite(amount)) return told;
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) return count(amount);
  return new Intl.NumberFormat(LOCALE, { style: 'currency', currency, maximumFractionDigits: amount % 1 === 0 ? 0 : 2 }).format(amount);
}
