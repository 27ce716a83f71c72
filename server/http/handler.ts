import type { AnswerOf, BodyOf, ParamsOf, QueryOf, ROUTES, RouteId } from '#shared/api/contract.ts';
import type { ErrorStatus } from '#shared/api/errors.ts';
import type { Result } from '#shared/result.ts';
import type { Actor } from '../leads/backend.ts';
import type { KeptAnswer, Once } from '../leads/save-leads.ts';
import type { EdgeParts } from './edge.ts';
import type { ApiError } from './error-response.ts';

/** A request that has passed every gate: read, checked, and allowed. */
export type Passed<R extends RouteId> = {
  readonly actor: (typeof ROUTES)[R]['access'] extends 'public' ? null : Actor;
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** The uploaded file where the route takes one. */
  readonly file: (typeof ROUTES)[R] extends { readonly body: { readonly kind: 'file' } } ? Upload : null;
  /** SHA-256 (hex) of a decoded JSON body; empty for files, whose use case takes its own. */
  readonly bodySha256: string;
  /** Set where the route stores its answer itself and an Idempotency-Key came. */
  readonly once: Once | null;
  /** The Origin of an extension, null where there is none. */
  readonly origin: string | null;
  readonly address: string;
};
/** A file and, in a form, the JSON of its part `options`. */
export type Upload = { readonly bytes: Uint8Array; readonly fileName: string | null; readonly options: unknown };

/** What a handler gives: JSON, JSON text that is sent as it is, a page, or a file in pieces. */
export type Reply<R extends RouteId> =
  /** `keep` is what a repetition under the same key gets, where that is not the same: a secret is shown once. */
  | { readonly kind: 'json'; readonly status: 200 | 201; readonly body: AnswerOf<R>; readonly keep?: AnswerOf<R> }
  | { readonly kind: 'kept'; readonly answer: KeptAnswer }
  | { readonly kind: 'page'; readonly html: string; readonly status?: 200 | ErrorStatus }
  | { readonly kind: 'text'; readonly text: string; readonly type: string }
  | { readonly kind: 'csv'; readonly fileName: string; readonly pieces: AsyncIterable<string> | Iterable<string> };

export type Handler<R extends RouteId> = (
  parts: EdgeParts,
  request: Passed<R>,
) => Promise<Result<Reply<R>, ApiError>> | Result<Reply<R>, ApiError>;
/** A handler for every route of the contract: the type says which one is missing. */
export type Handlers = { readonly [R in RouteId]: Handler<R> };
export type HandlersOf<R extends RouteId> = Pick<Handlers, R>;

/** A JSON reply. */
export function reply<R extends RouteId>(body: AnswerOf<R>, status: 200 | 201 = 200): Result<Reply<R>, ApiError> {
  return { ok: true, value: { kind: 'json', status, body } };
}

/** A use case's result as a reply; a refusal goes on as it is. */
export function replyWith<R extends RouteId, T extends AnswerOf<R>>(
  result: Result<T, ApiError>,
  status: 200 | 201 = 200,
): Result<Reply<R>, ApiError> {
  return result.ok ? reply<R>(result.value, status) : result;
}
