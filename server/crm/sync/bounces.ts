import { meaningThere, toRemoteText, type ValueOptions } from '#shared/crm/pair-values.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import { pairsOf, type SyncContext } from './context.ts';
import type { DueLead } from './writes.ts';

/** So often in a row the same value was pushed over the same other one. */
const BOUNCES = 2;
/** So often in a row what was pushed was found to be something else when the next value was to go. */
const CHANGES = 4;

/**
 * Fields that the CRM keeps changing: back, so that the last pushes of a lead's value were all this very one, or into
 * something new each time, which comes in, goes to the lead's other record, and back. Such a field only comes in from now
 * on, and the connection says so; whoever toggles a value by hand makes no such row.
 */
export async function findBouncing(ctx: SyncContext, type: RecordType, leads: readonly DueLead[]): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  if (leads.length === 0 || !ctx.rules.bounce_guard) return held;
  const since = ctx.now() - ctx.limits.bounceMs;
  const pushes = await ctx.store.listPushes(
    ctx.run.fence,
    leads.map(({ lead }) => lead.leadId),
    since,
  );
  if (pushes.length < BOUNCES) return held;
  for (const { lead, toPush } of leads) {
    for (const pair of pairsOf(ctx.settings(), type).filter(({ id }) => toPush.includes(id))) {
      const last = pushes.filter((each) => each.leadId === lead.leadId && each.pairId === pair.id);
      const from = lead.link?.base?.get(pair.id) ?? '';
      const to = toRemoteText(pair, lead.values.get(pair.id), ctx.options);
      if (isChangedBack(pair, last, { from, to }, ctx.options) || isChangedAgain(pair, last, { from, to }, ctx.options)) held.add(pair.id);
    }
  }
  for (const pairId of held) await ctx.store.setPairTrouble(ctx.run, pairId, 'bounces');
  if (held.size > 0) await ctx.reloadSettings();
  return held;
}

type Pushed = { readonly from: string; readonly to: string };

function isChangedBack(pair: FieldPair, pushes: readonly Pushed[], { from, to }: Pushed, options: ValueOptions): boolean {
  const last = pushes.slice(-BOUNCES);
  return last.length === BOUNCES && last.every((each) => isSame(pair, each.from, from, options) && isSame(pair, each.to, to, options));
}

function isChangedAgain(pair: FieldPair, pushes: readonly Pushed[], next: Pushed, options: ValueOptions): boolean {
  const last = pushes.slice(-CHANGES);
  const found = [...last.slice(1), next].map(({ from }) => from);
  return last.length === CHANGES && last.every(({ to }, index) => !isSame(pair, to, found[index] ?? '', options));
}

function isSame(pair: FieldPair, a: string, b: string, options: ValueOptions): boolean {
  return meaningThere(pair, a, options) === meaningThere(pair, b, options);
}
