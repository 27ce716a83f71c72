// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { pushOutbox } from '../../../extension/background/push-outbox.ts';
import type { ImportFlow } from '../../../extension/flow/import-flow.ts';
import { viewWhen } from '../../support/view-when.ts';
import { freshDatabase } from '../background/sealed-import.ts';
import { isAt, isPlanned, isRead, makeRoom, toPreview } from './flow-room.ts';

describe('a list that was made since the page opened', () => {
  const made = { id: 'l2', name: 'Sample', leadCount: 48, isDefault: false, createdAt: '2026-01-02T00:00:00Z' };
  const nameOfList = (flow: ImportFlow) => {
    const { draft } = flow.view();
    return draft.step === 'source' ? '' : draft.list.name;
  };

  test('the same file twice in one page: the second time the button says that nothing is new', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await viewWhen(flow, (view) => view.server.kind === 'ready');
    await toPreview(flow);
    expect(flow.view().draft).toMatchObject({ plan: { willWrite: 48 } });
    await flow.confirm();
    room.lists.push({ ...made, name: nameOfList(flow) });
    await pushOutbox(room.push());
    await viewWhen(flow, isAt('receipt'));
    await viewWhen(flow, (view) => view.server.kind === 'ready' && view.server.lists.length === 2);
    await flow.startOver();
    await toPreview(flow);
    expect(room.askedFor).toEqual([null, null, 'l2']);
    expect(flow.view().draft).toMatchObject({ plan: { willWrite: 0 } });
    flow.close();
  });

  test('by somebody else: the plan asks for the lists as they are now, whatever the case of the name', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await viewWhen(flow, (view) => view.server.kind === 'ready');
    await flow.chooseSample();
    await viewWhen(flow, isRead);
    room.lists.push({ ...made, name: 'SPRING  Fair' });
    await flow.send({ kind: 'listChosen', list: { kind: 'new', name: ' spring fair' } });
    await flow.send({ kind: 'wentTo', step: 'preview' });
    await viewWhen(flow, isPlanned);
    expect(room.askedFor).toEqual(['l2']);
    flow.close();
  });

  test('in another tab: a plan that is on the screen already is made again when that import is over', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const [first, second] = [await room.open(), await room.open()];
    await toPreview(first);
    await first.confirm();
    await viewWhen(second, isAt('importing'));
    await second.startOver();
    await toPreview(second);
    expect(second.view().draft).toMatchObject({ plan: { willWrite: 48 } });
    room.lists.push({ ...made, name: nameOfList(first) });
    await pushOutbox(room.push());
    await viewWhen(second, (view) => view.draft.step === 'preview' && view.draft.plan?.willWrite === 0);
    first.close();
    second.close();
  });

  test('a server that tells nobody its lists is not asked for ever: the plan stands without it', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await viewWhen(flow, (view) => view.server.kind === 'ready');
    room.state.isUp = false;
    await toPreview(flow);
    expect(flow.view().draft).toMatchObject({ plan: { willWrite: 48, matched: false } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(flow.view().busy).toBe(null);
    flow.close();
  });
});
