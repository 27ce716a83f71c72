import { sourceById } from '../sources/index.ts';
import type { ImportOrder } from '../storage/records.ts';
import { type ImportingDraft, planBasis } from './draft.ts';

/** What the outbox is told at the click on Import. */
export function orderOf(state: ImportingDraft): ImportOrder {
  return {
    source: state.table.sheet === undefined ? (sourceById(state.file.source)?.origin ?? 'file') : 'xlsx',
    fileName: state.file.name,
    list: state.list.kind === 'new' ? { kind: 'new', name: state.list.name.trim() } : state.list,
    read: state.read,
    mapping: state.mapping,
    policy: state.policy,
    basis: state.plan.matched ? planBasis(state) : null,
  };
}
