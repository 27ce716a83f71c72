import type { RunAnswer, RunStarted, SyncErrorAnswer } from '#shared/api/connection-work.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { AskServer } from '../../platform/ask-server.ts';
import { followRun, runAsStarted } from './follow-run.ts';

/** `kept`: it could not even be marked. `marked`: a run was refused, and why; the next one tries. `ran`: `left` of them still stand. */
export type Tried =
  | { readonly kind: 'kept'; readonly why: ServerFailure }
  | { readonly kind: 'marked'; readonly why: ServerFailure }
  | { readonly kind: 'ran'; readonly ran: RunStarted; readonly left: number | null };

type TryErrors = {
  readonly server: Pick<AskServer, 'ask'>;
  /** The connection's. */
  readonly id: string;
  readonly errors: readonly Pick<SyncErrorAnswer, 'id'>[];
};

/** Lets errors be tried again and runs the connection for them, to its end. `left` is null where nobody could be asked. */
export async function tryErrors({ server, id, errors }: TryErrors): Promise<Tried> {
  for (const error of errors) {
    const marked = await server.ask('retryError', { params: { id, errorId: error.id }, body: { how: 'again' } });
    if (!marked.ok && marked.error.kind !== 'notFound') return { kind: 'kept', why: marked.error };
  }
  const act = () => server.ask('syncConnection', { params: { id }, body: {} });
  const done = await followRun<RunStarted | RunAnswer>({ server, id, trigger: 'by_hand', act });
  if (!done.ok) return { kind: 'marked', why: done.error };
  return { kind: 'ran', ran: runAsStarted(done.value), left: await countLeft(server, id, new Set(errors.map((error) => error.id))) };
}

async function countLeft(server: TryErrors['server'], id: string, tried: ReadonlySet<string>): Promise<number | null> {
  let left = 0;
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor === null ? {} : { cursor }) };
    const page = await server.ask('connectionErrors', { params: { id }, query });
    if (!page.ok) return null;
    left += page.value.errors.filter((error) => tried.has(error.id)).length;
    cursor = page.value.nextCursor;
  } while (cursor !== null && left < tried.size);
  return left;
}
