import type { Connection } from './connection.ts';

/** Moves with every row this connection writes, and with every transaction of another one. */
const STAMP = 'SELECT total_changes() AS own, data_version AS others FROM pragma_data_version';
/** More different questions between two writes are asked by nobody; beyond it the memory starts anew. */
const MOST = 1_000;

type Memory = { stamp: string; readonly answers: Map<string, unknown> };
const memories = new WeakMap<Connection, Memory>();

/** The answer to a question about the database, read again only after something was written. For counts and finds, which cost. */
export function remembered<T>(cx: Connection, question: string, read: () => T): T {
  // What a transaction sees may be taken back.
  if (cx.client.inTransaction) return read();
  const memory = memories.get(cx) ?? { stamp: '', answers: new Map<string, unknown>() };
  memories.set(cx, memory);
  const stamp = String(cx.table(STAMP).get());
  if (memory.stamp !== stamp || memory.answers.size >= MOST) memory.answers.clear();
  memory.stamp = stamp;
  if (!memory.answers.has(question)) memory.answers.set(question, read());
  return memory.answers.get(question) as T; // one question has one kind of answer
}
