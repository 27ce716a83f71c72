/** What is left of a stored answer when a lead it tells of is deleted, or when its time is over: counts and ids of no person. */

const PLAIN = new Set(['message', 'listId', 'importId', 'state']);

/** Keeps numbers, truth values and a few known texts; lists become empty and everything else null. Takes and gives JSON text. */
export function reduceAnswer(body: string): string {
  const value: unknown = JSON.parse(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'null';
  const kept = Object.entries(value).map(([key, entry]) => [key, reduce(key, entry)] as const);
  return JSON.stringify(Object.fromEntries(kept)); // keys are those of our own answers, never a user's text
}

function reduce(key: string, entry: unknown): unknown {
  if (typeof entry === 'number' || typeof entry === 'boolean') return entry;
  if (Array.isArray(entry)) return [];
  return typeof entry === 'string' && PLAIN.has(key) ? entry : null;
}
