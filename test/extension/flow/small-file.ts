import type { Mapping } from '#shared/mapping/mapping.ts';
import type { ImportFlow } from '../../../extension/flow/import-flow.ts';
import type { Database } from '../../../extension/storage/database.ts';
import { viewWhen } from '../../support/view-when.ts';
import { isPlanned, isRead } from './flow-room.ts';

/** Four rows, one of them with a broken address, and how a flow goes with them to its steps. */

export const FILE = `First name,Last name,Email,Phone
Ann,Lee,ann@example.com,2025550123
Bob,Ray,bob@,2025550124
Cid,May,cid@example.com,2025550125
Cid,May,cid@example.com,2025550125
`;

export async function toCheck(flow: ImportFlow, text = FILE): Promise<void> {
  await viewWhen(flow, (view) => view.server.kind === 'ready');
  await flow.chooseFile(new File([text], 'leads.csv'));
  await viewWhen(flow, isRead);
  await flow.send({ kind: 'wentTo', step: 'map' });
  await flow.send({ kind: 'wentTo', step: 'check' });
  await viewWhen(flow, isPlanned);
}

export const planOf = (flow: ImportFlow) => {
  const { draft } = flow.view();
  return draft.step === 'check' || draft.step === 'preview' ? draft.plan : null;
};
export const mappingOf = (flow: ImportFlow): Mapping => {
  const { draft } = flow.view();
  return 'mapping' in draft ? draft.mapping : [];
};
export const isSettled = (view: ReturnType<ImportFlow['view']>) =>
  isPlanned(view) && 'plan' in view.draft && view.draft.plan?.unasked === 0;
export const steps = (count: number) => (view: ReturnType<ImportFlow['view']>) =>
  isSettled(view) && 'plan' in view.draft && view.draft.plan?.repair.steps === count;

export async function toPreview(flow: ImportFlow): Promise<void> {
  await viewWhen(flow, isSettled);
  await flow.send({ kind: 'wentTo', step: 'preview' });
}

export async function bodiesOf(database: Database): Promise<readonly string[]> {
  return (await database.chunks.toArray()).map(({ body }) => new TextDecoder().decode(body));
}
