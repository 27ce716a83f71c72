import type { Context } from 'hono';
import type { RouteId } from '#shared/api/contract.ts';
import type { Edge } from './edge.ts';
import type { Reply } from './handler.ts';

/** Turns a reply into the answer of its kind. */
export function sendReply<R extends RouteId>(c: Context<Edge>, reply: Reply<R>): Response {
  switch (reply.kind) {
    case 'json':
      return c.json(reply.body as object, reply.status); // every JSON answer of the contract is an object
    case 'kept':
      return c.body(reply.answer.body, reply.answer.status === 201 ? 201 : 200, { 'Content-Type': 'application/json' });
    case 'page':
      return c.html(reply.html, reply.status ?? 200);
    case 'text':
      return c.body(reply.text, 200, { 'Content-Type': reply.type });
    case 'csv':
      return c.body(toStream(reply.pieces), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${reply.fileName}"`,
      });
  }
}

/** Pieces of text as a stream of bytes that is read no faster than it is sent. */
function toStream(pieces: AsyncIterable<string> | Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
