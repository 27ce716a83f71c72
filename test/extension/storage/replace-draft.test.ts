import { expect, test } from 'vitest';
import { openDatabase } from '../../../extension/storage/database.ts';
import { addDraft, changeDraftAndFile, readDrafts, readFile } from '../../../extension/storage/drafts.ts';

test('a new draft takes the place of another in one moment: a page opened next finds the new one alone, and no file', async () => {
  const database = openDatabase('replace-draft');
  await addDraft(database, { id: 'old', touchedAt: 1, state: { id: 'old', touchedAt: 1 } });
  const next = (state: { id: string; touchedAt: number }) => ({ ...state, touchedAt: 2 });
  await changeDraftAndFile(database, 'old', next, (state) => state.touchedAt, new Blob(['a']));
  await expect(addDraft(database, { id: 'old', touchedAt: 3, state: {} }, 'old')).rejects.toThrow();
  expect((await readDrafts(database)).map(({ id }) => id)).toEqual(['old']);
  await addDraft(database, { id: 'new', touchedAt: 3, state: {} }, 'old');
  expect((await readDrafts(database)).map(({ id }) => id)).toEqual(['new']);
  expect(await readFile(database, 'old')).toBeNull();
});
