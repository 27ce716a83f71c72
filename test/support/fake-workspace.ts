import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import type { Role, WorkspaceAnswer } from '#shared/api/workspace.ts';
import { watchWorkspace } from '../../extension/flow/workspace/open-workspace.ts';
import { askServer } from '../../extension/platform/ask-server.ts';
import { type LeadEvent, leadApi } from '../../extension/platform/lead-api.ts';
import { serverApi } from '../../extension/platform/server-api.ts';
import type { WorkspaceHost } from '../../extension/ui/workspace/workspace-host.ts';
import { makeLead } from './stored-leads.ts';

/** A server of one workspace in memory, as far as the workspace page asks it. */
export type FakeWorkspace = {
  readonly host: WorkspaceHost;
  /** Method, path and query of every request that arrived, with its body. */
  readonly requests: string[];
  readonly did: string[];
  readonly saved: File[];
  leads: LeadAnswer[];
  /** A refusal for the next change of a lead: status and body. */
  refuse: { readonly status: number; readonly body: Record<string, unknown> } | null;
  isDown: boolean;
  isPaired: boolean;
};

const ANA = { id: 'm1', email: 'ana@example.com', name: 'Ana Ruiz', role: 'admin', createdAt: '2026-01-01T00:00:00Z' };
const LISTS = [
  { id: 'l0', name: 'Default list', leadCount: 0, isDefault: true, createdAt: '2026-01-01T00:00:00Z' },
  { id: 'l1', name: 'Q4 Webinar', leadCount: 40, isDefault: false, createdAt: '2026-01-01T00:00:00Z' },
];
const LIMITS = { fileBytes: 1, columns: 1, cellBytes: 1, chunkBytes: 1, leadsPerCall: 1 };

/** `count` invented people: Person 0 to Person n-1, every third tagged "fair". */
export function fakeWorkspace(count: number, role: Role = 'admin'): FakeWorkspace {
  const leads = Array.from({ length: count }, (_, index) =>
    makeLead(`ld${index}`, {
      firstName: 'Person',
      lastName: String(index),
      email: `person${index}@example.com`,
      phone: `+1202555${String(1_000 + index)}`,
      companyName: index % 2 === 0 ? 'Brightwater Labs' : 'Marlow Freight',
      tags: index % 3 === 0 ? ['fair'] : [],
    }),
  );
  const fake: FakeWorkspace = { host: hostOf(), requests: [], did: [], saved: [], leads, refuse: null, isDown: false, isPaired: true };
  return fake;

  function hostOf(): WorkspaceHost {
    const access = { address: 'http://localhost:8787', key: 'll_key', fetch: answer, now: () => 0 };
    return {
      now: () => Date.parse('2026-05-18T12:00:00Z'),
      open: (onChange) =>
        watchWorkspace(
          {
            server: async () => ({
              address: access.address,
              key: fake.isPaired ? access.key : null,
              api: serverApi(access),
              leads: leadApi(access),
              calls: askServer(access),
            }),
            watchServer: () => () => {},
            after: () => () => {},
          },
          onChange,
        ),
      openImporter: () => fake.did.push('openImporter'),
      openOptions: () => fake.did.push('openOptions'),
      openAddress: (address) => fake.did.push(`address ${address}`),
      saveFile: (file) => fake.saved.push(file),
      switchTheme: () => fake.did.push('switchTheme'),
    };
  }

  async function answer(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    if (fake.isDown) throw new TypeError('nobody answers');
    const url = new URL(String(input));
    const method = init.method ?? 'GET';
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : null;
    fake.requests.push(`${method} ${url.pathname}${url.search}${body ? ` ${JSON.stringify(body)}` : ''}`);
    const [status, value] = route(method, url, body);
    const headers = { 'X-Leadline-Api': '1', 'Content-Type': 'application/json' };
    return new Response(typeof value === 'string' ? value : JSON.stringify(value), { status, headers });
  }

  function route(method: string, url: URL, body: Record<string, unknown> | null): readonly [number, unknown] {
    const [, , first, second, third] = url.pathname.split('/');
    if (first === 'workspace') return [200, workspaceFacts(role)];
    if (first === 'lists' && method === 'POST') return [201, { ...LISTS[1], id: 'l2', name: body?.name, leadCount: 0 }];
    if (first === 'lists') return [200, { lists: LISTS }];
    if (first === 'custom-fields') return [200, { customFields: [] }];
    if (first === 'tags') return [200, { tags: [{ name: 'fair', leadCount: 1 }] }];
    if (first === 'members') return [200, { members: [ANA] }];
    if (first === 'imports') return [200, second === undefined ? { imports: [IMPORT], nextCursor: null } : IMPORT];
    if (second === 'export') return [200, 'First name\r\nPerson\r\n'];
    if (second === 'bulk') return [200, bulk(body ?? {})];
    if (third === 'timeline') return [200, { events: EVENTS }];
    if (method === 'PATCH') return patch(second ?? '', body ?? {});
    const id = url.searchParams.get('id');
    if (id === null) return [200, page(url.searchParams)];
    const lead = fake.leads.find((known) => known.id === id);
    return lead ? [200, { lead }] : [404, { error: 'Not here.', code: 'NOT_FOUND', requestId: 'r' }];
  }

  function found(filter: Readonly<Record<string, string>>): LeadAnswer[] {
    const { search = '', tag } = filter;
    return fake.leads.filter(
      (lead) => `${lead.firstName} ${lead.lastName} ${lead.companyName}`.includes(search) && (tag === undefined || lead.tags.includes(tag)),
    );
  }

  function page(query: URLSearchParams) {
    const all = found(Object.fromEntries(query));
    const limit = Number(query.get('limit'));
    const start = query.has('cursor') ? Number(query.get('cursor')) : (Number(query.get('page')) - 1) * limit;
    const pagination = { page: 1, limit, totalCount: all.length, totalPages: Math.ceil(all.length / limit) };
    return {
      leads: all.slice(start, start + limit),
      lists: LISTS,
      pagination,
      nextCursor: start + limit < all.length ? String(start + limit) : null,
    };
  }

  function patch(id: string, { version, ...values }: Record<string, unknown>): readonly [number, unknown] {
    const refused = fake.refuse;
    fake.refuse = null;
    if (refused) return [refused.status, { requestId: 'r', error: 'No.', ...refused.body }];
    const old = fake.leads.find((lead) => lead.id === id);
    if (!old) return [404, { error: 'Not here.', code: 'NOT_FOUND', requestId: 'r' }];
    if (version !== old.version) return [409, { error: 'Changed.', code: 'CONFLICT', details: [{ lead: old }], requestId: 'r' }];
    const lead: LeadAnswer = { ...old, ...values, version: old.version + 1 };
    fake.leads = fake.leads.map((known) => (known.id === id ? lead : known));
    return [200, { lead }];
  }

  function bulk(body: Record<string, unknown>) {
    const ids = body.ids as string[] | undefined; // as our own client sends it
    const which = new Set(ids ?? found(body.filter as Record<string, string>).map(({ id }) => id)); // likewise
    if (body.delete) fake.leads = fake.leads.filter(({ id }) => !which.has(id));
    const tags = (body.addTags ?? []) as string[]; // likewise
    fake.leads = fake.leads.map((lead) => (which.has(lead.id) ? { ...lead, tags: [...new Set([...lead.tags, ...tags])] } : lead));
    return { changedCount: which.size, foundCount: which.size };
  }
}

const BUCKETS = ['cancelled', 'blank', 'excluded', 'rejected', 'suppressed', 'review', 'created', 'addedToList', 'updated', 'duplicate'];
const IMPORT = {
  importId: 'i1',
  state: 'complete',
  source: 'csv',
  fileName: 'webinar.csv',
  list: { id: 'l1', name: 'Q4 Webinar', created: true },
  total: 40,
  chunkCount: 1,
  counters: Object.fromEntries(BUCKETS.map((bucket) => [bucket, bucket === 'created' ? 40 : 0])),
  missingChunks: [],
  createdAt: '2026-05-18T09:41:00Z',
};
const EVENTS: readonly LeadEvent[] = [
  {
    kind: 'import_undone',
    at: '2026-05-18T09:55:00Z',
    field: 'companyName',
    old: 'Brightwater Holding',
    new: 'Brightwater Labs Ltd',
    actor: ANA,
    importId: 'i2',
    fileName: 'messy.csv',
    source: 'csv',
    sync: null,
  },
  {
    kind: 'changed',
    at: '2026-05-18T09:50:00Z',
    field: 'phone',
    old: '+12025550168',
    new: '+12025550186',
    actor: ANA,
    importId: null,
    fileName: null,
    source: null,
    sync: null,
  },
  {
    kind: 'created',
    at: '2026-05-18T09:41:00Z',
    field: null,
    old: null,
    new: null,
    actor: ANA,
    importId: 'i1',
    fileName: 'webinar.csv',
    source: 'csv',
    sync: null,
  },
];

/** What a workspace says of itself. */
export function workspaceFacts(role: Role): WorkspaceAnswer {
  return {
    id: 'w1',
    name: 'Fernhill Sales',
    plan: 'premium',
    role,
    limits: LIMITS,
    defaultCountry: 'US',
    require: 'complete',
    readOnly: false,
    membersMay: { overwrite: true, undo: true },
    googleClientId: null,
  };
}
