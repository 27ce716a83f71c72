// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { TableDraft } from '../../../extension/flow/draft.ts';
import type { ImportFlow } from '../../../extension/flow/import-flow.ts';
import type { ImportView } from '../../../extension/flow/view.ts';
import { viewWhen } from '../../support/view-when.ts';
import { freshDatabase } from '../background/sealed-import.ts';
import { isPlanned, isRead, makeRoom } from './flow-room.ts';

const isReady = (view: ImportView) => view.templates.kind === 'ready';
const ANN = { name: 'Ann', email: 'ann@example.com', isYou: false };

/** With the sample to the map step, when all that is remembered has been asked for. */
async function toMap(flow: ImportFlow, isSettled: (view: ImportView) => boolean = isReady): Promise<TableDraft> {
  await flow.chooseSample();
  await viewWhen(flow, isRead);
  await flow.send({ kind: 'wentTo', step: 'map' });
  const { draft } = await viewWhen(flow, (view) => view.draft.step === 'map' && isSettled(view));
  if (draft.step !== 'map') throw new Error(draft.step);
  return draft;
}
/** Imports the sample with its notes left out. */
async function importWithoutNotes(flow: ImportFlow, isSettled?: (view: ImportView) => boolean) {
  const { mapping } = await toMap(flow, isSettled);
  const changed = mapping.map((entry) => (entry.field === 'notes' ? { ...entry, field: 'ignore' as const } : entry));
  await flow.send({ kind: 'mappingChanged', mapping: changed });
  await flow.send({ kind: 'wentTo', step: 'preview' });
  await viewWhen(flow, isPlanned);
  await flow.confirm();
  await flow.startOver();
  return { suggested: mapping, changed };
}

describe('this browser', () => {
  test('offers the mapping of its last import of such a file, without a server too; nothing is changed unasked', async () => {
    const room = makeRoom(freshDatabase());
    room.state.isUp = false;
    const flow = await room.open();
    const isUp = (view: ImportView) => view.server.kind === 'failed';
    const { suggested, changed } = await importWithoutNotes(flow, isUp);
    const draft = await toMap(flow, isUp);
    expect(draft.mapping).toEqual(suggested);
    expect(draft.table.remembered).toMatchObject({ source: { kind: 'import', by: 'you' }, answer: 'open' });
    await flow.send({ kind: 'memoryAnswered', use: true });
    await viewWhen(flow, ({ draft: now }) => now.step === 'map' && now.table.remembered?.answer === 'used');
    expect((flow.view().draft as TableDraft).mapping).toEqual(changed);
    flow.close();
  });

  test('says nothing about a file it has never seen', async () => {
    const flow = await makeRoom(freshDatabase()).open();
    expect((await toMap(flow)).table.remembered).toBeNull();
    flow.close();
  });
});

describe('the workspace', () => {
  test('offers what a colleague imported such a file with, when that is newer', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    const { suggested } = await importWithoutNotes(flow);
    const { headers } = (await toMap(flow)).table;
    const mapping = suggested.map((entry) => (entry.field === 'jobTitle' ? { ...entry, field: 'notes' as const } : entry));
    room.shared.remembered = { importId: 'i9', headers, mapping, by: ANN, at: new Date(room.state.clock + 60_000).toISOString() };
    await flow.startOver();
    const draft = await toMap(flow, ({ draft: now }) => now.step === 'map' && now.table.remembered?.source.by !== 'you');
    expect(draft).toMatchObject({
      mapping: suggested,
      table: { remembered: { source: { by: { name: 'Ann' } }, answer: 'open', mapping } },
    });
    flow.close();
  });

  test('is not believed when its headers are others: a signature can be met by chance', async () => {
    const room = makeRoom(freshDatabase());
    room.shared.remembered = {
      importId: 'i9',
      headers: ['Other'],
      mapping: [{ column: 0, field: 'notes' }],
      by: null,
      at: '2026-05-04T00:00:00Z',
    };
    const flow = await room.open();
    expect((await toMap(flow)).table.remembered).toBeNull();
    expect(room.shared.asked).toEqual([expect.stringMatching(/^\d+-[0-9a-z]+$/)]);
    flow.close();
  });

  test('that comes back later is asked then', async () => {
    const room = makeRoom(freshDatabase());
    room.state.isUp = false;
    const flow = await room.open();
    await toMap(flow, (view) => view.server.kind === 'failed');
    expect(flow.view().templates).toEqual({ kind: 'asking' });
    room.state.isUp = true;
    await flow.retry();
    await viewWhen(flow, isReady);
    flow.close();
  });
});

describe('templates', () => {
  test('are saved, renamed, put in the place of one another, and dropped', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    const { mapping, table } = await toMap(flow);
    expect(await flow.templates.save('Fair')).toBeNull();
    expect(room.shared.templates).toMatchObject([{ name: 'Fair', headers: table.headers, mapping }]);
    expect(flow.view().templates).toMatchObject({ templates: [{ name: 'Fair', by: 'you' }] });
    const id = room.shared.templates[0]?.id ?? '';
    expect(await flow.templates.rename(id, 'Spring fair')).toBeNull();
    await flow.send({ kind: 'mappingChanged', mapping: [...mapping, { field: 'tags', value: 'fair' }] });
    expect(await flow.templates.replace(id)).toBeNull();
    expect(room.shared.templates[0]).toMatchObject({ name: 'Spring fair', mapping: [...mapping, { field: 'tags', value: 'fair' }] });
    expect(await flow.templates.remove(id)).toBeNull();
    expect(flow.view().templates).toEqual({ kind: 'ready', templates: [] });
    flow.close();
  });

  test('a name that is taken is told, and a template that somebody dropped is gone from the list', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await toMap(flow);
    await flow.templates.save('Fair');
    expect(await flow.templates.save('Fair')).toMatchObject({ kind: 'conflict' });
    const id = room.shared.templates[0]?.id ?? '';
    room.shared.templates = [];
    expect(await flow.templates.rename(id, 'Other')).toMatchObject({ kind: 'notFound' });
    expect(flow.view().templates).toEqual({ kind: 'ready', templates: [] });
    flow.close();
  });

  test('an answer that comes late does not take the place of a newer one', async () => {
    const room = makeRoom(freshDatabase());
    let arrive = () => {};
    room.shared.late = new Promise((resolve) => {
      arrive = resolve;
    });
    const flow = await room.open();
    await toMap(flow, () => room.shared.asked.length === 1);
    room.shared.late = null;
    await flow.templates.save('Fair');
    arrive();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(flow.view().templates).toMatchObject({ templates: [{ name: 'Fair' }] });
    flow.close();
  });

  test('one is used by name for a file whose columns stand in another order', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    const { headers } = (await toMap(flow)).table;
    const last = headers.length - 1;
    room.shared.templates = [
      {
        id: 't9',
        name: 'Turned',
        headers: [...headers].reverse(),
        mapping: [{ column: last, field: 'notes' }],
        by: ANN,
        createdAt: '2026-05-04T00:00:00Z',
        updatedAt: '2026-05-04T00:00:00Z',
      },
    ];
    await flow.startOver();
    await toMap(flow, (view) => view.templates.kind === 'ready' && view.templates.templates.length === 1);
    await flow.templates.use('t9');
    const draft = flow.view().draft as TableDraft;
    expect(draft.table.remembered).toMatchObject({ source: { kind: 'template', name: 'Turned', by: { name: 'Ann' } }, answer: 'used' });
    expect(draft.mapping[0]).toEqual({ column: 0, field: 'notes' });
    flow.close();
  });

  test('a template made for these very columns is offered like an import', async () => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    const { headers } = (await toMap(flow)).table;
    room.shared.templates = [
      {
        id: 't9',
        name: 'Fair',
        headers,
        mapping: [{ column: 0, field: 'ignore' }],
        by: ANN,
        createdAt: '2026-05-04T00:00:00Z',
        updatedAt: '2026-05-04T00:00:00Z',
      },
    ];
    await flow.startOver();
    const draft = await toMap(flow, ({ draft: now }) => now.step === 'map' && now.table.remembered !== null);
    expect(draft.table.remembered).toMatchObject({ source: { kind: 'template', name: 'Fair' }, answer: 'open' });
    flow.close();
  });
});
