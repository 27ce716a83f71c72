import { countingColumns } from '#shared/plan/opt-out-column.ts';
import { doneSteps } from '#shared/plan/repair.ts';
import { sourceById } from '../sources/index.ts';
import type { ImportOrder } from '../storage/records.ts';
import type { ChosenFile, ImportingDraft } from './draft-state.ts';
import { groundBasis, sinceBasis, sinceChoice, sinceOf } from './plan-basis.ts';

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
    ...sheetOf(state),
    ...(state.table.retryOf ? { retryOf: state.table.retryOf.importId } : {}),
    basis: state.plan.matched ? groundBasis(state) : null,
  };
}

/** The tab that is linked at the receipt, and which of its rows are imported. */
function sheetOf(state: ImportingDraft): Pick<ImportOrder, 'sheet'> {
  const { file, table, read } = state;
  if (!file.sheet) return {};
  const { account = null, ...origin } = file.sheet;
  const since = sinceChoice(state);
  const found = table.since ? { fresh: table.since.fresh, changed: table.since.changed, removed: table.since.removed.count } : null;
  return {
    sheet: {
      origin,
      account,
      headers: table.headers,
      by: 'person',
      ...(since ? { since, sinceBasis: sinceBasis({ chosenAt: file.chosenAt, read }) } : {}),
      ...(found ? { found } : {}),
    },
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
