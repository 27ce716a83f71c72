import type { MatchAnswer } from '#shared/api/match.ts';
import { proveDateOrders } from '#shared/mapping/prove-date-orders.ts';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { createPlanner } from '#shared/plan/build-plan.ts';
import type { ImportPlan } from '#shared/plan/plan.ts';
import type { FileError } from '#shared/problems.ts';
import { ok, type Result } from '#shared/result.ts';
import { hiddenLines } from '#shared/table/hidden-lines.ts';
import { type EncodingPreview, previewEncodings } from '#shared/table/preview-encodings.ts';
import { type FileTable, readFile as readTable } from '#shared/table/read-file.ts';
import { type Database, storageFailureKind } from '../storage/database.ts';
import { keepKnown, readFile, readKnown } from '../storage/drafts.ts';
import { createFindKnown } from '../storage/known-leads.ts';
import { prepareImport } from '../storage/prepare-import.ts';
import { keysOf } from './ask-workspace.ts';
import { textOfRead } from './draft.ts';
import { cleanedCsv, rejectedCsv } from './plan-files.ts';
import { pageOf, planView, tableView } from './plan-view.ts';
import { type AskWorkspace, type PlanJob, type Planner, PlannerFailure, type Progress, type ReadJob } from './planner.ts';

/** Rows planned at a stretch: about 20 ms, so that a newer request is heard soon. */
const STRETCH_ROWS = 4_000;

type Made = { readonly basis: string; readonly table: FileTable; readonly plan: ImportPlan; readonly matched: boolean };

/**
 * The planner itself. It runs in a worker of ours; tests and whoever has no worker call it directly. What it holds is
 * only spared work: every call names all it needs and the file is in the database.
 */
export function createEngine(database: Database, ask: AskWorkspace): Planner {
  type ReadFile = { readonly key: string; readonly table: Result<FileTable, FileError>; readonly encodings: readonly EncodingPreview[] };
  let file: ReadFile | null = null;
  let made: Made | null = null;
  let latest = 0;

  async function fileOf(job: ReadJob): Promise<ReadFile> {
    const key = JSON.stringify([job.draft, job.chosenAt, textOfRead(job.read)]);
    if (file?.key === key) return file;
    const read = await readAnew(job, key);
    file = read;
    made = null;
    return read;
  }

  async function readAnew(job: ReadJob, key: string): Promise<ReadFile> {
    const blob = await fromStorage(() => readFile(database, job.draft));
    if (!blob) throw new PlannerFailure('fileGone', 'the draft has no file');
    const bytes = new Uint8Array(await bytesOf(blob));
    const start = performance.now();
    const table = await readTable(bytes, job.read);
    performance.measure('leadline: read the table', { start });
    const isDoubtful = table.ok && !table.value.facts.encodingSure;
    return { key, table, encodings: isDoubtful ? previewEncodings(bytes, table.value.facts) : [] };
  }

  async function tableToPlan(job: ReadJob): Promise<FileTable> {
    const { table } = await fileOf(job);
    if (!table.ok) throw new PlannerFailure('fileGone', 'the file no longer reads as it did');
    return table.value;
  }

  async function make(job: PlanJob, onProgress: Progress, isOvertaken: () => boolean): Promise<Made | null> {
    const table = await tableToPlan(job);
    const first = await planInSteps(job, table, null, onProgress, isOvertaken);
    if (!first) return null;
    const answers = await answersFor(job, first);
    if (isOvertaken()) return null;
    const isNew = answers?.matches.length === 0 && answers.suppressed.length === 0;
    const plan = isNew ? withNobodyKnown(first) : answers ? await planInSteps(job, table, answers, onProgress, isOvertaken) : first;
    return plan && { basis: job.basis, table, plan, matched: answers !== null };
  }

  /** What the workspace says about the file's keys; null when it cannot be asked. */
  async function answersFor(job: PlanJob, plan: ImportPlan): Promise<MatchAnswer | null> {
    if (!job.workspace) return null;
    const answers = await ask(job.workspace, keysOf(plan));
    if (answers) await fromStorage(() => keepKnown(database, { draft: job.draft, basis: job.basis, answer: JSON.stringify(answers) }));
    return answers;
  }

  /** The plan that was shown, from memory or made again with the answers that were kept. */
  async function shown(job: PlanJob): Promise<Made> {
    if (made?.basis === job.basis) return made;
    const table = await tableToPlan(job);
    const kept = await fromStorage(() => readKnown(database, job.draft, job.basis));
    const answers = kept === null ? null : (JSON.parse(kept) as MatchAnswer); // we wrote it ourselves
    const plan = await planInSteps(
      job,
      table,
      answers,
      () => {},
      () => false,
    );
    if (!plan) throw new PlannerFailure('workerFailed', 'a plan that nothing overtakes was overtaken');
    made = { basis: job.basis, table, plan, matched: answers !== null };
    return made;
  }

  return {
    read: async (job) => {
      const { table, encodings } = await fileOf(job);
      return table.ok ? ok(tableView(table.value, proveDateOrders(table.value, suggestMapping(table.value)), encodings)) : table;
    },
    plan: async (job, onProgress) => {
      const number = ++latest;
      const result = await make(job, onProgress, () => number !== latest);
      if (!result) return null;
      made = result;
      return planView(result.table, result.plan, result.matched, job);
    },
    rows: async (job, query) => {
      const { table, plan } = await shown(job);
      return pageOf(table, plan, query);
    },
    seal: async (job, importId, onProgress) => {
      const prepared = await shown(job);
      await prepareImport(database, importId, prepared, (rows) => onProgress(rows, prepared.plan.summary.total));
    },
    cleaned: async (job) => cleanedCsv((await shown(job)).plan),
    rejected: async (job) => {
      const { table, plan } = await shown(job);
      return rejectedCsv(table, plan, job.mapping);
    },
    close: () => {},
  };
}

async function planInSteps(
  { mapping, policy, read }: PlanJob,
  table: FileTable,
  answers: MatchAnswer | null,
  onProgress: Progress,
  isOvertaken: () => boolean,
): Promise<ImportPlan | null> {
  const planner = createPlanner({
    table,
    mapping,
    policy,
    excludedLines: hiddenLines(table, read),
    ...(answers ? { findKnown: createFindKnown(answers) } : {}),
  });
  for (let done = 0; done < planner.total; ) {
    done = planner.step(STRETCH_ROWS);
    onProgress(done, planner.total);
    await breath();
    if (isOvertaken()) return null;
  }
  return planner.finish();
}

/** The plan for a workspace that knows none of the file's keys: what was left to the server is new. Spares planning twice. */
function withNobodyKnown(plan: ImportPlan): ImportPlan {
  const { auto, ...decisions } = plan.summary.decisions;
  return {
    rows: plan.rows.map((row) => (row.decision === 'auto' ? { ...row, decision: 'create' } : row)),
    summary: { ...plan.summary, decisions: { ...decisions, create: decisions.create + auto, auto: 0 } },
    problems: plan.problems,
  };
}

/** Lets messages in. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch {
    // A file on a disk can be moved or changed under us until the browser has copied it.
    throw new PlannerFailure('fileGone', 'the file cannot be read any more');
  }
}

async function fromStorage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const kind = storageFailureKind(error) === 'browserStorageFull' ? 'storageFull' : 'storageFailed';
    throw new PlannerFailure(kind, error instanceof Error ? error.message : 'the database failed');
  }
}
