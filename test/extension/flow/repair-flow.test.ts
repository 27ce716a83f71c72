// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import type { MappingTarget } from '#shared/mapping/mapping.ts';
import { prepareImport } from '../../../extension/storage/prepare-import.ts';
import { viewWhen } from '../../support/view-when.ts';
import { freshDatabase } from '../background/sealed-import.ts';
import { isRead, makeRoom } from './flow-room.ts';
import { bodiesOf, mappingOf, planOf, steps, toCheck, toPreview } from './small-file.ts';

const MEND_BOB = { kind: 'edit', line: 3, column: 2, value: 'bob@example.com' } as const;

describe('a row is mended', () => {
  test('the number on the button follows each step, back and forth', async () => {
    const flow = await makeRoom(freshDatabase()).open();
    await toCheck(flow);
    expect(planOf(flow)).toMatchObject({ willWrite: 2, repair: { canUndo: false, canRedo: false, steps: 0 } });
    await flow.repair(MEND_BOB);
    await viewWhen(flow, steps(1));
    expect(planOf(flow)).toMatchObject({ willWrite: 3, repair: { canUndo: true, canRedo: false, steps: 1 } });
    await flow.undoRepair();
    await viewWhen(flow, steps(0));
    expect(planOf(flow)).toMatchObject({ willWrite: 2, repair: { canUndo: false, canRedo: true, steps: 0 } });
    await flow.redoRepair();
    await viewWhen(flow, steps(1));
    expect(planOf(flow)?.willWrite).toBe(3);
    flow.close();
  });

  test('only what was typed is asked about, and who has it is known at once', async () => {
    const room = makeRoom(freshDatabase());
    room.stored.add('bob@example.com');
    const flow = await room.open();
    await toCheck(flow);
    expect(room.askedEmails).toEqual([['ann@example.com', 'cid@example.com']]);
    await flow.repair(MEND_BOB);
    await viewWhen(flow, (view) => steps(1)(view) && planOf(flow)?.summary.decisions.duplicate === 2);
    expect(room.askedEmails.slice(1)).toEqual([['bob@example.com']]);
    await flow.repair({ kind: 'edit', line: 2, column: 0, value: 'Anna' });
    await viewWhen(flow, steps(2));
    expect(room.askedEmails).toHaveLength(2);
    flow.close();
  });

  test('an answer that comes after the mapping was changed is not kept in the place of the newer one', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await toCheck(flow);
    let answer = () => {};
    room.state.pause = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await flow.repair(MEND_BOB);
    await vi.waitUntil(() => room.askedEmails.length === 2);
    const late = room.state.pause;
    room.state.pause = null;
    await flow.send({ kind: 'policyChanged', policy: { require: 'reachable' } });
    await viewWhen(flow, steps(1));
    const kept = await database.known.toArray();
    answer();
    await late;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await database.known.toArray()).toEqual(kept);
    flow.close();
  });

  test('closing the page loses no step, and the workspace is not asked twice for what is kept', async () => {
    const room = makeRoom(freshDatabase());
    const first = await room.open();
    await toCheck(first);
    await first.repair(MEND_BOB);
    await viewWhen(first, steps(1));
    const asked = room.askedEmails.length;
    first.close();
    const flow = await room.open();
    await viewWhen(flow, steps(1));
    const { rows } = await flow.rows({ changed: true, offset: 0, limit: 10 });
    expect(rows).toMatchObject([{ line: 3, decision: 'create', changedColumns: [2], original: ['Bob', 'Ray', 'bob@', '2025550124'] }]);
    expect(await flow.cell(3, 2)).toBe('bob@example.com');
    await flow.repair({ kind: 'edit', line: 2, column: 0, value: 'Anna' });
    await viewWhen(flow, steps(2));
    expect(planOf(flow)).toMatchObject({ willWrite: 3, matched: true });
    expect(room.askedEmails).toHaveLength(asked);
    flow.close();
  });

  test('another mapping keeps the steps; the file read in another way sets them aside until it is read as before', async () => {
    const flow = await makeRoom(freshDatabase()).open();
    await toCheck(flow);
    await flow.repair(MEND_BOB);
    await flow.send({ kind: 'wentTo', step: 'map' });
    await flow.send({ kind: 'mappingChanged', mapping: [...mappingOf(flow), { column: 1, field: 'notes' }] });
    await flow.send({ kind: 'wentTo', step: 'check' });
    await viewWhen(flow, steps(1));
    await flow.send({ kind: 'wentTo', step: 'read' });
    const { draft } = flow.view();
    const before = draft.step === 'read' ? draft.read : {};
    await flow.send({ kind: 'readOptionsChosen', options: { ...before, headerRow: 2 } });
    await viewWhen(flow, isRead);
    expect(flow.view().draft).toMatchObject({ setAside: { repair: { steps: [MEND_BOB] } } });
    expect(flow.view().draft).not.toHaveProperty('repair');
    await flow.send({ kind: 'readOptionsChosen', options: before });
    await viewWhen(flow, isRead);
    expect(flow.view().draft).toMatchObject({ repair: { steps: [MEND_BOB], done: 1 } });
    expect(flow.view().draft).not.toHaveProperty('setAside');
    flow.close();
  });

  test('the page dies after the click: the background makes the very same chunks', async () => {
    const bodies: (readonly string[])[] = [];
    for (const dies of [false, true]) {
      const database = freshDatabase();
      const room = makeRoom(database);
      room.stored.add('bob@example.com');
      const flow = await room.open(undefined, dies ? { tryLock: async () => null } : {});
      await toCheck(flow);
      await flow.repair(MEND_BOB);
      await flow.repair({ kind: 'exclude', lines: [2] });
      await viewWhen(flow, steps(2));
      await toPreview(flow);
      await flow.confirm();
      if (dies) await prepareImport(database, (await database.imports.toArray())[0]?.id ?? '');
      bodies.push(await bodiesOf(database));
      flow.close();
    }
    expect(bodies[1]).toEqual(bodies[0]);
    expect(JSON.parse(bodies[0]?.[0] ?? '')).toMatchObject({
      rows: [
        { decision: 'exclude' },
        { decision: 'duplicate', leadId: 'bob@example.com' },
        { decision: 'create' },
        { decision: 'duplicate' },
      ],
    });
  });

  test('a second change of the map within one frame does not take the first one back', async () => {
    const flow = await makeRoom(freshDatabase()).open();
    await toCheck(flow);
    await flow.send({ kind: 'wentTo', step: 'map' });
    const from = mappingOf(flow);
    const to = (at: number, field: MappingTarget) => from.map((entry, index) => (index === at ? { column: at, field } : entry));
    await Promise.all([
      flow.send({ kind: 'mappingChanged', from, mapping: to(0, 'notes') }),
      flow.send({ kind: 'mappingChanged', from, mapping: [...to(1, 'jobTitle'), { field: 'tags', value: 'fair' }] }),
    ]);
    expect(mappingOf(flow).map(({ field }) => field)).toEqual(['notes', 'jobTitle', 'email', 'phone', 'tags']);
    flow.close();
  });

  test('values of a choice field and of the owner that nobody has are listed once, with their counts', async () => {
    const room = makeRoom(freshDatabase());
    room.customFields.push({ id: 'c2', label: 'Stage', type: 'choice', choices: ['New', 'Won'] });
    const flow = await room.open();
    await toCheck(
      flow,
      'First name,Last name,Email,Phone,Stage,Owner email\nA,B,a@b.co,2025550123,new,x@y.co\nC,D,c@d.co,2025550124,Won,ann@acme.example\n',
    );
    expect(await flow.unknownValues()).toEqual([
      { column: 4, kind: 'choice', label: 'Stage', known: ['New', 'Won'], values: [{ value: 'new', count: 1, suggestion: 'New' }] },
      { column: 5, kind: 'owner', label: 'Owner email', known: ['ann@acme.example'], values: [{ value: 'x@y.co', count: 1 }] },
    ]);
    flow.close();
  });
});
