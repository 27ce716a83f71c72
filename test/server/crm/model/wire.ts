import type { Seen } from './remote-records.ts';
import { CRASH } from './stage.ts';

/** Answers a request; null where the connection broke. */
export type Answer = (request: Request, path: string, body: string) => Promise<Response | null>;

/** The same with what a story has happen around each request. A process that died hears nothing any more. */
export function onWire(seen: Seen, answer: Answer): Answer {
  return async (...asked) => {
    try {
      await seen.around?.before('request');
      const told = await answer(...asked);
      await seen.around?.after('request');
      return told;
    } catch (exception) {
      if (exception !== CRASH) seen.bug ??= exception;
      return null;
    }
  };
}
