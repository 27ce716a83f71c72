import { type AnswerOf, type BodyOf, pathTo } from '#shared/api/contract.ts';
import { type ChunkAnswer, chunkAnswer, type ImportState, importState, type Receipt, receipt } from '#shared/api/imports.ts';
import { type Read, reader } from '#shared/api/json.ts';
import { type ListAnswer, listsAnswer } from '#shared/api/lists.ts';
import { type MatchAnswer, type MatchBody, matchAnswer } from '#shared/api/match.ts';
import { membersAnswer } from '#shared/api/people.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import {
  type CustomFieldAnswer,
  customFieldsAnswer,
  deletedAnswer,
  suppressionsAdded,
  type TemplateAnswer,
  type TemplatesAnswer,
  templateAnswer,
  templatesAnswer,
} from '#shared/api/settings.ts';
import { type WorkspaceAnswer, workspaceAnswer } from '#shared/api/workspace.ts';
import { ok, type Result } from '#shared/result.ts';
import { callServer, fetchFile, type ServerAccess } from './call-server.ts';

type Answer<T> = Promise<Result<T, ServerFailure>>;
type Bytes = Uint8Array<ArrayBuffer>;

/** The calls the extension makes. One attempt each; who calls decides about trying again. */
export type ServerApi = {
  workspace(): Answer<WorkspaceAnswer>;
  lists(): Answer<readonly ListAnswer[]>;
  /** Named mappings, and how a file with these headers was imported last; `signature` as `headerSignature` gives it. */
  templates(signature: string | null): Answer<TemplatesAnswer>;
  createTemplate(body: BodyOf<'createTemplate'>): Answer<TemplateAnswer>;
  changeTemplate(id: string, patch: BodyOf<'changeTemplate'>): Answer<TemplateAnswer>;
  deleteTemplate(id: string): Answer<unknown>;
  customFields(): Answer<readonly CustomFieldAnswer[]>;
  members(): Answer<AnswerOf<'listMembers'>['members']>;
  match(body: MatchBody): Answer<MatchAnswer>;
  /** Puts people on the suppression list; the same body again is harmless. */
  addSuppressions(body: Bytes): Answer<unknown>;
  /** Announces an import; the same body again is harmless. */
  putImport(importId: string, body: Bytes): Answer<ImportState>;
  putChunk(importId: string, seq: number, body: Bytes): Answer<ChunkAnswer>;
  importState(importId: string): Answer<ImportState>;
  completeImport(importId: string): Answer<Receipt>;
  cancelImport(importId: string): Answer<Receipt>;
  /** CSV text. */
  rejectedCsv(importId: string): Answer<string>;
};

/** Long enough for a slow line, short enough that "checking" ends. */
const QUESTION_MS = 15_000;
/** A chunk, and what runs over a whole import: a busy server may take its time. */
const WORK_MS = 60_000;

/** The server at an address, by a key. */
export function serverApi(access: ServerAccess): ServerApi {
  const get = { method: 'GET', timeoutMs: QUESTION_MS } as const;
  const write = <T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: unknown, read: Read<T>) =>
    callServer(access, {
      method,
      path,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: QUESTION_MS,
      read,
    });
  return {
    workspace: () => callServer(access, { ...get, path: pathTo('workspace', {}), read: reader(workspaceAnswer) }),
    lists: async () => {
      const answer = await callServer(access, { ...get, path: pathTo('listLists', {}), read: reader(listsAnswer) });
      return answer.ok ? ok(answer.value.lists) : answer;
    },
    customFields: async () => {
      const answer = await callServer(access, { ...get, path: pathTo('listCustomFields', {}), read: reader(customFieldsAnswer) });
      return answer.ok ? ok(answer.value.customFields) : answer;
    },
    templates: (signature) => {
      const query = signature === null ? '' : `?${new URLSearchParams({ signature })}`;
      return callServer(access, { ...get, path: pathTo('listTemplates', {}) + query, read: reader(templatesAnswer) });
    },
    createTemplate: (body) => write('POST', pathTo('createTemplate', {}), body, reader(templateAnswer)),
    changeTemplate: (id, patch) => write('PATCH', pathTo('changeTemplate', { id }), patch, reader(templateAnswer)),
    deleteTemplate: (id) => write('DELETE', pathTo('deleteTemplate', { id }), undefined, reader(deletedAnswer)),
    members: async () => {
      const answer = await callServer(access, { ...get, path: pathTo('listMembers', {}), read: reader(membersAnswer) });
      return answer.ok ? ok(answer.value.members) : answer;
    },
    match: (body) =>
      callServer(access, {
        method: 'POST',
        path: pathTo('match', {}),
        body: JSON.stringify(body),
        timeoutMs: WORK_MS,
        read: reader(matchAnswer),
      }),
    addSuppressions: (body) =>
      callServer(access, {
        method: 'POST',
        path: pathTo('addSuppressions', {}),
        body,
        timeoutMs: WORK_MS,
        read: reader(suppressionsAdded),
      }),
    putImport: (importId, body) =>
      callServer(access, { method: 'PUT', path: pathTo('putImport', { importId }), body, timeoutMs: WORK_MS, read: reader(importState) }),
    putChunk: (importId, seq, body) =>
      callServer(access, {
        method: 'PUT',
        path: pathTo('storeChunk', { importId, seq: String(seq) }),
        body,
        timeoutMs: WORK_MS,
        read: reader(chunkAnswer),
      }),
    importState: (importId) => callServer(access, { ...get, path: pathTo('readImport', { importId }), read: reader(importState) }),
    completeImport: (importId) =>
      callServer(access, {
        method: 'POST',
        path: pathTo('completeImport', { importId }),
        body: '{}',
        timeoutMs: WORK_MS,
        read: reader(receipt),
      }),
    cancelImport: (importId) =>
      callServer(access, {
        method: 'POST',
        path: pathTo('cancelImport', { importId }),
        body: '{}',
        timeoutMs: WORK_MS,
        read: reader(receipt),
      }),
    rejectedCsv: (importId) => fetchFile(access, pathTo('rejectedRows', { importId }), WORK_MS),
  };
}
