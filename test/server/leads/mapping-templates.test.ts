import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { headerSignature } from '#shared/mapping/header-signature.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { changeTemplate, createTemplate, deleteTemplate, listTemplates } from '../../../server/leads/mapping-templates.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const HEADERS = ['First Name', 'E-Mail'];
const MAPPING: Mapping = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'custom', label: 'Contact', type: 'date', dateOrder: 'dmy' },
  { field: 'tags', value: 'fair' },
];
const POLICY = { require: 'any', defaultCountry: 'US', onDuplicate: 'skip', scope: 'list', overwriteFields: [] } as const;

describe('a named mapping', () => {
  const mapping = [{ column: 0, field: 'email' }] as const;

  test('is kept, changed and dropped by whoever needs it', async () => {
    const made = await createTemplate(server.backend, server.actor, { name: 'Fair export', headers: ['Mail'], mapping });
    const id = made.ok ? made.value.id : '';
    expect(await changeTemplate(server.backend, server.actor, id, { headers: ['E-mail'] })).toMatchObject({
      ok: true,
      value: { name: 'Fair export', headers: ['E-mail'], mapping },
    });
    expect(await listTemplates(server.backend, server.actor)).toMatchObject({ templates: [{ id, mapping }], remembered: null });
    expect(await deleteTemplate(server.backend, server.actor, id)).toMatchObject({ ok: true });
    expect(await deleteTemplate(server.backend, server.actor, id)).toEqual({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  test('says who saved it last, and when', async () => {
    const other = { ...server.actor, member: server.actor.member + 1 };
    const made = await createTemplate(server.backend, server.actor, { name: 'Fair', headers: HEADERS, mapping: MAPPING });
    server.clock.now += 60_000;
    expect(made).toMatchObject({ value: { mapping: MAPPING, by: { email: 'ann@example.com', isYou: true } } });
    expect(await listTemplates(server.backend, other)).toMatchObject({ templates: [{ by: { email: 'ann@example.com', isYou: false } }] });
    await changeTemplate(server.backend, other, made.ok ? made.value.id : '', { name: 'Spring fair' });
    // Nobody has that number: who left the workspace has no name any more.
    expect(await listTemplates(server.backend, server.actor)).toMatchObject({
      templates: [{ by: null, createdAt: '2026-05-01T12:00:00.000Z', updatedAt: '2026-05-01T12:01:00.000Z' }],
    });
  });

  test('has a name nobody else’s has, in any case; it may change the case of its own', async () => {
    const made = await createTemplate(server.backend, server.actor, { name: 'Fair', headers: [], mapping });
    await createTemplate(server.backend, server.actor, { name: 'Web', headers: [], mapping });
    const id = made.ok ? made.value.id : '';
    const taken = { ok: false, error: { code: 'CONFLICT', about: 'template_name_taken' } };
    expect(await createTemplate(server.backend, server.actor, { name: 'FAIR', headers: [], mapping })).toMatchObject(taken);
    expect(await changeTemplate(server.backend, server.actor, id, { name: 'web' })).toMatchObject(taken);
    expect(await changeTemplate(server.backend, server.actor, id, { name: 'FAIR' })).toMatchObject({ ok: true });
  });
});

describe('how files with the same headers were imported', () => {
  const remembered = async (headers = HEADERS) =>
    (await listTemplates(server.backend, server.actor, headerSignature(headers) ?? '')).remembered;
  const at = () => ({ ...server.actor, at: server.clock.now });

  async function announce(mapping: Mapping, headers: readonly string[] = HEADERS): Promise<string> {
    const importId = randomUUID();
    server.clock.now += 1_000;
    const input = { importId, source: 'csv', list: null, mapping, headers, policy: POLICY, total: 0, chunkCount: 0, bodySha256: importId };
    await server.store.putImport(at(), input);
    return importId;
  }
  async function complete(mapping: Mapping, headers: readonly string[] = HEADERS): Promise<string> {
    const importId = await announce(mapping, headers);
    await server.store.completeImport(at(), importId);
    return importId;
  }
  const other: Mapping = [{ column: 0, field: 'lastName' }];

  test('is told with all of its mapping, by whom and when, after a restart too', async () => {
    const importId = await complete(MAPPING);
    const told = {
      importId,
      headers: HEADERS,
      mapping: MAPPING,
      by: { email: 'ann@example.com', isYou: true },
      at: '2026-05-01T12:00:01.000Z',
    };
    expect(await remembered()).toMatchObject(told);
    server = await server.reopen();
    expect(await remembered(['first_name', 'Email'])).toMatchObject(told);
  });

  test('is that of the newest complete one', async () => {
    await complete(MAPPING);
    const newest = await complete(other);
    expect(await remembered()).toMatchObject({ importId: newest, mapping: other });
  });

  test('imports that are under way or were cancelled do not count', async () => {
    const good = await complete(MAPPING);
    await announce(other);
    await server.store.cancelImport(at(), await announce(other));
    expect(await remembered()).toMatchObject({ importId: good });
  });

  test('one that was undone does not count any more', async () => {
    const good = await complete(MAPPING);
    const undone = await complete(other);
    await server.store.undoStep(at(), undone, { rows: 100, kept: 10 }, 0);
    expect(await remembered()).toMatchObject({ importId: good });
  });

  test('other headers have no memory, nor have imports without a mapping or without headers', async () => {
    await complete(MAPPING, ['E-Mail', 'First Name']);
    await complete([], HEADERS);
    await complete(MAPPING, ['', '']);
    expect(await remembered()).toBeNull();
    expect(await remembered(['', ''])).toBeNull();
  });
});
