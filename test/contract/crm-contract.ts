import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAll, unwrap } from '../support/crm-answers.ts';
import { contractRecords, SKEW_MS } from './contract-records.ts';
import { optOutContract } from './crm-opt-outs-contract.ts';
import type { CrmWorld } from './crm-world.ts';
import { scopeContract } from './scope-contract.ts';

/** What every adapter keeps, on any account: only records called "Leadline test" are touched, and they are removed at the end. */
export function crmContract(name: string, makeWorld: () => Promise<CrmWorld>): void {
  // A real account answers slower than one of this machine, and what it has to show takes a minute.
  describe(`${name} keeps what the port promises`, { timeout: 600_000 }, () => {
    let world: CrmWorld;
    let keyField: 'there' | 'made' | 'not_allowed' = 'not_allowed';
    const records = contractRecords(() => world);
    const { add, change, email, emails, fields, keep, keyOf, made, person, read, readOne } = records;
    beforeAll(async () => {
      world = await makeWorld();
      keyField = unwrap(await world.crm.ensureKeyField(world.type));
    }, 60_000);
    afterAll(async () => {
      if (!world) return;
      try {
        await world.settle(); // a record of a lost answer may be found late
        const left = unwrap(await world.crm.findByEmail(world.type, emails, []));
        const archived = await world.crm.archiveRecords(world.type, [...new Set([...made, ...left.map(({ id }) => id)])]);
        expect(archived.filter(({ kind }) => kind === 'failed')).toEqual([]);
        expect(unwrap(await world.crm.findByEmail(world.type, emails, []))).toEqual([]);
        if (keyField === 'made') await world.removeKeyField?.();
      } finally {
        await world.end();
      }
    }, 600_000);
    const hasKey = () => keyField !== 'not_allowed';

    test('a record is saved as it was sent, and what is blank is absent', async () => {
      const { id, people } = await add(1, { [world.names.first]: 'Ann' });
      const record = await readOne(id);
      expect([record.type, record.id]).toEqual([world.type, id]);
      expect(record.values.get(world.names.first)).toBe('Ann');
      expect(record.values.get(world.names.email)).toBe(people[0]?.values.get(world.names.email));
      expect(record.values.has(world.names.phone)).toBe(false);
      expect(record.optOut.email).toBe(false);
      expect(record.modifiedAt).toBeGreaterThanOrEqual(record.createdAt);
    });

    test('one bad record never stops the others, and each has its answer in its place', async () => {
      const people = Array.from({ length: 7 }, (_, index) =>
        person(`bad-${index}`, index === 3 ? { [world.names.email]: 'no address' } : {}),
      );
      const answers = await world.crm.createRecords(world.type, people);
      keep(answers);
      expect(answers.map(({ opId }) => opId)).toEqual(people.map(({ opId }) => opId));
      expect(answers.map((answer) => (answer.kind === 'failed' ? answer.failure.kind : 'written'))).toEqual(
        people.map((_, index) => (index === 3 ? 'validation' : 'written')),
      );
    });

    test('more records than fit one call are all saved', async () => {
      const { ids } = await add(world.crm.traits.writeBatch + 3);
      expect(new Set(ids).size).toBe(world.crm.traits.writeBatch + 3);
      expect((await read(ids)).filter(({ kind }) => kind === 'found')).toHaveLength(ids.length);
    });

    test('a change touches only the fields it names, and an empty text clears', async () => {
      const { id } = await add(1, { [world.names.first]: 'Ann', [world.names.phone]: '+12025550123' });
      const [answer] = await change(id, { [world.names.first]: 'Anna', [world.names.phone]: '' });
      expect(answer?.kind).toBe('written');
      const record = await readOne(id);
      expect(record.values.get(world.names.first)).toBe('Anna');
      expect(record.values.has(world.names.phone)).toBe(false);
      expect(record.values.get(world.names.last)).toMatch(/^Leadline test/);
    });

    test('a field that is not there is said, and never taken for one that is blank', async () => {
      const { id } = await add();
      const asked = [...fields(), 'leadline_no_such_field'];
      const expected = { ok: false, error: { kind: 'schema_drift', field: 'leadline_no_such_field' } };
      expect(await world.crm.readRecords(world.type, [id], asked)).toMatchObject(expected);
      await expect(readAll((page) => world.crm.listRecords(world.type, { kind: 'all' }, asked, page))).rejects.toThrow('schema_drift');
    });

    test('nothing asked is nothing answered', async () => {
      const { crm, type } = world;
      expect([unwrap(await crm.readRecords(type, [], [])), unwrap(await crm.findByEmail(type, [], []))]).toEqual([[], []]);
      expect([await crm.createRecords(type, []), await crm.updateRecords(type, [])]).toEqual([[], []]);
    });

    test('a record is found by our key at once, and a second one of the same key is refused', async (t) => {
      if (!hasKey()) t.skip('no unique field here');
      const { people, id } = await add();
      const found = unwrap(await world.crm.findByKey(world.type, [people[0]?.key ?? '', keyOf('nobody')], fields()));
      expect(found.map(({ key, record }) => [key, record.id])).toEqual([[people[0]?.key, id]]);
      const twin = { ...person('twin'), key: people[0]?.key ?? '' };
      const [answer] = await world.crm.createRecords(world.type, [twin]);
      if (answer) keep([answer]);
      expect(answer).toMatchObject({ kind: 'failed', failure: { kind: 'duplicate' } });
    });

    test('a record is found by its email, however it is written', async () => {
      const { people, id } = await add();
      const address = people[0]?.values.get(world.names.email) ?? '';
      const found = unwrap(await world.crm.findByEmail(world.type, [address.toUpperCase(), email('nobody')], fields()));
      expect(found.map((record) => record.id)).toEqual([id]);
    });

    test('each id asked for is answered: found, in the recycle bin, or gone for good where that is sure', async (t) => {
      const { ids } = await add(3);
      const [there = '', archived = '', purged = ''] = ids;
      await world.people.archive(archived);
      if (world.people.purge) await world.people.purge(purged);
      else t.annotate('nothing can be purged here');
      const answers = await read([there, archived, purged, there]);
      expect(answers.map(({ asked }) => asked)).toEqual([there, archived, purged, there]);
      expect(answers.map((one) => (one.kind === 'gone' ? one.why : one.kind))).toEqual([
        'found',
        'archived',
        world.people.purge ? world.people.purgedAs : 'found',
        'found',
      ]);
      expect((await change(archived, { [world.names.first]: 'Late' }))[0]).toMatchObject({ kind: 'failed', failure: { kind: 'gone' } });
    });

    test('a record that was merged away is answered by the survivor', async (t) => {
      const { merge } = world.people;
      if (!merge) return t.skip('nothing can be merged here');
      const { ids } = await add(2);
      const [winner = '', loser = ''] = ids;
      const survivor = await merge(winner, loser);
      made.push(survivor);
      const answers = await read([winner, loser]);
      expect(answers.map((one) => (one.kind === 'found' ? one.record.id : one.kind))).toEqual([survivor, survivor]);
    });

    test('what changed in a window is found, once time has gone by; what did not is not, nor what was archived', async () => {
      const { ids } = await add(4);
      const [edited = '', untouched = '', archived = '', twice = ''] = ids;
      await world.settle();
      const from = world.now() - SKEW_MS;
      await world.people.edit(edited, { [world.names.first]: 'Edited' });
      await world.people.edit(twice, { [world.names.first]: 'One' });
      await world.people.edit(twice, { [world.names.first]: 'Two' });
      await world.people.edit(archived, { [world.names.first]: 'Gone' });
      await world.people.archive(archived);
      const to = world.now() + SKEW_MS;
      await world.settle();
      const ask = (page: string | null) => world.crm.listChanged(world.type, { kind: 'all' }, { from, to }, page);
      const changed = new Set(await readAll(ask));
      expect([edited, twice].filter((id) => !changed.has(id))).toEqual([]);
      expect([untouched, archived].filter((id) => changed.has(id))).toEqual([]);
      const empty = await readAll((page) =>
        world.crm.listChanged(world.type, { kind: 'all' }, { from: from - 2_000, to: from - 1_000 }, page),
      );
      expect(empty.filter((id) => id === edited)).toEqual([]);
    });

    test('a change is seen within the time that the adapter tells', async () => {
      const { crm, type, lags } = world;
      const { id } = await add();
      await world.settle();
      const from = world.now() - SKEW_MS;
      await world.people.edit(id, { [world.names.first]: 'Edited' });
      const to = world.now() + SKEW_MS;
      const isSeen = async () => (await readAll((page) => crm.listChanged(type, { kind: 'all' }, { from, to }, page))).includes(id);
      const step = crm.traits.indexLagMs / 12;
      let lag = 0;
      for (; lag < crm.traits.indexLagMs && !(await isSeen()); lag += step) await world.settle(step);
      expect(await isSeen()).toBe(true);
      lags?.push(lag);
    });

    test('the list of all has every live record, with its values, and none from the bin', async () => {
      const { ids } = await add(3);
      const [archived = '', ...live] = ids;
      await world.people.archive(archived);
      const records = await readAll((page) => world.crm.listRecords(world.type, { kind: 'all' }, fields(), page));
      const found = new Map(records.map((record) => [record.id, record]));
      expect(live.map((id) => found.get(id)?.values.get(world.names.last)?.slice(0, 13))).toEqual(live.map(() => 'Leadline test'));
      expect(found.has(archived)).toBe(false);
    });

    scopeContract(records, () => world);

    test('history tells earlier values, newest first, and which were ours', async (t) => {
      if (!world.crm.traits.hasHistory) return t.skip('this CRM tells no history');
      const { id } = await add(1, { [world.names.first]: 'An' });
      await world.people.edit(id, { [world.names.first]: 'Ann' });
      await change(id, { [world.names.first]: 'Anna' });
      const [history] = unwrap(await world.crm.readHistory(world.type, [id], [world.names.first]));
      expect(history?.entries.map(({ value }) => value)).toEqual(['Anna', 'Ann', 'An']);
      expect(history?.entries[0]?.isOurs).toBe(true);
    });

    optOutContract(() => world, records);

    test('what hangs on a record is found by it and read by its id; what is in the bin is not read', async (t) => {
      const { crm, type, people } = world;
      if (!people.hang) return t.skip('nothing can be hung on a record here');
      const [ann = '', bea = ''] = (await add(2)).ids;
      const of = (...ids: readonly string[]) => ids.map((id) => ({ type, id }));
      for (const kind of crm.traits.sideKinds) {
        expect(unwrap(await crm.findSideItems(kind, of(ann, bea)))).toEqual([]);
        expect([unwrap(await crm.findSideItems(kind, [])), unwrap(await crm.readSideItems(kind, []))]).toEqual([[], []]);
        expect(unwrap(await crm.readSideItems(kind, [ann]))).toEqual([]);
        expect(unwrap(await crm.sideLabelsMark(kind))).toBe(unwrap(await crm.sideLabelsMark(kind)));
      }
      const { kind, id, drop } = people.hang(ann);
      expect(unwrap(await crm.findSideItems(kind, of(bea, ann)))).toEqual([id]);
      expect(unwrap(await crm.findSideItems(kind, of(bea)))).toEqual([]);
      expect(unwrap(await crm.readSideItems(kind, [id]))).toMatchObject([{ kind, id, of: of(ann), isGone: false }]);
      drop();
      expect(unwrap(await crm.readSideItems(kind, [id]))).toEqual([]);
    });

    test('fields are told once each, with a label, and the ones we use can be written', async () => {
      const told = unwrap(await world.crm.describe(world.type));
      expect(new Set(told.map(({ name: one }) => one)).size).toBe(told.length);
      expect(told.filter(({ label }) => label.trim() === '')).toEqual([]);
      const names = new Map(told.map((field) => [field.name, field]));
      expect(fields().map((one) => names.get(one)?.isReadOnly)).toEqual(fields().map(() => false));
      expect([names.get(world.names.email)?.valueType, names.get(world.names.phone)?.valueType]).toEqual(['email', 'phone']);
    });

    test('making our unique field a second time changes nothing', async () => {
      expect(unwrap(await world.crm.ensureKeyField(world.type))).toBe(hasKey() ? 'there' : 'not_allowed');
    });

    test.each(['loseReply', 'drop'] as const)('a write without an answer is never sent again from inside (%s)', async (fault) => {
      const plan = world[fault];
      if (!plan) return;
      const { id } = await add();
      plan();
      const one = person(`lost-${fault}`);
      const answers = await world.crm.createRecords(world.type, [one]);
      expect(answers).toMatchObject([{ kind: 'failed', opId: one.opId, failure: { kind: 'ambiguous' } }]);
      const found = hasKey() ? unwrap(await world.crm.findByKey(world.type, [one.key], [])) : [];
      made.push(...found.map(({ record }) => record.id));
      if (hasKey()) expect(found).toHaveLength(fault === 'loseReply' ? 1 : 0);
      plan();
      expect((await change(id, { [world.names.first]: 'Lost' }))[0]).toMatchObject({ kind: 'failed', failure: { kind: 'ambiguous' } });
      expect((await readOne(id)).values.has(world.names.first)).toBe(fault === 'loseReply');
    });

    test('a token that ran out is replaced without anybody noticing', async (t) => {
      if (!world.expire) return t.skip('tokens cannot be ended here');
      const { id } = await add();
      world.expire();
      expect((await readOne(id)).id).toBe(id);
    });

    test('calls are counted', async () => {
      const before = world.crm.usage().calls;
      unwrap(await world.crm.findByEmail(world.type, [email('nobody')], []));
      expect(world.crm.usage().calls).toBeGreaterThan(before);
    });
  });
}
