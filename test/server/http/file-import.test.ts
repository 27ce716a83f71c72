import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SAMPLE_CSV } from '#shared/table/sample.data.ts';
import { answered } from '../../support/bodies.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

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
    const [status, receipt] = await answered(
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
    const [status, receipt] = await answered(await server.ask('/api/imports', { method: 'POST', body: form }));
    expect([status, receipt.created, receipt.list.name]).toEqual([201, 1, 'From a form']);
    const { leads } = await (await server.ask('/api/leads')).json();
    expect(leads).toMatchObject([{ firstName: 'Ann', lastName: 'Lee', companyName: 'Acme' }]);
    expect((await (await server.ask('/api/imports')).json()).imports[0]).toMatchObject({ fileName: 'people.csv' });
  });

  test('overwriting without saying what is refused', async () => {
    const answer = await server.ask('/api/imports?onDuplicate=overwrite', { method: 'POST', headers: csv, body: SAMPLE_CSV });
    expect(await answered(answer)).toEqual([
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
      const answer = await answered(await server.ask(path, { method: 'POST', headers: csv, body }));
      expect(answer).toEqual([
        status,
        expect.objectContaining({ code, error: expect.stringMatching(sentence), details: [expect.objectContaining({ code: fileCode })] }),
      ]);
    }
    expect((await (await server.ask('/api/imports')).json()).imports).toEqual([]);
  });
  test('an encoding nobody knows is a mistake in the request, and is named', async () => {
    for (const path of ['/api/imports', '/api/imports/preview']) {
      const [status, body] = await answered(
        await server.ask(`${path}?encoding=klingon`, { method: 'POST', headers: csv, body: SAMPLE_CSV }),
      );
      expect([status, body.code, body.error]).toEqual([400, 'INVALID_REQUEST', expect.stringContaining('klingon')]);
    }
  });
  test.each([
    ['/preview?limit=abc', 'limit', 'a whole number from 1 to 500'],
    ['/preview?limit=501', 'limit', 'a whole number from 1 to 500'],
    ['?delimiter=x', 'delimiter', 'a comma, a semicolon, a bar `|`, `^`, `~`, `:` or `tab`'],
    ['/preview?quote=x', 'quote', 'one of double, backslash, single, lines, none'],
    ['/preview?lastRow=0', 'lastRow', 'a whole number from 1 to 999999999'],
    ['?keepRows=maybe', 'keepRows', 'true or false'],
    ['/preview?keeprows=true', 'keeprows', 'nothing: there is no such option'],
    ['?header=3', 'header', 'nothing: there is no such option'],
    ['?listName=', 'listName', 'a name of at least 1 character'],
    ['?defaultCountry=Germany', 'defaultCountry', 'two letters, as US or DE'],
    ['?dryRun=maybe', 'dryRun', 'true or false'],
    ['?require=all', 'require', 'one of complete, reachable, any'],
  ])('%s is told in plain words', async (query, path, expected) => {
    const [status, body] = await answered(await server.ask(`/api/imports${query}`, { method: 'POST', headers: csv, body: SAMPLE_CSV }));
    expect([status, body.code, body.details]).toEqual([400, 'INVALID_REQUEST', [{ path, expected }]]);
  });
  test('two columns for one field are named in a sentence', async () => {
    const form = new FormData();
    form.set('file', new File(['Mail,Call,Mail\nann@example.com,2025550123,b@example.com\n'], 'people.csv'));
    const mapping = [0, 2].map((column) => ({ column, field: 'email' }));
    form.set('options', JSON.stringify({ mapping }));
    const [status, body] = await answered(await server.ask('/api/imports', { method: 'POST', body: form }));
    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(body.error).toBe(
      'The columns "Mail" and "Mail #2" are both mapped to Email, which takes one. Map one of them to another field, to "custom" or to "ignore".',
    );
  });
  test('what a refused file is instead is named for programs too', async () => {
    const zip = Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]);
    const [, body] = await answered(await server.ask('/api/imports/preview', { method: 'POST', headers: csv, body: zip }));
    expect(body.details[0].refused).toBe('zip');
  });
});
