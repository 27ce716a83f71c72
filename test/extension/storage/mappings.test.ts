// @vitest-environment node
import { expect, test } from 'vitest';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { recallMapping, rememberMapping } from '../../../extension/storage/mappings.ts';
import { freshDatabase } from '../background/sealed-import.ts';

const EMAIL: Mapping = [{ column: 0, field: 'email' }];

test('a mapping is remembered whole, with fixed values, labels, types and the order of dates', async () => {
  const database = freshDatabase();
  const mapping: Mapping = [
    { column: 0, field: 'email' },
    { column: 1, field: 'custom', label: 'Met on', type: 'date', dateOrder: 'dmy' },
    { field: 'tags', value: 'fair' },
  ];
  await rememberMapping(database, ['Mail', 'Date'], mapping, 7);
  expect(await recallMapping(database, ['MAIL', 'date'])).toMatchObject({ headers: ['Mail', 'Date'], mapping, usedAt: 7 });
  expect(await recallMapping(database, ['Date', 'Mail'])).toBeNull();
});

test('the last one counts, and of 201 kinds of files the least used goes', async () => {
  const database = freshDatabase();
  for (let at = 0; at < 201; at++) await rememberMapping(database, [`Header ${at}`], [{ column: at, field: 'email' }], at);
  await rememberMapping(database, ['Header 200'], EMAIL, 300);
  expect(await recallMapping(database, ['Header 0'])).toBeNull();
  expect((await recallMapping(database, ['Header 200']))?.mapping).toEqual(EMAIL);
});

test('files without headers are not taken for one another', async () => {
  const database = freshDatabase();
  await rememberMapping(database, [], EMAIL, 1);
  await rememberMapping(database, ['', ''], EMAIL, 1);
  expect([await recallMapping(database, []), await database.mappings.count()]).toEqual([null, 0]);
});

test('two layouts that meet under one signature are told apart by their headers', async () => {
  const database = freshDatabase();
  await rememberMapping(database, ['Mail'], EMAIL, 1);
  await database.mappings.toCollection().modify({ headers: ['Post'] });
  expect(await recallMapping(database, ['Mail'])).toBeNull();
});

test('what an older version kept under the signature alone still counts', async () => {
  const database = freshDatabase();
  await rememberMapping(database, ['Mail'], EMAIL, 1);
  await database.mappings.toCollection().modify((record) => {
    delete (record as { headers?: unknown }).headers; // as it was stored then
  });
  expect(await recallMapping(database, ['Mail'])).toMatchObject({ mapping: EMAIL });
});
