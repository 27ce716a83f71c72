import type { BodyOf } from '#shared/api/contract.ts';
import type { ImportState } from '#shared/api/imports.ts';
import type { TemplateAnswer, TemplatesAnswer } from '#shared/api/settings.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { driveFlow } from '../../../extension/flow/drive-flow.ts';
import type { FlowEffects } from '../../../extension/flow/flow-effects.ts';
import type { ImportFlow } from '../../../extension/flow/import-flow.ts';
import { createEngine } from '../../../extension/flow/planner-engine.ts';
import type { ImportView } from '../../../extension/flow/view.ts';
import { serverApi } from '../../../extension/platform/server-api.ts';
import type { Database } from '../../../extension/storage/database.ts';
import { viewWhen } from '../../support/view-when.ts';
import { fakeServer, refusal, reply } from '../background/fake-server.ts';

/** A browser and its server: pages are opened on it, and it survives them. */
export function makeRoom(database: Database) {
  const server = fakeServer();
  const state = {
    key: 'll_key' as string | null,
    isUp: true,
    wakes: 0,
    clock: 1_000_000,
    ids: 0,
    pause: null as Promise<void> | null,
    listeners: new Set<() => void>(),
  };
  const did: string[] = [];
  const askedFor: (string | null)[] = [];
  const askedEmails: (readonly string[])[] = [];
  const stored = new Set<string>();
  const known: { version: number; lead: Lead } = { version: 1, lead: {} };
  const optOuts: BodyOf<'addSuppressions'>[] = [];
  const past: { answer: ImportState | null } = { answer: null };
  const lists = [{ id: 'l1', name: 'Old list', leadCount: 3, isDefault: true, createdAt: '2026-01-01T00:00:00Z' }];
  const customFields = [{ id: 'c1', label: 'Contract Start', type: 'date', choices: [] as string[] }];
  const shared: SharedMappings = { templates: [], remembered: null, asked: [], late: null };
  const workspace = {
    id: 'w1',
    name: 'Home',
    plan: 'premium',
    role: 'admin',
    limits: { fileBytes: 10_000_000, columns: 512, cellBytes: 32_768, chunkBytes: 1_048_576, leadsPerCall: 10_000 },
    defaultCountry: 'US',
    require: 'complete',
    readOnly: false,
    membersMay: { overwrite: true, undo: true },
    googleClientId: null,
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (!state.isUp) throw new TypeError('refused');
    const path = new URL(String(input)).pathname;
    if (state.key === 'll_old') return refusal(401, 'UNAUTHORIZED');
    if (path === '/api/lists') return reply(200, { lists });
    if (path === '/api/custom-fields') return reply(200, { customFields });
    if (path === '/api/suppressions') {
      server.requests.push(`${init?.method} ${path}`);
      optOuts.push(await new Response(init?.body ?? null).json());
      return reply(201, { entries: [], addedCount: 0, markedCount: 0, invalid: [] });
    }
    if (path === '/api/members') return reply(200, { members: [MEMBER] });
    if (path === '/api/workspace') return reply(200, workspace);
    if (past.answer && init?.method === 'GET' && path === `/api/imports/${past.answer.importId}`) return reply(200, past.answer);
    if (path.startsWith('/api/mapping-templates')) return answerTemplates(shared, new Request(input, init));
    return server.fetch(input, init);
  };
  const access = () => ({ address: 'http://localhost:8787', key: state.key, fetch, now: () => state.clock });
  const locks = new Set<string>();
  const effects = (): FlowEffects => ({
    database,
    planner: createEngine(database, async ({ listId }, { emails }) => {
      if (!state.isUp) return null;
      askedFor.push(listId);
      askedEmails.push(emails);
      await state.pause;
      // In a list that was made meanwhile stands everybody.
      const inList = listId !== null && listId !== 'l1';
      return {
        matches: emails.filter((key) => inList || stored.has(key)).map((key) => ({ key, leads: [{ ...KNOWN, ...known, id: key }] })),
        suppressed: [],
      };
    }),
    now: () => ++state.clock,
    newId: () => `id-${++state.ids}`,
    server: async () => ({ address: 'http://localhost:8787', key: state.key, api: serverApi(access()) }),
    watchServer: (listener) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    defaultCountry: async () => 'US',
    wakeLater: async () => void did.push('wakeLater'),
    wake: async () => {
      did.push('wake');
      state.wakes++;
    },
    tryLock: async (name, work) => {
      if (locks.has(name)) return null;
      locks.add(name);
      return work().finally(() => locks.delete(name));
    },
    after: () => () => {},
  });
  return {
    server,
    state,
    /** How the background was roused, in order. */
    did,
    /** The lists the workspace has now. */
    lists,
    /** Its custom fields. */
    customFields,
    /** What it says of itself. */
    workspace,
    /** What the workspace remembers of mappings. */
    shared,
    /** For each question who is known: the list it was asked for. */
    askedFor,
    /** The addresses of each question. */
    askedEmails,
    /** Addresses of leads that stand in every list. */
    stored,
    /** Every stored lead's version and values. */
    known,
    /** What was put on the suppression list, by request. */
    optOuts,
    /** An import the workspace knows. */
    past,
    /** What the background would send with. */
    push: () => ({ database, api: async () => serverApi(access()), now: () => state.clock, random: () => 0.5, sleep: async () => {} }),
    open: (draftId?: string, changed: Partial<FlowEffects> = {}) => driveFlow({ ...effects(), ...changed }, draftId),
  };
}

type SharedMappings = {
  templates: TemplateAnswer[];
  remembered: TemplatesAnswer['remembered'];
  readonly asked: string[];
  late: Promise<void> | null;
};

/** The server's side of templates: as much as a page sees of it. */
async function answerTemplates(shared: SharedMappings, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const id = pathname.split('/')[3];
  if (request.method === 'GET') {
    const { templates, remembered, late } = shared;
    shared.asked.push(searchParams.get('signature') ?? '');
    await late;
    return reply(200, { templates, remembered });
  }
  const body = request.method === 'DELETE' ? {} : await request.json();
  if (shared.templates.some((one) => one.id !== id && one.name === body.name)) return refusal(409, 'CONFLICT');
  const known = shared.templates.find((one) => one.id === id);
  if (id !== undefined && !known) return refusal(404, 'NOT_FOUND');
  const others = shared.templates.filter((one) => one !== known);
  if (request.method === 'DELETE') {
    shared.templates = others;
    return reply(200, { deleted: true });
  }
  const at = '2026-05-04T00:00:00.000Z';
  const by = { name: 'Ann', email: 'ann@example.com', isYou: true };
  const made = { id: `t${shared.templates.length}`, by, createdAt: at, updatedAt: at, ...known, ...body };
  shared.templates = [...others, made];
  return reply(known ? 200 : 201, made);
}

const MEMBER = { id: 'm1', email: 'ann@acme.example', name: 'Ann', role: 'admin', createdAt: '2026-01-01T00:00:00Z' };
const KNOWN = { inList: true };

export const isAt = (step: string) => (view: ImportView) => view.draft.step === step;
export const isRead = (view: ImportView) => view.draft.step === 'read' && view.draft.reading.kind === 'ready';
export const isPlanned = (view: ImportView) => (view.draft.step === 'check' || view.draft.step === 'preview') && view.draft.plan !== null;

/** Goes with the sample to the preview. */
export async function toPreview(flow: ImportFlow): Promise<void> {
  await flow.chooseSample();
  await viewWhen(flow, isRead);
  await flow.send({ kind: 'wentTo', step: 'map' });
  await flow.send({ kind: 'wentTo', step: 'check' });
  await viewWhen(flow, isPlanned);
  await flow.send({ kind: 'wentTo', step: 'preview' });
}
