import type { MatchAnswer } from '#shared/api/match.ts';
import { proveDateOrders } from '#shared/mapping/prove-date-orders.ts';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { createPlanner } from '#shared/plan/build-plan.ts';
import { type ComparedRow, comparePlans, type PlanDifference } from '#shared/plan/compare-plans.ts';
import { changesOf, liveRows } from '#shared/plan/find-rows.ts';
import { countingColumns, findOptOutColumns } from '#shared/plan/opt-out-column.ts';
import { optedOutBy } from '#shared/plan/opt-outs.ts';
import type { ImportPlan } from '#shared/plan/plan.ts';
import { doneSteps } from '#shared/plan/repair.ts';
import { takeSince } from '#shared/plan/since-rows.ts';
import { findUnknownValues } from '#shared/plan/unknown-values.ts';
import type { FileError } from '#shared/problems.ts';
import { ok, type Result } from '#shared/result.ts';
import { hiddenLines } from '#shared/table/hidden-lines.ts';
import { type EncodingPreview, previewEncodings } from '#shared/table/preview-encodings.ts';
import { type FileTable, readFile as readTable } from '#shared/table/read-file.ts';
import { type AskWorkspace, byKind, isSameAnswer, keysOf } from '../platform/ask-workspace.ts';
import { type Database, storageFailureKind } from '../storage/database.ts';
import { keepKnown, keepSince, readFile, readKnown, readSince } from '../storage/drafts.ts';
import { createFindKnown, type KeptAnswer } from '../storage/known-leads.ts';
import { prepareImport } from '../storage/prepare-import.ts';
import { findSince } from '../storage/sheet-since.ts';
import { rejectedImportOf } from './first-import.ts';
import { pageOf } from './grid-rows.ts';
import { type HeldPlan, holdPlan } from './held-plan.ts';
import { sinceBasis, sinceOf, textOfChoices, textOfRead } from './plan-basis.ts';
import { cleanedCsv, rejectedCsv } from './plan-files.ts';
import { planChange, planView, tableView } from './plan-view.ts';
import { type PlanJob, type Planner, PlannerFailure, type Progress, type ReadJob } from './planner.ts';

/** Rows planned at a stretch: about 20 ms, so that a newer request is heard soon. */
const STRETCH_ROWS = 4_000;

/**
 * The planner itself. It runs in a worker of ours; tests and whoever has no worker call it directly. What it holds is
 * only spared work: every call names all it needs and the file is in the database.
 */
export function createEngine(database: Database, ask: AskWorkspace): Planner {
  type ReadFile = { readonly key: string; readonly table: Result<FileTable, FileError>; readonly encodings: readonly EncodingPreview[] };
  let file: ReadFile | null = null;
  let taken: { readonly key: string; readonly rows: TakenRows } | null = null;
  let held: HeldPlan | null = null;
  let latest = 0;

  async function fileOf(job: ReadJob): Promise<ReadFile> {
    const key = JSON.stringify([job.draft, job.chosenAt, textOfRead(job.read)]);
    if (file?.key === key) return file;
    const read = await readAnew(job, key);
    file = read;
    taken = null;
    held = null;
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

  async function wholeTable(job: ReadJob): Promise<FileTable> {
    const { table } = await fileOf(job);
    if (!table.ok) throw new PlannerFailure('fileGone', 'the file no longer reads as it did');
    return table.value;
  }

  /** The rows to plan: all of them, or those of a sheet that are wanted since its last import. */
  async function tableToPlan(job: PlanJob): Promise<TakenRows> {
    const table = await wholeTable(job);
    if (!job.since) return { table };
    const key = JSON.stringify(job.since);
    if (taken?.key === key) return taken.rows;
    const rows = await fromStorage(() => readSince(database, job.draft, sinceBasis(job)));
    if (!rows) throw new PlannerFailure('fileGone', 'what was new in the sheet is not known any more');
    taken = { key, rows: takeSince(table, rows, job.since) };
    return taken.rows;
  }

  async function compareWith(link: string, job: ReadJob, table: FileTable) {
    const since = await fromStorage(() => findSince(database, link, table, job.read));
    if (!since) return {};
    taken = null;
    await fromStorage(() => keepSince(database, { draft: job.draft, basis: sinceBasis(job), rows: since.rows }));
    return { since: since.facts };
  }

  /** The plan as the job asks for it; null when a newer one is asked for meanwhile. */
  async function make(job: PlanJob, onProgress: Progress, isOvertaken: () => boolean): Promise<HeldPlan | null> {
    const asks = job.ask ?? 'all';
    if (asks !== 'all') {
      const mine = await shown(job);
      if (asks === 'new' && job.workspace) await askNew(mine, job, job.workspace);
      return isOvertaken() ? null : mine;
    }
    const table = await tableToPlan(job);
    const first = await planInSteps(job, table, null, onProgress, isOvertaken);
    if (!first) return null;
    const keys = keysOf(first);
    const answers: KeptAnswer | null = job.workspace && (await ask(job.workspace, keys));
    if (isOvertaken()) return null;
    // Of a plan with mended rows, all keys are named: which of them the file had is not told by it any more.
    const kept = answers && (job.repair.done > 0 ? { ...answers, asked: Object.values(keys).flat() } : answers);
    if (kept) await keep(job, kept);
    const isNew = groundOf(job, table).optOut === undefined && kept?.matches.length === 0 && kept.suppressed.length === 0;
    const plan = isNew ? withNobodyKnown(first) : kept ? await planInSteps(job, table, kept, onProgress, isOvertaken) : first;
    return plan && hold(job, table, plan, kept);
  }

  /** The plan that was shown, from memory, or made again with the answers that were kept. */
  async function shown(job: PlanJob): Promise<HeldPlan> {
    const table = await tableToPlan(job);
    if (held?.ground !== heldKey(job)) {
      const kept = await fromStorage(() => readKnown(database, job.draft, job.ground));
      const answers = kept === null ? null : (JSON.parse(kept) as KeptAnswer); // we wrote it ourselves
      const plan = await planInSteps(
        job,
        table,
        answers,
        () => {},
        () => false,
      );
      if (!plan) throw new PlannerFailure('workerFailed', 'a plan that nothing overtakes was overtaken');
      held = hold(job, table, plan, answers);
    }
    held.bringTo(job.repair);
    return held;
  }

  async function askNew(mine: HeldPlan, job: PlanJob, workspace: NonNullable<PlanJob['workspace']>): Promise<void> {
    const keys = mine.unasked();
    if (keys.length === 0) return;
    const answers = await ask(workspace, byKind(keys));
    // What came too late for a plan that was left must not be kept in the place of another one's answers.
    if (answers && held === mine) await keep(job, mine.add(keys, answers));
  }

  /**
   * Asks the workspace once more. The plan is the one it leads to; null when no row becomes something else of it. A
   * workspace that does not answer leaves the plan as it is: the server only ever tightens it.
   */
  async function askAgain(mine: HeldPlan, job: PlanJob): Promise<PlanDifference | null> {
    const before = mine.answers();
    if (!job.workspace || !before) return null;
    const plan = mine.plan();
    const answers = await ask(job.workspace, keysOf(plan));
    if (!answers) return null;
    const kept: KeptAnswer = before.asked ? { ...answers, asked: before.asked } : answers;
    if (isSameAnswer(before, kept)) return null;
    const was = { rows: withChanges(mine) };
    mine.replace(kept);
    const difference = comparePlans(was, { rows: withChanges(mine) });
    if (difference.rows.length > 0) return difference;
    await keep(job, kept);
    return null;
  }

  async function keep(job: PlanJob, answers: KeptAnswer): Promise<void> {
    await fromStorage(() => keepKnown(database, { draft: job.draft, basis: job.ground, answer: JSON.stringify(answers) }));
  }

  return {
    read: async (job) => {
      const { table, encodings } = await fileOf(job);
      if (!table.ok) return table;
      const suggestions = proveDateOrders(table.value, suggestMapping(table.value));
      const since = job.link === undefined ? {} : await compareWith(job.link, job, table.value);
      return ok({ ...tableView(table.value, suggestions, encodings), rejectedOf: rejectedImportOf(table.value), ...since });
    },
    plan: async (job, onProgress) => {
      const number = ++latest;
      const made = await make(job, onProgress, () => number !== latest);
      if (!made) return null;
      held = made;
      return planView(made, job);
    },
    rows: async (job, query) => {
      const { rows, finder } = await shown(job);
      return pageOf(rows, finder, query);
    },
    cell: async (job, line, column) => {
      const { rows } = await shown(job);
      return rows.stateOf(rows.rowOfLine(line)).cells[column] ?? '';
    },
    wouldMend: async (job, step) => (await shown(job)).rows.wouldMend(step),
    unknown: async (job, columns) => findUnknownValues(liveRows((await shown(job)).rows), columns),
    seal: async (job, importId, onProgress) => {
      const mine = await shown(job);
      const difference = await askAgain(mine, job);
      if (difference) return { plan: planView(mine, job), change: planChange(difference) };
      const prepared = { table: mine.table, plan: mine.plan(), whole: await wholeTable(job) };
      await prepareImport(database, importId, prepared, (rows) => onProgress(rows, prepared.plan.summary.total));
      return null;
    },
    keepAnswers: async (job) => {
      const answers = held?.ground === heldKey(job) ? held.answers() : null;
      if (answers) await keep(job, answers);
    },
    cleaned: async (job) => cleanedCsv((await shown(job)).plan()),
    rejected: async (job) => {
      const { table, plan } = await shown(job);
      return rejectedCsv(table, plan(), job.mapping);
    },
    close: () => {},
  };
}

type TakenRows = ReturnType<typeof takeSince>;

function hold(job: PlanJob, table: TakenRows, plan: ImportPlan, kept: KeptAnswer | null): HeldPlan {
  return holdPlan(heldKey(job), groundOf(job, table), plan, job.repair, kept);
}

/** The rows with what they would change in stored leads: a value somebody changed is another plan, too. */
function withChanges({ plan, rows }: HeldPlan): readonly ComparedRow[] {
  return plan().rows.map((row) => {
    const changes = changesOf(rows, row);
    return changes.length === 0 ? row : { ...row, changes };
  });
}

function heldKey({ ground, optOuts }: PlanJob): string {
  return ground + textOfChoices(optOuts);
}

function groundOf(job: PlanJob, taken: TakenRows) {
  const { table } = taken;
  const columns = countingColumns(findOptOutColumns(table), job.optOuts);
  const optOut = columns.length === 0 ? {} : { optOut: { columns, since: sinceOf(job) } };
  return { ...taken, mapping: job.mapping, policy: job.policy, excludedLines: hiddenLines(table, job.read), ...optOut };
}

async function planInSteps(
  job: PlanJob,
  table: TakenRows,
  answers: MatchAnswer | null,
  onProgress: Progress,
  isOvertaken: () => boolean,
): Promise<ImportPlan | null> {
  const input = groundOf(job, table);
  const known = answers ? { findKnown: createFindKnown(answers, optedOutBy(input)) } : {};
  const planner = createPlanner({ ...input, ...known, repair: doneSteps(job.repair) });
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
