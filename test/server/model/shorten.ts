import type { Command, Story } from './words.ts';

/** The same story with as little as still goes wrong: whatever can be left out is, one thing after the other. */
export async function shorten(story: Story, goesWrong: (story: Story) => Promise<boolean>): Promise<Story> {
  for (const shorter of shorterOnes(story)) if (await goesWrong(shorter)) return await shorten(shorter, goesWrong);
  return story;
}

function* shorterOnes(story: Story): Generator<Story, void> {
  for (const at of story.keys()) yield story.toSpliced(at, 1);
  for (const [at, command] of story.entries()) for (const simpler of simplerOnes(command)) yield story.with(at, simpler);
}

/** An import with a row or a value less, with the plainest policy, or sent in the plainest way. */
function* simplerOnes(command: Command): Generator<Command, void> {
  if (command.kind !== 'import') return;
  const { people, policy, answer, ...rest } = command;
  const said = answer === undefined ? {} : { answer };
  for (const at of people.keys()) yield { ...rest, ...said, policy, people: people.toSpliced(at, 1) };
  for (const [at, person] of people.entries())
    for (const field of Object.keys(person).filter((name) => !name.endsWith('Name') || name === 'companyName')) {
      const fewer = Object.fromEntries(Object.entries(person).filter(([name]) => name !== field));
      const alternate = field === 'email' ? 'altEmail1' : 'altPhone1';
      if ((field === 'email' || field === 'phone') && alternate in fewer) continue; // an alternate beside nothing would be moved
      yield { ...rest, ...said, policy, people: people.with(at, fewer) };
    }
  if (answer !== undefined) yield { ...rest, policy, people };
  if (policy.onDuplicate !== 'skip') yield { ...command, policy: { ...policy, onDuplicate: 'skip' } };
  if (policy.scope !== 'list') yield { ...command, policy: { ...policy, scope: 'list' } };
  if (command.how === 'api' || command.how === 'plan') yield { ...command, how: 'rows' };
  if (command.list !== 0) yield { ...command, list: 0 };
}
