import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SAMPLE_CSV } from '#shared/table/sample.data.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

/** "One body of each kind" of the contract, sent as they stand there. Ids and moments are all that may differ. */

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const ID = expect.stringMatching(/^[\w-]{8,64}$/);
const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const text = async (answer: Response) => [answer.status, await answer.json()];
const defaultList = async () => (await (await server.ask('/api/lists')).json()).lists[0].id;
const ANN = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123', customFields: { Industry: 'Tech' } };

describe('leads', () => {
  test('one lead is saved', async () => {
    const listId = await defaultList();
    const answer = await server.send('POST', '/api/leads', { leads: [ANN], listId, source: 'api' });
    const [status, body] = await text(answer);
    expect(status).toBe(201);
    expect(body).toEqual({
      message: '1 lead saved',
      savedCount: 1,
      createdCount: 1,
      addedCount: 0,
      updatedCount: 0,
      duplicateCount: 0,
      reviewCount: 0,
      suppressedCount: 0,
      invalidCount: 0,
      totalProcessed: 1,
      listId,
      importId: ID,
      leadIds: [body.leadId],
      leadId: ID,
      duplicateOnly: false,
      existingLeadIds: [],
      duplicates: [],
      invalid: [],
      warnings: [],
      dryRun: false,
    });
    const { lead } = await (await server.ask(`/api/leads?id=${body.leadId}`)).json();
    expect(lead).toEqual({
      id: body.leadId,
      version: 1,
      firstName: 'Ann',
      lastName: 'Lee',
      email: 'ann@example.com',
      phone: '+12025550123',
      tags: [],
      customFields: [{ label: 'Industry', value: 'Tech' }],
      listIds: [listId],
      owner: null,
      doNotContact: false,
      source: 'api',
      createdAt: MOMENT,
      updatedAt: MOMENT,
    });
  });

  test('one invalid lead, and nothing of the call is written', async () => {
    const { email: _, ...nobody } = ANN;
    const answer = await server.send('POST', '/api/leads', { leads: [nobody] });
    expect(await text(answer)).toEqual([
      400,
      {
        error: expect.stringMatching(/^1 of 1 leads is invalid: lead 0/),
        code: 'INVALID_LEADS',
        details: [{ index: 0, field: 'email', code: 'email_missing', message: expect.any(String), value: '' }],
        requestId: answer.headers.get('X-Request-Id'),
      },
    ]);
    expect((await (await server.ask('/api/leads')).json()).pagination.totalCount).toBe(0);
  });

  test('a list that does not exist', async () => {
    expect(await text(await server.send('POST', '/api/leads', { leads: [ANN], listId: 'nowhere' }))).toEqual([
      404,
      expect.objectContaining({ code: 'LIST_NOT_FOUND' }),
    ]);
  });

  test('the same lead again, body as an alias, and a dry run', async () => {
    await server.send('POST', '/api/leads', { body: [ANN] });
    const [status, again] = await text(await server.send('POST', '/api/leads', { body: [ANN] }));
    expect([status, again.duplicateOnly, again.duplicateCount, again.existingLeadIds]).toEqual([200, true, 1, [again.leadId]]);
    expect(again.duplicates).toMatchObject([
      { input: { email: 'ann@example.com' }, existingLead: { id: again.leadId }, matchedOn: 'email' },
    ]);
    const [dryStatus, dry] = await text(
      await server.send('POST', '/api/leads', { leads: [{ ...ANN, email: 'bea@example.com', phone: '2025550144' }], dryRun: true }),
    );
    expect([dryStatus, dry.dryRun, dry.createdCount]).toEqual([200, true, 1]);
    expect((await (await server.ask('/api/leads')).json()).pagination).toEqual({ page: 1, limit: 50, totalCount: 1, totalPages: 1 });
  });

  test('a lead is changed, cleared and deleted', async () => {
    const [, { leadId }] = await text(await server.send('POST', '/api/leads', { leads: [ANN] }));
    const [status, { lead }] = await text(await server.send('PATCH', `/api/leads/${leadId}`, { companyName: 'Acme' }));
    expect([status, lead.companyName, lead.version]).toEqual([200, 'Acme', 2]);
    expect(await text(await server.send('PATCH', `/api/leads/${leadId}`, { companyName: 'X', version: 1 }))).toEqual([
      409,
      expect.objectContaining({ code: 'CONFLICT' }),
    ]);
    expect((await text(await server.send('PATCH', `/api/leads/${leadId}`, { companyName: null })))[1].lead.companyName).toBeUndefined();
    expect(await text(await server.send('DELETE', '/api/leads', { ids: [leadId, 'somebody-else'] }))).toEqual([200, { deletedCount: 1 }]);
    expect((await server.ask(`/api/leads?id=${leadId}`)).status).toBe(404);
  });

  test('pages by number and by cursor hold every lead once', async () => {
    const leads = Array.from({ length: 7 }, (_, n) => ({ ...ANN, email: `p${n}@example.com`, phone: `202555010${n}` }));
    await server.send('POST', '/api/leads', { leads });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { leads: { email: string }[]; nextCursor: string | null } = await (
        await server.ask(`/api/leads?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      ).json();
      seen.push(...page.leads.map((lead) => lead.email));
      cursor = page.nextCursor;
    }
    expect(seen.sort()).toEqual(leads.map((lead) => lead.email));
    const second = await (await server.ask('/api/leads?limit=3&page=3&sort=createdAt')).json();
    expect([second.leads.length, second.pagination]).toEqual([1, { page: 3, limit: 3, totalCount: 7, totalPages: 3 }]);
    for (const wrong of ['limit=0', 'limit=501', 'limit=x', 'page=0', 'sort=shoe', 'cursor=%00'])
      expect([wrong, (await server.ask(`/api/leads?${wrong}`)).status]).toEqual([wrong, 400]);
  });
});

describe('an import in chunks', () => {
  test('from its announcement to its receipt', async () => {
    const importId = randomUUID();
    const announcement = {
      source: 'csv',
      fileName: 'leads.csv',
      fileSha256: 'a'.repeat(64),
      list: { name: 'Q4 Webinar' },
      mapping: [
        { column: 0, field: 'firstName' },
        { column: 5, field: 'custom', label: 'City', type: 'text' },
      ],
      policy: { onDuplicate: 'skip', require: 'complete', defaultCountry: 'US', scope: 'list', overwriteFields: [] },
      headers: ['First Name', 'Last Name', 'Email', 'Phone', 'x', 'City'],
      total: 2,
      chunkCount: 1,
    };
    const put = (body: object) => server.send('PUT', `/api/imports/${importId}`, body);
    expect((await put(announcement)).status).toBe(201);
    expect((await put(announcement)).status).toBe(200);
    expect(await text(await put({ ...announcement, total: 3 }))).toEqual([422, expect.objectContaining({ code: 'IDEMPOTENCY_MISMATCH' })]);
    expect((await (await server.ask('/api/lists')).json()).lists.length).toBe(1); // the new list exists from the first chunk on

    const complete = () => server.send('POST', `/api/imports/${importId}/complete`, {});
    expect(await text(await complete())).toEqual([409, expect.objectContaining({ code: 'MISSING_CHUNKS', details: [0] })]);
    expect(await (await server.ask(`/api/imports/${importId}`)).json()).toMatchObject({ importId, state: 'receiving', missingChunks: [0] });

    const rows = [
      { line: 2, decision: 'create', lead: { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '+12025550123' } },
      { line: 3, decision: 'reject', problems: [{ code: 'email_no_at', field: 'email', text: 'ann' }], raw: ['Ann', '', 'ann'] },
    ];
    const chunk = (body: object) => server.send('PUT', `/api/imports/${importId}/chunks/0`, body);
    const first = await (await chunk({ rows })).text();
    expect(JSON.parse(first)).toMatchObject({
      seq: 0,
      outcomes: [
        { line: 2, bucket: 'created', leadId: ID },
        { line: 3, bucket: 'rejected' },
      ],
      counters: { created: 1, rejected: 1 },
    });
    expect(await (await chunk({ rows })).text()).toBe(first);
    expect(await text(await chunk({ rows: rows.slice(1) }))).toEqual([422, expect.objectContaining({ code: 'IDEMPOTENCY_MISMATCH' })]);

    const [status, receipt] = await text(await complete());
    expect(status).toBe(200);
    expect(receipt).toEqual({
      importId,
      state: 'complete',
      list: { id: ID, name: 'Q4 Webinar', created: true },
      total: 2,
      created: 1,
      updated: 0,
      addedToList: 0,
      duplicate: 0,
      review: 0,
      suppressed: 0,
      rejected: 1,
      excluded: 0,
      blank: 0,
      cancelled: 0,
      changedSincePreview: 0,
      message: expect.any(String),
      undoableUntil: MOMENT,
    });
    expect(await (await complete()).json()).toEqual(receipt);
    expect((await (await server.ask(`/api/imports/${importId}/rows?bucket=rejected`)).json()).rows).toMatchObject([
      { line: 3, bucket: 'rejected', leadId: null, raw: ['Ann', '', 'ann'] },
    ]);
    const rejected = await (await server.ask(`/api/imports/${importId}/rejected.csv`)).text();
    expect(rejected.split('\r\n')[0]).toBe('First Name,Last Name,Email,Phone,x,City,leadline_import,line,column,code,reason');
    expect(rejected).toContain('email_no_at');
  });

  test('an id that is no UUID, a number that is none, an import that does not exist', async () => {
    expect((await server.send('PUT', '/api/imports/7', { source: 'csv', total: 0, chunkCount: 0 })).status).toBe(400);
    expect((await server.send('PUT', `/api/imports/${randomUUID()}/chunks/x`, { rows: [] })).status).toBe(400);
    expect((await server.send('PUT', `/api/imports/${randomUUID()}/chunks/0`, { rows: [] })).status).toBe(404);
    for (const path of ['', '/rows', '/rejected.csv']) expect((await server.ask(`/api/imports/${randomUUID()}${path}`)).status).toBe(404);
    for (const path of ['/complete', '/cancel'])
      expect((await server.ask(`/api/imports/${randomUUID()}${path}`, { method: 'POST' })).status).toBe(404);
  });

  test('a chunk that comes gzipped is the same chunk', async () => {
    const importId = randomUUID();
    await server.send('PUT', `/api/imports/${importId}`, { source: 'csv', total: 1, chunkCount: 1 });
    const body = JSON.stringify({ rows: [{ line: 2, decision: 'create', lead: ANN }] });
    const zipped = await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))).bytes();
    const path = `/api/imports/${importId}/chunks/0`;
    const headers = { 'Content-Type': 'application/json' };
    const first = await server.ask(path, { method: 'PUT', headers: { ...headers, 'Content-Encoding': 'gzip' }, body: zipped });
    expect(first.status).toBe(200);
    expect(await (await server.ask(path, { method: 'PUT', headers, body })).text()).toBe(await first.text());
  });
});

describe('a whole file', () => {
  const csv = { 'Content-Type': 'text/csv' };
  test('the sample gives a receipt that adds up, and the preview has said so', async () => {
    const sample = await (await server.ask('/sample.csv', { key: null })).text();
    expect(sample).toBe(SAMPLE_CSV);
    const preview = await (
      await server.ask('/api/imports/preview?fileName=sample.csv', { method: 'POST', headers: csv, body: sample })
    ).json();
    expect(preview.summary).toMatchObject({ total: 60, blank: 1, invalid: 8 });
    expect(preview.preview.length).toBe(10);
    expect(preview.file).toMatchObject({ delimiter: ',', headerRow: 1, rowCount: 60 });
    expect(preview.columns[2]).toMatchObject({ index: 2, header: 'Email Address', field: 'email', open: false });
    const [status, receipt] = await text(
      await server.ask('/api/imports?fileName=sample.csv&listName=Sample', { method: 'POST', headers: csv, body: sample }),
    );
    expect(status).toBe(201);
    expect(receipt).toMatchObject({
      state: 'complete',
      list: { name: 'Sample', created: true },
      total: 60,
      created: 48,
      duplicate: 3,
      rejected: 8,
      blank: 1,
    });
  });

  test('as a form, with options in JSON', async () => {
    const form = new FormData();
    form.set('file', new File(['Who,Mail,Call\nAnn Lee,ann@example.com,2025550123\n'], 'people.csv', { type: 'text/csv' }));
    form.set(
      'options',
      JSON.stringify({
        listName: 'From a form',
        mapping: [
          { column: 0, field: 'fullName' },
          { column: 1, field: 'email' },
          { column: 2, field: 'phone' },
          { field: 'companyName', value: 'Acme' },
        ],
      }),
    );
    const [status, receipt] = await text(await server.ask('/api/imports', { method: 'POST', body: form }));
    expect([status, receipt.created, receipt.list.name]).toEqual([201, 1, 'From a form']);
    const { leads } = await (await server.ask('/api/leads')).json();
    expect(leads).toMatchObject([{ firstName: 'Ann', lastName: 'Lee', companyName: 'Acme' }]);
    expect((await (await server.ask('/api/imports')).json()).imports[0]).toMatchObject({ fileName: 'people.csv' });
  });

  test('overwriting without saying what is refused', async () => {
    const answer = await server.ask('/api/imports?onDuplicate=overwrite', { method: 'POST', headers: csv, body: SAMPLE_CSV });
    expect(await text(answer)).toEqual([
      400,
      expect.objectContaining({ code: 'INVALID_REQUEST', error: expect.stringContaining('overwriteFields') }),
    ]);
  });

  test.each([
    ['nothing', '', 400, 'INVALID_FILE', 'file_empty', /empty/],
    ['only a header', 'First Name,Email\n', 400, 'INVALID_FILE', 'file_header_only', /no rows/],
    ['a quote that never closes', 'a,b\n1,"2\n3,4\n', 400, 'INVALID_FILE', 'quote_never_closed', /line 2 is never closed/],
    [
      '600 columns',
      `${Array.from({ length: 600 }, (_, n) => `c${n}`).join(',')}\n${'x,'.repeat(599)}x\n`,
      400,
      'INVALID_FILE',
      'too_many_columns',
      /600 columns/,
    ],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 415, 'UNSUPPORTED_TYPE', 'file_wrong_type', /PDF/],
    ['a web page', '<!doctype html><html><body>Please log in</body></html>', 415, 'UNSUPPORTED_TYPE', 'file_wrong_type', /web page/],
  ])('%s is refused by name', async (_, body, status, code, fileCode, sentence) => {
    for (const path of ['/api/imports', '/api/imports/preview']) {
      const answer = await text(await server.ask(path, { method: 'POST', headers: csv, body }));
      expect(answer).toEqual([
        status,
        expect.objectContaining({ code, error: expect.stringMatching(sentence), details: [expect.objectContaining({ code: fileCode })] }),
      ]);
    }
    expect((await (await server.ask('/api/imports')).json()).imports).toEqual([]);
  });
  test('what a refused file is instead is named for programs too', async () => {
    const zip = Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]);
    const [, body] = await text(await server.ask('/api/imports/preview', { method: 'POST', headers: csv, body: zip }));
    expect(body.details[0].refused).toBe('zip');
  });
});

describe('everything else', () => {
  test('who exists', async () => {
    const listId = await defaultList();
    const [, saved] = await text(await server.send('POST', '/api/leads', { leads: [ANN] }));
    await server.send('POST', '/api/suppressions', { entries: [{ kind: 'domain', value: 'example.org', reason: 'asked' }] });
    const body = { listId, emails: ['ann@example.com', 'bob@example.org'], phones: ['+12025550123'], linkedinUrls: [] };
    const lead = {
      firstName: 'Ann',
      lastName: 'Lee',
      email: 'ann@example.com',
      phone: '+12025550123',
      customFields: [{ label: 'Industry', value: 'Tech' }],
    };
    const found = [{ id: saved.leadId, version: 1, inList: true, lead: expect.objectContaining(lead) }];
    expect(await text(await server.send('POST', '/api/imports/match', body))).toEqual([
      200,
      {
        matches: [
          { key: 'ann@example.com', leads: found },
          { key: '+12025550123', leads: found },
        ],
        suppressed: [{ key: 'bob@example.org', entry: 'example.org', kind: 'domain', since: MOMENT }],
      },
    ]);
  });

  test('keys are shown once', async () => {
    const [status, made] = await text(await server.send('POST', '/api/keys', { name: 'zapier', role: 'member', expiresAt: null }));
    expect([status, made]).toEqual([
      201,
      expect.objectContaining({ id: ID, key: expect.stringMatching(/^ll_[\w-]{43}$/), name: 'zapier', role: 'member', expiresAt: null }),
    ]);
    expect((await server.ask('/api/leads', { key: made.key })).status).toBe(200);
    const { keys } = await (await server.ask('/api/keys')).json();
    expect(JSON.stringify(keys)).not.toContain(made.key);
    expect((await server.ask(`/api/keys/${made.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await server.ask('/api/leads', { key: made.key })).status).toBe(401);
  });
  test('not even repeating the request shows a key again', async () => {
    const headers = { 'Idempotency-Key': 'one' };
    const [, first] = await text(await server.send('POST', '/api/keys', { name: 'zapier' }, { headers }));
    const [status, again] = await text(await server.send('POST', '/api/keys', { name: 'zapier' }, { headers }));
    expect([status, again]).toEqual([201, { ...first, key: null }]);
    expect((await (await server.ask('/api/keys')).json()).keys.length).toBe(2);
  });

  test('a browser is paired with a code, once', async () => {
    const code = await server.makePairingCode();
    const body = { code, name: "Chrome on Ann's laptop" };
    const [status, paired] = await text(await server.send('POST', '/pair', body, { key: null }));
    expect([status, paired]).toEqual([
      200,
      {
        key: expect.stringMatching(/^ll_/),
        workspace: expect.objectContaining({ name: expect.any(String), plan: 'premium', role: 'admin' }),
      },
    ]);
    expect((await server.ask('/api/workspace', { key: paired.key })).status).toBe(200);
    expect(await text(await server.send('POST', '/pair', body, { key: null }))).toEqual([
      401,
      expect.objectContaining({ code: 'UNAUTHORIZED' }),
    ]);
  });
  test('a code is good for five minutes', async () => {
    let now = Date.now();
    const other = await startServer({ now: () => now });
    const code = await other.makePairingCode();
    now += 5 * 60_000 + 1;
    expect((await other.send('POST', '/pair', { code }, { key: null })).status).toBe(401);
    await other.stop();
  });

  test('lists', async () => {
    const [status, list] = await text(await server.send('POST', '/api/lists', { name: ' Q4 ' }));
    expect([status, list]).toEqual([201, { id: ID, name: 'Q4', leadCount: 0, isDefault: false, createdAt: MOMENT }]);
    expect(await text(await server.send('POST', '/api/lists', { name: 'q4' }))).toEqual([
      409,
      expect.objectContaining({ code: 'CONFLICT' }),
    ]);
    expect(await text(await server.send('PATCH', `/api/lists/${list.id}`, { name: 'Q1' }))).toEqual([200, { ...list, name: 'Q1' }]);
    expect((await server.ask(`/api/lists/${list.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await server.ask(`/api/lists/${list.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await server.ask(`/api/lists/${await defaultList()}`, { method: 'DELETE' })).status).toBe(400);
    for (const wrong of [{}, { name: '' }, { name: '  ' }, { name: 7 }, { name: 'x'.repeat(201) }])
      expect((await server.send('POST', '/api/lists', wrong)).status).toBe(400);
  });

  test('who is suppressed', async () => {
    const entries = [{ kind: 'domain', value: 'example.org', reason: 'asked' }];
    expect(await text(await server.send('POST', '/api/suppressions', { entries }))).toEqual([
      201,
      {
        entries: [{ id: ID, kind: 'domain', value: 'example.org', reason: 'asked', source: 'api', since: MOMENT }],
        addedCount: 1,
        markedCount: 0,
      },
    ]);
    const [, saved] = await text(await server.send('POST', '/api/leads', { leads: [{ ...ANN, email: 'ann@mail.example.org' }] }));
    expect([saved.suppressedCount, saved.createdCount, saved.leadId]).toEqual([1, 0, null]);
  });

  test('the same request under one key is done once; another body is refused', async () => {
    const headers = { 'Idempotency-Key': 'first-batch' };
    const first = await server.send('POST', '/api/leads', { leads: [ANN] }, { headers });
    const again = await server.send('POST', '/api/leads', { leads: [ANN] }, { headers });
    expect([again.status, await again.text()]).toEqual([first.status, await first.text()]);
    expect(await text(await server.send('POST', '/api/leads', { leads: [{ ...ANN, notes: 'x' }] }, { headers }))).toEqual([
      422,
      expect.objectContaining({ code: 'IDEMPOTENCY_MISMATCH' }),
    ]);
    const list = () => server.send('POST', '/api/lists', { name: 'Once' }, { headers: { 'Idempotency-Key': 'list' } });
    expect(await (await list()).json()).toEqual(await (await list()).json());
    expect((await server.send('POST', '/api/lists', { name: '' }, { headers: { 'Idempotency-Key': 'mended' } })).status).toBe(400);
    expect((await server.send('POST', '/api/lists', { name: 'Mended' }, { headers: { 'Idempotency-Key': 'mended' } })).status).toBe(201);
    for (const key of ['', 'a b', 'x'.repeat(256), 'é'])
      expect((await server.send('POST', '/api/lists', { name: 'No' }, { headers: { 'Idempotency-Key': key } })).status).toBe(400);
  });
  test('the same file under one key is imported once', async () => {
    const post = (body: string) =>
      server.ask('/api/imports?listName=Once', {
        method: 'POST',
        headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': 'file' },
        body,
      });
    const first = await text(await post(SAMPLE_CSV));
    expect(await text(await post(SAMPLE_CSV))).toEqual(first);
    expect((await post(SAMPLE_CSV.replace('Ann', 'Bea'))).status).toBe(422);
    expect((await (await server.ask('/api/leads')).json()).pagination.totalCount).toBe(48);
  });

  test('the template has every field and can be imported', async () => {
    const template = await (await server.ask('/api/template.csv')).text();
    const [status, receipt] = await text(
      await server.ask('/api/imports', { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: template }),
    );
    expect([status, receipt.created, receipt.rejected]).toEqual([201, 1, 0]);
  });
});
