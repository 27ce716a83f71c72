import { beforeAll, describe, expect, test } from 'vitest';
import type { Exchange } from '../support/crm-recorder.ts';
import { readPublishedSpecs } from '../support/hubspot/published-specs.ts';
import { isObject } from '../support/hubspot/read-request.ts';
import { recordTraffic } from '../support/hubspot/record-traffic.ts';

let traffic: readonly Exchange[] = [];
beforeAll(async () => {
  traffic = (await recordTraffic()).filter(({ path }) => path !== '/oauth/authorize'); // a page for people, not of the API
});
const nameOf = ({ method, path }: Exchange) => `${method} ${path}`;

describe('all that we ask of HubSpot', () => {
  test('is asked at addresses with a date, and none of them is of an old version', () => {
    const dated = /^\/(crm\/(?:objects|properties|pipelines|associations|lists|owners)|oauth|account-info)\/2026-03(?:\/|$)/;
    expect(traffic.map(({ path }) => path).filter((path) => !dated.test(path) || /\/v\d+(\/|$)/.test(path))).toEqual([]);
    expect(new Set(traffic.map(({ path }) => dated.exec(path)?.[1])).size).toBe(8);
  });

  test('carries, where something is written, a trace of its own for each record', () => {
    const batches = traffic.filter((one) => /batch\/(create|update|upsert)$/.test(nameOf(one)));
    const traces = batches.map(({ sent }) =>
      (isObject(sent) && Array.isArray(sent.inputs) ? sent.inputs : []).map((input: unknown) =>
        isObject(input) ? input.objectWriteTraceId : undefined,
      ),
    );
    expect(traces.length).toBeGreaterThan(10);
    expect(traces.flat().filter((trace) => typeof trace !== 'string' || trace === '')).toEqual([]);
    expect(traces.filter((of) => new Set(of).size < of.length)).toEqual([]);
    // Whatever changes contacts goes by batches: nothing is written without a trace beside them.
    const isWrite = (one: Exchange) => /^(PATCH|PUT|DELETE|POST) \/crm\/objects/.test(nameOf(one)) && !/(read|search)$/.test(one.path);
    expect(traffic.filter(isWrite).filter((one) => !batches.includes(one) && !one.path.endsWith('batch/archive'))).toEqual([]);
  });

  test('meets every kind of refusal there is', () => {
    const statuses = new Set(traffic.map(({ status }) => status));
    for (const status of [200, 201, 204, 207, 400, 401, 403, 404, 409, 414, 423, 429, 477, 502]) expect(statuses).toContain(status);
    const policies = traffic.flatMap(({ answer }) => (isObject(answer) ? (answer.policyName ?? []) : []));
    expect(new Set(policies)).toEqual(new Set(['TEN_SECONDLY_ROLLING', 'SECONDLY', 'DAILY']));
  });
});

const specs = readPublishedSpecs('2026-03');

describe.skipIf(specs === null)('HubSpot’s own description of its API, where a developer has it', () => {
  const judge = (one: Exchange) => specs?.judge(one).map((problem) => `${nameOf(one)} ${one.status}: ${problem}`) ?? [];

  test('has every request of ours and every answer of the loopback', () => {
    expect(traffic.length).toBeGreaterThan(120);
    expect(traffic.flatMap(judge)).toEqual([]);
  });

  test('finds what it has not', () => {
    const of = (name: string) => traffic.find((one) => nameOf(one) === name && one.status < 300) as Exchange; // asked above
    const [page, search] = [of('GET /crm/objects/2026-03/contacts'), of('POST /crm/objects/2026-03/contacts/search')];
    expect(judge({ ...page, path: '/crm/v3/objects/contacts' })).toHaveLength(1);
    expect(judge({ ...page, query: new URLSearchParams({ page: '2', limit: 'many' }) })).toHaveLength(2);
    expect(judge({ ...page, status: 206 })).toHaveLength(1);
    expect(judge({ ...page, answer: { results: [{ id: 5, properties: {}, createdAt: 'now', updatedAt: null }] } })).toHaveLength(4);
    expect(judge({ ...search, contentType: 'text/plain' })).toHaveLength(1);
    expect(judge({ ...search, sent: { limit: 'x', more: 1 } })).toHaveLength(2);
  });
});
