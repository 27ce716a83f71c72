// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { prepareImport } from '../../../extension/storage/prepare-import.ts';
import { viewWhen } from '../../support/view-when.ts';
import { freshDatabase } from '../background/sealed-import.ts';
import { isAt, isPlanned, makeRoom } from './flow-room.ts';
import { bodiesOf, planOf, steps, toCheck, toPreview } from './small-file.ts';

describe('rows in review', () => {
  const SHARED = `First name,Last name,Email,Phone
Ann,Lee,ann@example.com,2025550123
Bob,Ray,bob@example.com,2025550123
Cid,May,cid@example.com,2025550123
`;

  test('are decided before the import one by one or all alike; the answer travels with the row, and so do its cells while it asks', async () => {
    const database = freshDatabase();
    const flow = await makeRoom(database).open();
    await toCheck(flow, SHARED);
    expect(planOf(flow)).toMatchObject({ willWrite: 1, summary: { decisions: { review: 2 } } });
    const { rows } = await flow.rows({ decisions: ['review'], offset: 0, limit: 10 });
    expect(rows[0]).toMatchObject({ line: 3, group: [{ line: 2, stored: true }, { line: 3 }, { line: 4 }] });
    await flow.repair({ kind: 'decide', lines: [3], as: 'create' });
    await viewWhen(flow, steps(1));
    expect(planOf(flow)).toMatchObject({ willWrite: 2, summary: { decisions: { review: 1 } } });
    await flow.repair({ kind: 'decide', lines: 'all', as: 'skip' });
    await viewWhen(flow, steps(2));
    expect(planOf(flow)).toMatchObject({ willWrite: 2, summary: { decisions: { review: 0, exclude: 1 } } });
    await flow.undoRepair();
    await viewWhen(flow, steps(1));
    await toPreview(flow);
    await flow.confirm();
    expect(JSON.parse((await bodiesOf(database))[0] ?? '')).toMatchObject({
      rows: [
        { decision: 'create' },
        { decision: 'create', answered: 'create' },
        { decision: 'review', raw: ['Cid', 'May', 'cid@example.com', '2025550123'] },
      ],
    });
    flow.close();
  });
});

describe('the workspace changed between the plan and the click', () => {
  test('nothing is written; what has become different is shown, and a second click imports that', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await toCheck(flow);
    await toPreview(flow);
    room.stored.add('ann@example.com');
    await flow.confirm();
    expect(flow.view().draft).toMatchObject({
      step: 'preview',
      plan: { willWrite: 1 },
      planChanged: {
        total: 1,
        counts: [{ from: 'create', to: 'duplicate', count: 1 }],
        rows: [{ line: 2, from: 'create', to: 'duplicate' }],
      },
    });
    expect([await database.imports.count(), await database.chunks.count()]).toEqual([0, 0]);
    await flow.confirm();
    await viewWhen(flow, isAt('importing'));
    expect(JSON.parse((await bodiesOf(database))[0] ?? '')).toMatchObject({ rows: [{ decision: 'duplicate' }, {}, {}, {}] });
    flow.close();
  });

  test('the new plan is kept: the background would make the very same chunks of it', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    let isFree = true;
    const flow = await room.open(undefined, { tryLock: async (_, work) => (isFree ? work() : null) });
    await toCheck(flow);
    await toPreview(flow);
    room.stored.add('ann@example.com');
    await flow.confirm();
    isFree = false;
    await flow.confirm();
    await prepareImport(database, (await database.imports.toArray())[0]?.id ?? '');
    expect(JSON.parse((await bodiesOf(database))[0] ?? '')).toMatchObject({ rows: [{ decision: 'duplicate' }, {}, {}, {}] });
    flow.close();
  });

  test('a value to be overwritten that somebody changed since is shown before anything is written', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    room.stored.add('ann@example.com');
    room.known.lead = { companyName: 'Acme' };
    const flow = await room.open();
    await toCheck(flow, 'First name,Last name,Email,Phone,Company\nAnn,Lee,ann@example.com,2025550123,NewCo\n');
    await flow.send({ kind: 'policyChanged', policy: { onDuplicate: 'overwrite', overwriteFields: ['companyName'] } });
    await viewWhen(flow, isPlanned);
    await toPreview(flow);
    Object.assign(room.known, { version: 2, lead: { companyName: 'By somebody else' } });
    await flow.confirm();
    expect(flow.view().draft).toMatchObject({
      step: 'preview',
      planChanged: { total: 1, counts: [{ from: 'update', to: 'update', values: true, count: 1 }] },
    });
    await flow.confirm();
    expect(JSON.parse((await bodiesOf(database))[0] ?? '')).toMatchObject({ rows: [{ decision: 'update', leadVersion: 2 }] });
    flow.close();
  });

  test('a change that makes nothing else of any row is no reason to stop', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await toCheck(flow);
    await toPreview(flow);
    room.stored.add('somebody@else.example');
    await flow.confirm();
    expect(flow.view().draft.step).toBe('importing');
    expect(await database.imports.toArray()).toMatchObject([{ stage: 'sealed' }]);
    flow.close();
  });

  test('a workspace that does not answer at the click holds nothing up', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await toCheck(flow);
    await toPreview(flow);
    room.state.isUp = false;
    await flow.confirm();
    expect(await database.imports.toArray()).toMatchObject([{ stage: 'sealed' }]);
    flow.close();
  });

  test('any change on the way takes the notice away', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await toCheck(flow);
    await toPreview(flow);
    room.stored.add('ann@example.com');
    await flow.confirm();
    await flow.repair({ kind: 'exclude', lines: [4] });
    await viewWhen(flow, steps(1));
    expect(flow.view().draft).not.toHaveProperty('planChanged');
    flow.close();
  });
});
