import type { CrmRecord, OptOutKind, RecordType } from '#shared/crm/record.ts';
import { EMAIL_FIELDS, PHONE_FIELDS } from '#shared/lead/fields.ts';
import type { Fence, OptOutLink } from '../sync-records.ts';
import type { PushStore, Run } from '../sync-store.ts';
import type { Connection } from './connection.ts';
import { isHeldBack } from './sync-errors.ts';
import { openScope, readLeadNumbered, type SyncScope } from './sync-leads.ts';
import { underFence } from './sync-lease.ts';

const UNTOLD = `SELECT lead.id AS number, lead.version AS version, lead.public_id AS leadId, object_link.id AS linkId, object_link.remote_id AS remoteId,
    object_link.opted_out_id IS object_link.remote_id AS isEmailTold, object_link.no_calls_id IS object_link.remote_id AS isPhoneTold
  FROM lead INDEXED BY lead_do_not_contact
  CROSS JOIN object_link ON object_link.workspace = lead.workspace AND object_link.lead = lead.id AND object_link.connection = ? AND object_link.type = ?
  WHERE lead.workspace = ? AND lead.id > ? AND lead.do_not_contact = 1 AND object_link.state = 'linked'
    AND (object_link.opted_out_id IS NOT object_link.remote_id OR object_link.no_calls_id IS NOT object_link.remote_id)
  ORDER BY lead.id LIMIT ?`;
const TOLD = {
  email: 'UPDATE object_link SET opted_out_id = ? WHERE workspace = ? AND id = ?',
  phone: 'UPDATE object_link SET no_calls_id = ? WHERE workspace = ? AND id = ?',
} as const satisfies Record<OptOutKind, string>;

/** Links of leads that refused to be written to or called, as long as nobody told their records, by the numbers of the leads. */
export function listOptOuts(
  cx: Connection,
  fence: Fence,
  type: RecordType,
  at: number,
  after: string | null,
  limit: number,
): Awaited<ReturnType<PushStore['listOptOuts']>> {
  return underFence(cx, fence, () => {
    const scope = openScope(cx, fence, at);
    const rows = cx.statement(UNTOLD).all(fence.connection, type, fence.workspace, Number(after ?? 0), limit) as Row[]; // its columns
    const links = rows.flatMap((row): readonly OptOutLink[] => {
      const { linkId, leadId, remoteId } = row;
      const kinds = untoldKinds(scope, row);
      return kinds.length === 0 || isHeldBack(scope, type, row, 'opt_out') ? [] : [{ linkId, leadId, remoteId, kinds }];
    });
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { links, next: last ? String(last.number) : null };
  });
}
type Row = Omit<OptOutLink, 'kinds'> & {
  readonly number: number;
  readonly version: number;
  readonly isEmailTold: number;
  readonly isPhoneTold: number;
};

/** Who refused no more than calls may be written to, and the other way round: that is not ours to take away. */
function untoldKinds(scope: SyncScope, { number, isEmailTold, isPhoneTold }: Row): readonly OptOutKind[] {
  const lead = readLeadNumbered(scope, number)?.lead;
  const { ofEmail, ofPhone } = scope.suppressions;
  const refusesEmail = () => EMAIL_FIELDS.some((field) => lead?.[field] !== undefined && ofEmail(lead[field]) !== undefined);
  const refusesPhone = () => PHONE_FIELDS.some((field) => lead?.[field] !== undefined && ofPhone(lead[field]) !== undefined);
  return [
    ...(isEmailTold === 0 && refusesEmail() ? (['email'] as const) : []),
    ...(isPhoneTold === 0 && refusesPhone() ? (['phone'] as const) : []),
  ];
}

/** Their records say so now. */
export function noteOptOuts(cx: Connection, run: Run, links: readonly OptOutLink[]): void {
  underFence(cx, run.fence, () => {
    const { workspace } = run.fence;
    for (const { linkId, remoteId, kinds } of links) for (const kind of kinds) cx.statement(TOLD[kind]).run(remoteId, workspace, linkId);
  });
}

/** A record says what its person refused. The caller holds the transaction. */
export function noteSaid(cx: Connection, { workspace }: Fence, linkId: number, { id, optOut }: CrmRecord): void {
  if (optOut.email) cx.statement(TOLD.email).run(id, workspace, linkId);
  if (optOut.phone) cx.statement(TOLD.phone).run(id, workspace, linkId);
}
