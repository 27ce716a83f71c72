// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { pushOutbox } from '../../../extension/background/push-outbox.ts';
import type { ImportFlow } from '../../../extension/flow/import-flow.ts';
import { prepareImport } from '../../../extension/storage/prepare-import.ts';
import { viewWhen } from '../../support/view-when.ts';
import { freshDatabase } from '../background/sealed-import.ts';
import { isAt, isPlanned, isRead, makeRoom } from './flow-room.ts';

const FILE = `First name,Last name,Email,Phone,Do not contact
Ann,Lee,ann@example.com,2025550123,
Bob,Ray,bob@example.com,2025550124,Yes
Cid,,cid@example.com,2025550125,TRUE
Bobby,Ray,bob@example.com,2025550126,no
`;

/** Ann and Bob share a switchboard. */
const CRM_FILE = `First name,Last name,Email,Phone,HasOptedOutOfEmail,DoNotCall,Opt in
Ann,Lee,ann@example.com,2025550123,false,false,yes
Bob,Ray,bob@example.com,2025550123,true,0,
Cid,Low,cid@example.com,2025550125,false,1,
Dot,Ames,dot@example.com,2025550126,2024-05-01,yes,
Eve,Poe,eve@example.com,2025550127,,,no
`;

async function toPreview(flow: ImportFlow, text = FILE): Promise<void> {
  await viewWhen(flow, (view) => view.server.kind === 'ready');
  await flow.chooseFile(new File([text], 'leads.csv'));
  await viewWhen(flow, isRead);
  await flow.send({ kind: 'wentTo', step: 'map' });
  await flow.send({ kind: 'wentTo', step: 'check' });
  await viewWhen(flow, isPlanned);
  await flow.send({ kind: 'wentTo', step: 'preview' });
}
const reason = 'Opt-out column Do not contact of leads.csv';

describe('a column says who wants no contact', () => {
  test('its people are not written, nor other rows of theirs, and are on the list before the first row is sent', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await toPreview(flow);
    expect(flow.view().draft).toMatchObject({
      plan: {
        willWrite: 1,
        summary: { decisions: { create: 1, suppress: 2, reject: 1 } },
        optOuts: [{ column: 4, header: 'Do not contact', count: 2, kinds: ['email', 'phone'], on: true }],
      },
    });
    await flow.confirm();
    await pushOutbox(room.push());
    await viewWhen(flow, isAt('receipt'));
    expect(room.optOuts).toEqual([
      {
        entries: [
          { kind: 'email', value: 'bob@example.com', reason },
          { kind: 'phone', value: '+12025550124', reason },
          { kind: 'email', value: 'cid@example.com', reason },
          { kind: 'phone', value: '+12025550125', reason },
        ],
        onInvalid: 'skip',
        source: 'column',
      },
    ]);
    const [list, chunk] = [
      room.server.requests.indexOf('POST /api/suppressions'),
      room.server.requests.findIndex((one) => one.includes('/chunks/')),
    ];
    expect(list).toBeGreaterThan(-1);
    expect(list).toBeLessThan(chunk);
    flow.close();
  });

  test('the person can say no: then they are rows like any other, and nobody is put on the list', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await toPreview(flow);
    await flow.send({ kind: 'optOutsChosen', column: 4, on: false });
    await viewWhen(flow, isPlanned);
    expect(flow.view().draft).toMatchObject({ plan: { willWrite: 2, summary: { suppressed: 0 }, optOuts: [{ count: 2, on: false }] } });
    await flow.confirm();
    await pushOutbox(room.push());
    await viewWhen(flow, isAt('receipt'));
    expect(room.optOuts).toEqual([]);
    flow.close();
  });

  test('mending a cell takes no opt-out back, and a mended address is shut out like the one that was read', async () => {
    const bodies: unknown[] = [];
    for (const dies of [false, true]) {
      const database = freshDatabase();
      const room = makeRoom(database);
      const flow = await room.open(undefined, dies ? { tryLock: async () => null } : {});
      await toPreview(flow);
      await flow.repair({ kind: 'edit', line: 3, column: 4, value: 'no' });
      await flow.repair({ kind: 'edit', line: 3, column: 2, value: 'robert@example.com' });
      await flow.repair({ kind: 'edit', line: 2, column: 4, value: 'x' });
      await viewWhen(
        flow,
        (view) => isPlanned(view) && 'plan' in view.draft && view.draft.plan?.repair.steps === 3 && view.draft.plan.unasked === 0,
      );
      expect(flow.view().draft).toMatchObject({ plan: { willWrite: 0, summary: { decisions: { suppress: 3, reject: 1 } } } });
      // With nothing to write there is nothing to click on: one row is taken in.
      await flow.repair({ kind: 'edit', line: 5, column: 2, value: 'new@example.com' });
      await viewWhen(
        flow,
        (view) => isPlanned(view) && 'plan' in view.draft && view.draft.plan?.willWrite === 1 && view.draft.plan.unasked === 0,
      );
      await flow.confirm();
      if (dies) await prepareImport(database, (await database.imports.toArray())[0]?.id ?? '');
      const [record] = await database.imports.toArray();
      const [chunk] = await database.chunks.toArray();
      bodies.push([...(record?.optOuts ?? []), chunk?.body].map((body) => new TextDecoder().decode(body)));
      flow.close();
    }
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[0]).toEqual([expect.stringContaining('"robert@example.com"'), expect.stringContaining('"suppress"')]);
    expect(bodies[0]).toEqual([expect.stringContaining('"ann@example.com"'), expect.not.stringContaining('robert@example.com')]);
  });

  test('each of several columns counts by itself: emails by the one, phones by the other, a shared switchboard by neither', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await toPreview(flow, CRM_FILE);
    expect(flow.view().draft).toMatchObject({
      plan: {
        willWrite: 2,
        summary: { decisions: { create: 2, suppress: 3, reject: 0 } },
        optOuts: [
          { header: 'HasOptedOutOfEmail', count: 2, kinds: ['email'], on: true },
          { header: 'DoNotCall', count: 2, kinds: ['phone'], on: true },
          { header: 'Opt in', count: 1, says: 'no', on: false },
        ],
      },
    });
    await flow.send({ kind: 'optOutsChosen', column: 6, on: true });
    await viewWhen(flow, isPlanned);
    expect(flow.view().draft).toMatchObject({ plan: { willWrite: 1, summary: { decisions: { suppress: 4 } } } });
    await flow.send({ kind: 'optOutsChosen', column: 6, on: false });
    await viewWhen(flow, isPlanned);
    await flow.confirm();
    await pushOutbox(room.push());
    await viewWhen(flow, isAt('receipt'));
    const entries = room.optOuts.flatMap((body) => body.entries);
    expect(entries.map(({ value, reason: why }) => `${value} ${why?.split(' ')[2]}`)).toEqual([
      'bob@example.com HasOptedOutOfEmail',
      '+12025550125 DoNotCall',
      'dot@example.com HasOptedOutOfEmail',
      '+12025550126 DoNotCall',
    ]);
    flow.close();
  });

  test('a draft whose plan an older version made still opens: the plan is made again, with every column', async () => {
    const database = freshDatabase();
    const before = await makeRoom(database).open();
    await toPreview(before, CRM_FILE);
    before.close();
    await database.drafts.toCollection().modify((record) => {
      const state = record.state as { plan: { optOuts: unknown }; ignoresOptOuts?: boolean };
      state.plan = { ...state.plan, optOuts: { column: 4, header: 'HasOptedOutOfEmail', count: 2, on: false } };
      state.ignoresOptOuts = true;
    });
    const flow = await makeRoom(database).open();
    await viewWhen(flow, isPlanned);
    expect(flow.view().draft).toMatchObject({
      step: 'preview',
      plan: { willWrite: 2, optOuts: [{ on: true }, { on: true }, { on: false }] },
    });
    flow.close();
  });
});
