import type { Provider } from '#shared/crm/record.ts';
import type { LeadEvent, WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { readRegistry } from './registry.ts';

const FIND_LEAD = 'SELECT id, source, created_at AS at, import_id AS importId FROM lead WHERE workspace = ? AND public_id = ?';
const SYNC = `(SELECT connection.provider FROM sync_run
    JOIN connection ON connection.workspace = sync_run.workspace AND connection.id = sync_run.connection
    WHERE sync_run.workspace = import.workspace AND sync_run.import_id = import.id) AS sync`;
const READ_CHANGES = `SELECT lead_change.field AS field, lead_change.old AS old, lead_change.new AS new, lead_change.at AS at, lead_change.undone_at AS undoneAt, lead_change.source AS refusedBy,
    member.public_id AS actorId, member.name AS actorName, member.email AS actorEmail, import.public_id AS importId, import.file_name AS fileName, import.source AS source,
    ${SYNC}
  FROM lead_change
  LEFT JOIN member ON member.workspace = lead_change.workspace AND member.id = lead_change.actor
  LEFT JOIN import ON import.workspace = lead_change.workspace AND import.id = lead_change.import_id
  WHERE lead_change.workspace = ? AND lead_change.lead = ? ORDER BY lead_change.id`;
const READ_LISTS = `SELECT NULL AS field, NULL AS old, list.name AS new, list_member.at AS at,
    member.public_id AS actorId, member.name AS actorName, member.email AS actorEmail, import.public_id AS importId, import.file_name AS fileName, import.source AS source,
    ${SYNC}
  FROM list_member
  JOIN list ON list.workspace = list_member.workspace AND list.id = list_member.list
  LEFT JOIN import ON import.workspace = list_member.workspace AND import.id = list_member.import_id
  LEFT JOIN member ON member.workspace = import.workspace AND member.id = import.actor
  WHERE list_member.workspace = ? AND list_member.lead = ? ORDER BY list_member.id`;
const READ_BIRTH = `SELECT member.public_id AS actorId, member.name AS actorName, member.email AS actorEmail, import.public_id AS importId, import.file_name AS fileName,
    ${SYNC}
  FROM import LEFT JOIN member ON member.workspace = import.workspace AND member.id = import.actor
  WHERE import.workspace = ? AND import.id = ?`;

type ChangeRow = Row & { readonly undoneAt: number | null; readonly refusedBy: string | null };
type Row = {
  readonly field: string | null;
  readonly old: string | null;
  readonly new: string | null;
  readonly at: number;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly actorEmail: string | null;
  readonly importId: string | null;
  readonly fileName: string | null;
  readonly source: string | null;
  readonly sync: Provider | null;
};

/** A lead's past, newest first: where it came from, the lists it came into, every change of a field, and what undos gave back. */
export function readTimeline(cx: Connection, workspace: WorkspaceId, id: string): readonly LeadEvent[] | null {
  const lead = cx.statement(FIND_LEAD).get(workspace, id) as { id: number; source: string; at: number; importId: number } | undefined; // its columns
  if (!lead) return null;
  const { fieldsById } = readRegistry(cx, workspace, 0);
  const birth = cx.statement(READ_BIRTH).get(workspace, lead.importId) as Row | undefined; // its columns, the others are set here
  const born = { ...birth, field: null, old: null, new: null, at: lead.at, source: lead.source } as Row; // the columns of both
  const lists = cx.statement(READ_LISTS).all(workspace, lead.id) as Row[]; // its columns
  const changes = cx.statement(READ_CHANGES).all(workspace, lead.id) as ChangeRow[]; // its columns
  const events = [
    toEvent('created', born),
    ...lists.map((row) => toEvent('added_to_list', row)),
    ...changes.flatMap((row) => (row.field === 'undo' ? undoEvents(row, changes) : [changeEvent(row)])),
  ];
  return events
    .map((event, index) => ({ event, index }))
    .sort(newestFirst)
    .map(({ event }) => event);

  function changeEvent(row: ChangeRow): LeadEvent {
    if (row.field === 'doNotContact') return toEvent('marked_do_not_contact', { ...row, source: row.refusedBy });
    return toEvent('changed', { ...row, field: labelled(row.field) });
  }

  function undoEvents(undo: ChangeRow, log: readonly ChangeRow[]): readonly LeadEvent[] {
    const given = givenBack(undo, log).map((row) => toEvent('import_undone', { ...row, field: labelled(row.field) }));
    return given.length > 0 ? given : [toEvent('import_undone', { ...undo, field: null })];
  }

  function labelled(field: string | null): string | null {
    const custom = field?.startsWith('custom:') ? fieldsById.get(Number(field.slice('custom:'.length))) : undefined;
    return custom ? `custom:${custom.label}` : field;
  }
}

/** The fields an undo gave back, each from what the import left there last to what it found there first. */
function givenBack(undo: ChangeRow, log: readonly ChangeRow[]): readonly Row[] {
  const byField = new Map<string | null, Row>();
  for (const { field, old, new: now, importId, undoneAt } of log) {
    if (field === 'undo' || undoneAt !== undo.at || importId !== undo.importId) continue;
    const first = byField.get(field);
    byField.set(field, { ...undo, field, old: now, new: first ? first.new : old });
  }
  return [...byField.values()];
}

type Placed = { readonly event: LeadEvent; readonly index: number };
function newestFirst(a: Placed, b: Placed): number {
  return b.event.at - a.event.at || b.index - a.index;
}

function toEvent(kind: LeadEvent['kind'], row: Row): LeadEvent {
  const { field, old, at, source } = row;
  const actor = row.actorId ? { id: row.actorId, name: row.actorName ?? '', email: row.actorEmail ?? '' } : null;
  return {
    kind,
    at,
    field,
    old,
    new: row.new,
    actor,
    importId: row.importId ?? null,
    fileName: row.fileName ?? null,
    source: source ?? null,
    sync: row.sync ?? null,
  };
}
