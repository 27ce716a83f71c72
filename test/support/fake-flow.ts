import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import type { UserEvent } from '../../extension/flow/draft.ts';
import type { ImportFlow } from '../../extension/flow/import-flow.ts';
import type { ImportView, RowPage, RowQuery, UnknownColumn } from '../../extension/flow/view.ts';
import type { OpenedSource } from '../../extension/sources/source.ts';
import type { Host } from '../../extension/ui/host.ts';
import { MAX_FILE_BYTES } from '../../shared/limits.ts';
import { fakeFront } from './fake-front.ts';
import { fakeLinked } from './fake-linked.ts';
import { fakeLinks } from './fake-links.ts';
import { fakeSheetFlow } from './fake-sheet-flow.ts';
import { NOW, rowPage } from './ui-states.ts';

/** A flow that shows the view it is given and writes down what a screen asks of it. */
export type FakeFlow = ImportFlow & {
  readonly sent: UserEvent[];
  readonly asked: string[];
  readonly files: File[];
  readonly pasted: string[];
  readonly fetched: OpenedSource[];
  readonly queries: RowQuery[];
  readonly steps: RepairStep[];
  /** What a change of a template leads to. */
  templateFailure: ServerFailure | null;
  /** Values the workspace does not know. */
  unknown: readonly UnknownColumn[];
  /** Rows that any step would change. */
  mends: number;
  show(view: ImportView): void;
};

export function fakeFlow(first: ImportView, answerRows: (query: RowQuery) => Promise<RowPage> = async () => rowPage(20)): FakeFlow {
  let view = first;
  const listeners = new Set<() => void>();
  const sent: UserEvent[] = [];
  const asked: string[] = [];
  const files: File[] = [];
  const pasted: string[] = [];
  const fetched: OpenedSource[] = [];
  const queries: RowQuery[] = [];
  const steps: RepairStep[] = [];
  const answerTo = (what: string) => {
    asked.push(what);
    return flow.templateFailure;
  };
  const ask = (what: string) => async () => {
    asked.push(what);
  };
  const flow: FakeFlow = {
    templateFailure: null,
    unknown: [],
    mends: 20,
    sent,
    asked,
    files,
    pasted,
    fetched,
    queries,
    steps,
    show: (next) => {
      view = next;
      for (const listener of listeners) listener();
    },
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: async (event) => {
      sent.push(event);
    },
    chooseFile: async (file) => {
      files.push(file);
    },
    choosePaste: async (text) => {
      pasted.push(text);
    },
    chooseFetched: async (file) => {
      fetched.push(file);
    },
    chooseSheet: async ({ name }) => void asked.push(`chooseSheet ${name}`),
    workspace: () => null,
    fileLimit: () => MAX_FILE_BYTES,
    chooseSample: ask('chooseSample'),
    confirm: ask('confirm'),
    pause: ask('pause'),
    resume: ask('resume'),
    cancel: ask('cancel'),
    startOver: ask('startOver'),
    retry: ask('retry'),
    templates: {
      save: async (name) => answerTo(`save ${name}`),
      replace: async (id) => answerTo(`replace ${id}`),
      rename: async (id, name) => answerTo(`rename ${id} ${name}`),
      remove: async (id) => answerTo(`remove ${id}`),
      use: async (id) => void asked.push(`use ${id}`),
    },
    rows: (query) => {
      queries.push(query);
      return answerRows(query);
    },
    cell: async () => '',
    wouldMend: async () => flow.mends,
    repair: async (step) => void steps.push(step),
    undoRepair: ask('undoRepair'),
    redoRepair: ask('redoRepair'),
    unknownValues: async () => flow.unknown,
    cleanedFile: async () => new File(['First name\r\nMaya\r\n'], 'cleaned.csv'),
    rejectedFile: async () => new File(['Email\r\nmaya\r\n'], 'rejected.csv'),
    close: () => {},
  };
  return flow;
}

export type FakeHost = Host & { readonly did: string[]; readonly saved: File[] };

export function fakeHost(parts: Partial<Host> = {}): FakeHost {
  const did: string[] = [];
  const saved: File[] = [];
  return {
    did,
    saved,
    place: 'tab',
    now: () => NOW,
    openTab: null,
    openPanel: null,
    openOptions: () => did.push('openOptions'),
    openWorkspace: (hash = '') => did.push(`openWorkspace${hash}`),
    chooseInTab: null,
    choosing: false,
    links: fakeLinks(),
    front: fakeFront(),
    sheets: fakeSheetFlow(),
    linked: fakeLinked(),
    sheetElsewhere: null,
    linkElsewhere: null,
    openAddress: (address) => did.push(`openAddress ${address}`),
    saveFile: (file) => saved.push(file),
    switchTheme: () => did.push('switchTheme'),
    ...parts,
  };
}
