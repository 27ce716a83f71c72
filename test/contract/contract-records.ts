import { randomBytes } from 'node:crypto';
import type { WriteAnswer } from '../../server/crm/adapter.ts';
import { unwrap, valuesOf } from '../support/crm-answers.ts';
import type { CrmWorld, Values } from './crm-world.ts';

/** A CRM's clock and this machine's may differ by so much. */
export const SKEW_MS = 3_000;

/** The records of one run of the contract: each is called "Leadline test", under names that no other run has. */
export function contractRecords(world: () => CrmWorld) {
  const run = randomBytes(4).toString('hex');
  let count = 0;
  const made: string[] = [];
  /** Of every record that was ever sent, whatever became of the answer. */
  const emails: string[] = [];
  const email = (id: string) => `leadline-test-${run}-${id}@example.com`;
  const keyOf = (id: string) => `leadline-test-${run}-${id}`;
  const person = (id: string, more: Values = {}) => {
    const { names, needed } = world();
    emails.push(email(id));
    const values = valuesOf({ ...needed, [names.last]: `Leadline test ${id}`, [names.email]: email(id), ...more });
    return { opId: `op-${run}-${id}`, key: keyOf(id), values };
  };
  const keep = (answers: readonly WriteAnswer[]) => {
    made.push(...answers.flatMap((answer) => (answer.kind === 'written' ? [answer.id] : [])));
  };
  /** New records under fresh names; gives their ids. */
  const add = async (howMany = 1, more: Values = {}) => {
    const people = Array.from({ length: howMany }, () => person(String(++count), more));
    const answers = await world().crm.createRecords(world().type, people);
    keep(answers);
    const ids = answers.map((answer) => {
      if (answer.kind === 'failed') throw new Error(JSON.stringify(answer.failure));
      return answer.id;
    });
    return { ids, people, id: ids[0] ?? '' };
  };
  const fields = () => Object.values(world().names);
  const read = async (ids: readonly string[]) => unwrap(await world().crm.readRecords(world().type, ids, fields()));
  const readOne = async (id: string) => {
    const [answer] = await read([id]);
    if (answer?.kind !== 'found') throw new Error(`${id} is ${JSON.stringify(answer)}`);
    return answer.record;
  };
  const change = (id: string, values: Values) =>
    world().crm.updateRecords(world().type, [{ opId: `op-${id}`, id, values: valuesOf(values) }]);
  return { run, made, emails, email, keyOf, person, keep, add, fields, read, readOne, change };
}
