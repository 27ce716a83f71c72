// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { pushOutbox } from '../../../extension/background/push-outbox.ts';
import { prepareImport } from '../../../extension/storage/prepare-import.ts';
import { viewWhen } from '../../support/view-when.ts';
import { refusal } from '../background/fake-server.ts';
import { freshDatabase } from '../background/sealed-import.ts';
import { isAt, isPlanned, isRead, makeRoom, toPreview } from './flow-room.ts';

describe('from the file to the receipt', () => {
  test('the sample is read, planned, sealed, sent; the receipt adds up and the outbox is empty', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await viewWhen(flow, (view) => view.server.kind === 'ready');
    await toPreview(flow);
    expect(flow.view().draft).toMatchObject({ step: 'preview', plan: { willWrite: 48, matched: true }, list: { kind: 'new' } });
    await flow.confirm();
    expect(room.server.requests).toEqual([]);
    expect(await database.imports.toArray()).toMatchObject([{ stage: 'sealed', total: 60, chunkRows: [60] }]);
    await pushOutbox(room.push());
    const view = await viewWhen(flow, isAt('receipt'));
    expect(view.sending).toMatchObject({ kind: 'done', receipt: { total: 60 } });
    expect([await database.chunks.count(), await database.files.count()]).toEqual([0, 0]);
    await flow.startOver();
    await viewWhen(flow, isAt('source'));
    expect([await database.imports.count(), await database.drafts.count()]).toEqual([0, 1]);
    flow.close();
  });

  test('a page that is closed at any step goes on there when it is opened again', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const steps = ['read', 'map', 'check', 'preview'] as const;
    let flow = await room.open();
    await flow.chooseSample();
    await viewWhen(flow, isRead);
    for (const step of steps) {
      if (step !== 'read') await flow.send({ kind: 'wentTo', step });
      flow.close();
      flow = await room.open();
      expect(flow.view().draft.step).toBe(step);
    }
    await viewWhen(flow, isPlanned);
    flow.close();
  });

  test('two pages over one draft show the same', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const popup = await room.open();
    const tab = await room.open(popup.view().draft.id);
    await popup.chooseSample();
    await viewWhen(tab, isRead);
    await tab.send({ kind: 'policyChanged', policy: { require: 'reachable' } });
    await viewWhen(popup, (view) => view.draft.policy.require === 'reachable');
    popup.close();
    tab.close();
  });
});

describe('between the click on Import and the seal', () => {
  test('the click itself rouses the background for later, before anything is waited for', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await toPreview(flow);
    room.did.length = 0;
    const confirmed = flow.confirm();
    expect(room.did).toEqual(['wakeLater']);
    await confirmed;
    expect(room.did).toEqual(['wakeLater', 'wake', 'wake']);
    flow.close();
  });

  test('nothing stands between the click and the order in the outbox: it is there while the page waits for all else', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const never = new Promise<never>(() => {});
    const flow = await room.open(undefined, { wakeLater: () => never, tryLock: () => never });
    await toPreview(flow);
    void flow.confirm();
    await viewWhen(flow, isAt('importing'));
    expect(await database.imports.toArray()).toMatchObject([{ stage: 'planning' }]);
    flow.close();
  });

  test('the page dies: the background makes the very same chunks', async () => {
    const bodies: string[] = [];
    for (const dies of [false, true]) {
      const database = freshDatabase();
      const room = makeRoom(database);
      const flow = await room.open(undefined, dies ? { tryLock: async () => null } : {});
      await viewWhen(flow, (view) => view.server.kind === 'ready');
      await toPreview(flow);
      await flow.confirm();
      const [record] = await database.imports.toArray();
      if (dies) {
        expect(record?.stage).toBe('planning');
        flow.close();
        await prepareImport(database, record?.id ?? '');
      }
      expect((await database.imports.toArray())[0]?.stage).toBe('sealed');
      const [chunk] = await database.chunks.toArray();
      bodies.push(new TextDecoder().decode(chunk?.body));
      flow.close();
    }
    expect(bodies[1]).toBe(bodies[0]);
    expect(bodies[0]).toContain('"decision":"create"');
  });

  test('half of the chunks of a planner that died do no harm', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open(undefined, { tryLock: async () => null });
    await toPreview(flow);
    await flow.confirm();
    const id = (await database.imports.toArray())[0]?.id ?? '';
    await database.chunks.put({ import: id, seq: 7, body: new Uint8Array([1]), sha256: '', rows: 1 });
    await prepareImport(database, id);
    await prepareImport(database, id);
    expect(await database.chunks.count()).toBe(1);
    await pushOutbox(room.push());
    expect(room.server.stored).toHaveLength(60);
    flow.close();
  });

  test('a click twice is one import', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await toPreview(flow);
    await Promise.all([flow.confirm(), flow.confirm()]);
    expect(await database.imports.count()).toBe(1);
    flow.close();
  });

  test('cancelled before anything was sent: back to the preview, nothing is left behind', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await toPreview(flow);
    await flow.confirm();
    await viewWhen(flow, (view) => view.sending !== null);
    await flow.cancel();
    await viewWhen(flow, (view) => view.draft.step === 'preview' && view.draft.plan !== null);
    expect([await database.imports.count(), await database.chunks.count()]).toEqual([0, 0]);
    expect(room.server.requests).toEqual([]);
    await flow.confirm();
    await pushOutbox(room.push());
    await viewWhen(flow, isAt('receipt'));
    flow.close();
  });
});

describe('a right that is withdrawn between the preview and the click', () => {
  test.each([
    ['overwriting, which only the announcement asks for', (path: string) => path.endsWith('/cancel')],
    ['importing as a whole', () => false],
  ])('%s: back to the preview, which says so, with nothing lost', async (_, isAllowed) => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await toPreview(flow);
    room.workspace.role = 'member';
    room.workspace.membersMay.overwrite = false;
    room.server.before = ({ method, path }) => (method === 'GET' || isAllowed(path) ? null : refusal(403, 'FORBIDDEN'));
    await flow.confirm();
    await pushOutbox(room.push());
    await viewWhen(flow, (view) => view.sending?.kind === 'needsYou');
    expect(flow.view().sending?.failure).toMatchObject({ kind: 'forbidden', message: 'said FORBIDDEN' });
    await flow.cancel();
    await pushOutbox(room.push());
    const view = await viewWhen(
      flow,
      ({ draft, server }) => draft.step === 'preview' && draft.plan !== null && server.kind === 'ready' && server.withheld !== undefined,
    );
    expect(view.draft).toMatchObject({ plan: { willWrite: 48 } });
    expect(view.server).toMatchObject({ withheld: { overwrite: true } });
    expect(await database.files.count()).toBe(1);
    flow.close();
  });
});

describe('without a server', () => {
  test('everything up to Import works, the cleaned file too; later it is planned again with what the workspace knows', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    room.state.isUp = false;
    const flow = await room.open();
    await viewWhen(flow, (view) => view.server.kind === 'failed');
    await toPreview(flow);
    expect(flow.view().draft).toMatchObject({ plan: { matched: false, willWrite: 48 } });
    expect((await flow.cleanedFile()).name).toBe('sample cleaned.csv');
    room.state.isUp = true;
    await flow.retry();
    await viewWhen(flow, (view) => view.draft.step === 'preview' && view.draft.plan?.matched === true);
    flow.close();
  });

  test('imported while it is off: the rows wait in the browser and arrive when it is back', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    room.state.isUp = false;
    const flow = await room.open();
    await toPreview(flow);
    await flow.confirm();
    room.state.clock += 1;
    const passTime = async () => {
      room.state.clock += 100;
    };
    const waiting = pushOutbox({ ...room.push(), sleep: passTime });
    const view = await viewWhen(flow, (now) => now.sending?.kind === 'waiting');
    expect(view.sending).toMatchObject({ failure: { kind: 'unreachable' }, rowsDone: 0 });
    expect(view.sending?.nextAttemptAt).toBeGreaterThan(0);
    room.state.isUp = true;
    await waiting;
    await flow.resume();
    await pushOutbox(room.push());
    await viewWhen(flow, isAt('receipt'));
    flow.close();
  });

  test('not paired: the import needs you, and goes on after pairing', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    room.state.key = 'll_old';
    const flow = await room.open();
    await toPreview(flow);
    await flow.confirm();
    await pushOutbox(room.push());
    const view = await viewWhen(flow, (now) => now.sending?.kind === 'needsYou');
    expect(view.sending).toMatchObject({ failure: { kind: 'unauthorized' } });
    room.state.key = 'll_new';
    await flow.resume();
    await pushOutbox(room.push());
    await viewWhen(flow, isAt('receipt'));
    flow.close();
  });
});

describe('bad files', () => {
  test('too large: said at once, and not a byte of it is kept', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await viewWhen(flow, (view) => view.server.kind === 'ready');
    await flow.chooseFile(new File([new Uint8Array(10_000_001)], 'big.csv'));
    const view = await viewWhen(flow, (now) => now.draft.step === 'read' && now.draft.reading.kind === 'failed');
    const refused = { reading: { error: { code: 'file_too_large', data: { bytes: 10_000_001, limit: 10_000_000 } } } };
    expect(view.draft).toMatchObject(refused);
    // Nobody reads the nothing that is kept of it, now or in the page that is opened next.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(flow.view()).toMatchObject({ draft: refused, busy: null, failure: null });
    const next = await room.open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(next.view().draft).toMatchObject(refused);
    next.close();
    expect((await database.files.toArray())[0]?.blob.size).toBe(0);
    flow.close();
  });

  test('an archive with a .csv name is refused by what it is, and another file can be chosen', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    const flow = await room.open();
    await flow.chooseFile(new File([new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0, 0])], 'leads.csv'));
    await viewWhen(flow, (now) => now.draft.step === 'read' && now.draft.reading.kind === 'failed');
    await flow.chooseSample();
    await viewWhen(flow, isRead);
    flow.close();
  });

  test('a file that vanished under a draft is said, and starting over works', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    let flow = await room.open();
    await flow.chooseSample();
    await viewWhen(flow, isRead);
    await flow.send({ kind: 'wentTo', step: 'map' });
    flow.close();
    await database.files.clear();
    flow = await room.open();
    await flow.send({ kind: 'wentTo', step: 'check' });
    await viewWhen(flow, (view) => view.failure?.kind === 'fileGone');
    await flow.startOver();
    expect(await viewWhen(flow, isAt('source'))).toMatchObject({ failure: null });
    flow.close();
  });
});
