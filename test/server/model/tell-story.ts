import { expect } from 'vitest';
import { BY_HAND } from './change-by-hand.ts';
import { expectSame, expectSameImport, expectSameKeys, readStored, type Stored } from './compare-worlds.ts';
import type { ModelStore } from './open-model-store.ts';
import { playDecide, playUndo } from './play-closed.ts';
import { playAgain, playImport } from './play-import.ts';
import type { Play, Stage } from './stage.ts';
import { type Command, LISTS, type Story } from './words.ts';

/** Tells a story to the server and to the model and compares them after every command. */
export async function tell(story: Story, store: ModelStore): Promise<void> {
  const server = store.newServer();
  const stage: Stage = { server, store, leads: [], entries: [], lists: [], told: [], chapters: new Map(), untouched: [], listCount: 1 };
  const [first] = (await readStored(server)).lists;
  stage.lists.push({ at: 0, id: first?.id ?? '', name: LISTS[0] });
  let before = await readStored(server);
  for (const command of story) {
    await COMMANDS[command.kind](stage, command as never, before); // the table has each kind's own function
    const now = await readStored(stage.server);
    expectSame(stage, now);
    if (command.kind === 'import' || command.kind === 'again') expectNoBlankOverValue(before, now);
    if (!UNDISTURBING.has(command.kind)) stage.untouched = [];
    before = now;
  }
  for (const told of stage.told) await expectSameImport(stage, told);
  await expectSameKeys(stage);
}

const UNDISTURBING: ReadonlySet<Command['kind']> = new Set<Command['kind']>(['import', 'again', 'undo', 'restart']);
const COMMANDS: { readonly [K in Command['kind']]: Play<K> } = {
  ...BY_HAND,
  import: playImport,
  again: playAgain,
  undo: playUndo,
  decide: playDecide,
  restart: async (stage) => {
    stage.server = await stage.store.restart(stage.server);
  },
};

/** Never a blank over a value, whatever is imported. */
function expectNoBlankOverValue(before: Stored, now: Stored): void {
  for (const old of before.leads) {
    const lead = now.leads.find(({ id }) => id === old.id);
    for (const field of Object.keys(old.values)) expect(Object.keys(lead?.values ?? {}), 'a value that was there').toContain(field);
  }
}
