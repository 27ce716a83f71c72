import { countingColumns } from '#shared/plan/opt-out-column.ts';
import { doneSteps } from '#shared/plan/repair.ts';
import { sourceById } from '../sources/index.ts';
import type { ImportOrder } from '../storage/records.ts';
import type { ChosenFile, ImportingDraft } from './draft-state.ts';
import { groundBasis, sinceOf } from './plan-basis.ts';

/** What the outbox is told at the click on Import. */
export function orderOf(state: ImportingDraft): ImportOrder {
  const columns = countingColumns(state.plan.optOuts, state.optOuts).map(({ column, says, kinds }) => ({ column, says, kinds }));
  return {
    source: state.table.sheet === undefined ? (sourceById(state.file.source)?.origin ?? 'file') : 'xlsx',
    fileName: nameForHistory(state.file),
    list: state.list.kind === 'new' ? { kind: 'new', name: state.list.name.trim() } : state.list,
    read: state.read,
    mapping: state.mapping,
    policy: state.policy,
    ...(state.repair ? { repair: doneSteps(state.repair) } : {}),
    ...(columns.length > 0 ? { optOut: { columns, since: sinceOf(state.file) } } : {}),
    ...(state.table.retryOf ? { retryOf: state.table.retryOf.importId } : {}),
    basis: state.plan.matched ? groundBasis(state) : null,
  };
}

/** The server keeps 300 characters. */
const MAX_NAME = 300;

/** What the history calls the file: a link's host and path go along, never its query, which may hold what opens the file. */
function nameForHistory({ name, from }: ChosenFile): string {
  if (from === undefined) return name;
  const { host, pathname } = new URL(from);
  return `${name} (${host}${pathname})`.slice(0, MAX_NAME);
}
