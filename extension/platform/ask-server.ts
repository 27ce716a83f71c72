import { type AnswerOf, type BodyOf, type ParamsOf, pathTo, type QueryOf, ROUTES, type RouteId } from '#shared/api/contract.ts';
import { type Read, reader } from '#shared/api/json.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { Result } from '#shared/result.ts';
import { callServer, fetchFile, type ServerAccess } from './call-server.ts';

/** What a route is sent: the parts of its path, its query, its body. */
export type Sent<R extends RouteId> = Parts<ParamsOf<R>> & {
  readonly query?: Partial<QueryOf<R>>;
  readonly body?: BodyOf<R>;
};
type Parts<P> = keyof P extends never ? unknown : { readonly params: P };

/** Any route of the contract, by its name in the table. One attempt each. */
export type AskServer = {
  ask<R extends RouteId>(route: R, sent: Sent<R>): Promise<Result<AnswerOf<R>, ServerFailure>>;
  /** The rejected rows of an import as CSV text. */
  rejectedCsv(importId: string): Promise<Result<string, ServerFailure>>;
};

const QUESTION_MS = 15_000;
/** What writes may run over many rows. */
const WORK_MS = 120_000;

/** A plan of very many records takes minutes; nothing is written by it. */
const PLAN_MS = 280_000;

/** A server, by a key. `workMs`: how long work is waited for. */
export function askServer(access: ServerAccess, workMs: number = WORK_MS): AskServer {
  return {
    ask: (route, sent) => {
      const { method } = ROUTES[route];
      const { params, query, body } = sent as Loose; // Sent, without its route
      return callServer(access, {
        method,
        path: pathTo(route, (params ?? {}) as ParamsOf<typeof route>) + queryText(query), // Sent asks for the parts a path has
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeoutMs: method === 'GET' ? QUESTION_MS : route === 'previewConnection' ? PLAN_MS : workMs,
        read: readAnswerOf(route),
      });
    },
    rejectedCsv: (importId) => fetchFile(access, pathTo('rejectedRows', { importId }), WORK_MS),
  };
}

type Loose = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};

function readAnswerOf<R extends RouteId>(route: R): Read<AnswerOf<R>> {
  const { answer } = ROUTES[route];
  if (answer.kind !== 'json') throw new Error(`${route} answers with a file`);
  return reader(answer.schema) as Read<AnswerOf<R>>; // AnswerOf is the output of this very schema
}

function queryText(query: Loose['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
