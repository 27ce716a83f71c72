import { expect } from 'vitest';
import type { TestServer } from './start-server.ts';

/** "One body of each kind" of the contract, sent as they stand there. Ids and moments are all that may differ. */

export const ID = expect.stringMatching(/^[\w-]{8,64}$/);
export const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const ANN = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123', customFields: { Industry: 'Tech' } };

/** Status and body of an answer. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
export async function answered(answer: Response): Promise<[number, any]> {
  return [answer.status, await answer.json()];
}

/** The id of the list that leads go to when none is named. */
export async function defaultListOf(server: TestServer): Promise<string> {
  return (await (await server.ask('/api/lists')).json()).lists[0].id;
}
