import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toFailure } from '../../server/crm/salesforce/failures.ts';
import { describeObject } from '../../server/crm/salesforce/fields.ts';
import { toRecords } from '../../server/crm/salesforce/objects.ts';
import { queryToEnd } from '../../server/crm/salesforce/queries.ts';
import { openOrg as openTransport } from '../../server/crm/salesforce/transport.ts';
import { ok } from '../../shared/result.ts';
import { unwrap } from '../support/crm-answers.ts';
import type { Exchange } from '../support/crm-recorder.ts';
import { NOBODY } from '../support/nobody-counts.ts';
import { type OpenOrg, openOrg } from '../support/salesforce/open-org.ts';
import { tellDifferences } from './crm-differences.ts';

/**
 * A folder of real answers that somebody recorded, one `<name>.test.json` each:
 * `{"api": {"get": {"/services/data/v59.0/query": [{"request": {"params": {}, "data": {}}, "status": 200, "headers": {}, "response": {}}]}}}`.
 */
const folder = process.env.LEADLINE_TEST_SALESFORCE_RECORDED;

type Recorded = {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly response: unknown;
};
function load(name: string): readonly Recorded[] {
  const { api } = JSON.parse(readFileSync(join(folder ?? '', `${name}.test.json`), 'utf8'));
  return Object.entries(api as object).flatMap(([method, paths]) =>
    Object.entries(paths as object).flatMap(([path, calls]) =>
      [calls].flat().map(({ request, status, headers, response }) => ({
        method: method.toUpperCase(),
        path,
        params: request?.params ?? {},
        status,
        headers,
        response,
      })),
    ),
  );
}

/** The first answer of a file, of the shape that whoever recorded it knows it has. */
const first = <T>(name: string): T => load(name)[0]?.response as T;

describe.skipIf(!folder)('real answers that were recorded', () => {
  let org: OpenOrg;
  let accessToken: string;
  beforeAll(async () => {
    org = await openOrg({ batchSize: 3 });
    accessToken = org.fake.auth.issue().accessToken;
    for (let index = 0; index < 7; index++) org.fake.people.addContact({ FirstName: 'Ann', LastName: 'Lee', Phone: '(202) 555-0123' });
  });
  afterAll(() => org.fake.stop());

  async function ask(method: string, path: string, body?: unknown): Promise<Exchange> {
    const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' };
    const answer = await fetch(`${org.fake.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await answer.text();
    const url = new URL(path, org.fake.url);
    const rest = { path: url.pathname, query: url.searchParams, contentType: null, sent: body ?? null };
    return { method, ...rest, status: answer.status, headers: new Map(answer.headers), answer: text === '' ? null : JSON.parse(text) };
  }
  const toExchange = ({ method, path, status, headers, response }: Recorded): Exchange => {
    const answer = response === '' ? null : response;
    const rest = { path, query: new URLSearchParams(), contentType: null, sent: null };
    return { method, ...rest, status, headers: new Map(Object.entries(headers)), answer };
  };
  const data = '/services/data/v67.0';
  const soql = (text: string) => `${data}/query?q=${encodeURIComponent(text)}`;
  const contacts = () => org.fake.people.live('Contact').map(({ Id }) => String(Id));
  const nobody = '003xx000003DHP0AAO';
  const record = (more: object) => ({ allOrNone: false, records: [{ attributes: { type: 'Contact' }, ...more }] });
  const fields = 'Id, FirstName, LastName, Email, Phone, MobilePhone, Title, Department, AccountId, CreatedDate, SystemModstamp';
  const pages = async () => {
    const page = await ask('GET', soql('SELECT Id, Name FROM Contact'));
    const { nextRecordsUrl } = page.answer as { nextRecordsUrl: string };
    return [page, await ask('GET', nextRecordsUrl)];
  };
  const CASES: readonly (readonly [name: string, ours: () => Promise<readonly Exchange[]>])[] = [
    ['contacts', async () => [await ask('GET', soql(`SELECT ${fields} FROM Contact LIMIT 3`))]],
    ['articles', pages],
    ['describe-sobject', async () => [await ask('GET', `${data}/sobjects/Lead/describe`)]],
    ['get-limits', async () => [await ask('GET', `${data}/limits`)]],
    ['list-available-resources', async () => [await ask('GET', '/services/data')]],
    ['create-sobject-collection', async () => [await ask('POST', `${data}/composite/sobjects`, record({ LastName: 'New' }))]],
    ['update-sobject-collection', async () => [await ask('PATCH', `${data}/composite/sobjects`, record({ Id: nobody, LastName: 'New' }))]],
    ['update-record', async () => [await ask('PATCH', `${data}/sobjects/Contact/${contacts()[0]}`, { LastName: 'New' })]],
    ['delete-sobject-collection', async () => [await ask('DELETE', `${data}/composite/sobjects?ids=${contacts()[1]}&allOrNone=false`)]],
  ];
  test.each(CASES)('%s: the loopback says nothing that the real one does not say, nor otherwise', async (name, ours) => {
    const asked = await ours();
    const real = load(name).filter(({ method, path }) => asked.some((one) => one.method === method && routeOf(one.path) === routeOf(path)));
    expect(real.length).toBeGreaterThan(0);
    const differences = tellDifferences({ exchanges: asked, lags: [] }, { exchanges: real.map(toExchange), lags: [] }, routeOf);
    console.log([name, ...differences].join('\n  '));
    expect(differences.filter((line) => line.includes('only loopback'))).toEqual([]);
  });

  /** Our transport on a server that plays what was recorded, by method, path and parameters. */
  async function play<T>(names: readonly string[], act: (transport: ReturnType<typeof openTransport>) => Promise<T>): Promise<T> {
    const calls = names.flatMap(load);
    const server = createServer((request, answer) => {
      const url = new URL(request.url ?? '', 'http://x');
      const found = calls.find((call) => call.method === request.method && call.path === url.pathname);
      const body = typeof found?.response === 'string' ? found.response : JSON.stringify(found?.response ?? []);
      const headers = Object.entries(found?.headers ?? {}).filter(([header]) => /^content-type$|^sforce/.test(header));
      answer.writeHead(found?.status ?? 404, Object.fromEntries(headers)).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const instanceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
    const openSession = async () => ok({ accessToken: 'x', instanceUrl });
    const version = /\/v(\d+\.\d)\//.exec(calls[0]?.path ?? '')?.[1] ?? '59.0';
    try {
      return await act(
        openTransport({ openSession, apiVersion: version, sleep: async () => {}, random: Math.random, listener: NOBODY, now: Date.now }),
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test('a description is read in full: every field that holds a value, with its label and type', async () => {
    const real = first<{ readonly fields: readonly { name: string; type: string; custom: boolean }[] }>('describe-sobject').fields;
    const read = await play(['describe-sobject'], async (transport) => unwrap(await describeObject(transport, 'Account')));
    const values = real.filter(({ type }) => type !== 'address' && type !== 'location');
    expect(read.map(({ name }) => name)).toEqual(values.map(({ name }) => name));
    expect(read.filter(({ isCustom }) => isCustom)).toHaveLength(real.filter(({ custom }) => custom).length);
    expect(read.filter(({ label, valueType }) => label === '' || valueType === undefined)).toEqual([]);
  });

  test('pages are followed to the end, and records are read with their moments', async () => {
    const rows = await play(['articles'], async (transport) => unwrap(await queryToEnd(transport, 'SELECT Id FROM Account')));
    expect(rows).toHaveLength(first<{ readonly totalSize: number }>('articles').totalSize);
    const people = toRecords('contact', await play(['contacts'], async (transport) => unwrap(await queryToEnd(transport, 'x'))));
    expect(people.filter(({ modifiedAt, createdAt }) => modifiedAt < 1e12 || createdAt < 1e12)).toEqual([]);
    expect(people.filter(({ values }) => [...values.values()].some((value) => value === ''))).toEqual([]);
  });

  test('errors of records are read by their code', () => {
    const errors = ['update-sobject-collection', 'upsert-sobject-collection'].map(
      (name) => first<readonly { readonly errors: readonly unknown[] }[]>(name)[0]?.errors[0],
    );
    expect(errors.map((error) => toFailure(error).kind)).toEqual(['gone', 'validation']);
  });
});

function routeOf(path: string): string {
  return path
    .replace(/\/v\d+\.\d/, '/vN')
    .replace(/\/sobjects\/(Account|Contact|Lead)(?=\/)/, '/sobjects/X')
    .replace(/\/[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?(?:-\d+)?(?=\/|$)/g, '/{id}');
}
