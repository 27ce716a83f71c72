// @vitest-environment node
import { expect, test } from 'vitest';
import { takeUpClicks, writeClick } from '../../../extension/storage/clicks.ts';
import { freshDatabase, ORDER } from '../background/sealed-import.ts';

async function clicked(ids: readonly string[], seen = 5) {
  const database = freshDatabase();
  await database.drafts.add({ id: 'd1', touchedAt: 5, state: 'preview' });
  const after = { id: 'd1', touchedAt: 6, state: 'importing' };
  await Promise.all(ids.map((importId) => writeClick(database, { importId, order: ORDER, seen, after })));
  return database;
}

test('the click is written before anything is read: whoever comes later makes the import of it', async () => {
  const database = await clicked(['i1']);
  expect(await database.drafts.get('d1')).toMatchObject({ state: 'preview' });
  await takeUpClicks(database);
  await takeUpClicks(database);
  expect(await database.drafts.get('d1')).toMatchObject({ state: 'importing' });
  const records = await database.imports.toArray();
  expect(records).toMatchObject([{ id: 'i1', draft: 'd1', stage: 'planning', order: ORDER }]);
  expect(records[0]).not.toHaveProperty('click');
});

test('two clicks on one draft are one import', async () => {
  const database = await clicked(['i1', 'i2']);
  await takeUpClicks(database);
  expect(await database.imports.toArray()).toMatchObject([{ id: 'i1', stage: 'planning' }]);
});

test('a click on a draft that was changed in another page meanwhile imports nothing', async () => {
  const database = await clicked(['i1'], 4);
  await takeUpClicks(database);
  expect([await database.imports.count(), (await database.drafts.get('d1'))?.state]).toEqual([0, 'preview']);
});
