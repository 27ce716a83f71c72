import type { ChangedRule, SinceChoice } from '#shared/plan/since-rows.ts';
import type { SheetLink } from '../storage/sheet-records.ts';
import { type FirstImport, fitMapping } from './first-import.ts';
import type { TableView } from './table-view.ts';
import type { ServerView } from './view.ts';

/** A sheet as it was imported last: mapping, list and rules, and that only what is new is wanted. */
export function asLinked(
  { mapping, headers, list, policy, last, changedRule }: SheetLink,
  table: Pick<TableView, 'headers' | 'suggestions'>,
  server: ServerView,
): Omit<FirstImport, 'retryOf'> & { readonly since: SinceChoice } {
  const source = { kind: 'import', by: 'you', at: last.at } as const;
  return { found: { source, mapping: fitMapping(mapping, headers, table) }, list, policy, since: sinceLast(changedRule, server) };
}

/** Only what is new is wanted, by the sheet's own rule. Where only admins overwrite, this person does not. */
export function sinceLast(changedRule: ChangedRule, server: ServerView): SinceChoice {
  const isWithheld = server.kind === 'ready' && server.withheld?.overwrite === true;
  return { fresh: true, changed: isWithheld && changedRule === 'overwrite' ? 'fill' : changedRule };
}
