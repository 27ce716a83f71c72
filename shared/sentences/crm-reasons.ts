type Data = Readonly<Record<string, string | number>>;

const AGAIN = 'Nothing was connected; start again from Leadline.';
const names = ({ env }: Data) => `LEADLINE_${env}_CLIENT_ID and LEADLINE_${env}_CLIENT_SECRET`;

/** When there may be calls again, where that is known. */
function later({ waitMinutes }: Data): string {
  const minutes = Math.ceil(Number(waitMinutes));
  if (!(minutes > 0)) return 'Try again tomorrow.';
  return `Try again in about ${minutes < 100 ? `${minutes} minute${minutes === 1 ? '' : 's'}` : `${Math.round(minutes / 60)} hours`}.`;
}

/** Why a CRM was not connected or its settings were not changed. `crm`: its name; `env`: its part of the variables' names. */
export const CRM_REASONS = {
  crm_no_client: (data) =>
    `This server has no app at ${data.crm} yet. Its operator sets ${names(data)}; server/README.md, “${data.crm}”, walks through making the app.`,
  crm_login_host: (data) => `“${data.host}” is no address at which people sign in to ${data.crm}.`,
  crm_no_service_key: (data) => `${data.crm} has no service keys. Authorize it instead.`,
  crm_denied: (data) => `${data.crm} was told no, so nothing was connected. Start again from Leadline if that was a slip.`,
  crm_state: 'This sign-in is unknown, used up or older than ten minutes. Start again from Leadline.',
  crm_mixed_up: `This answer does not come from the CRM that was asked. ${AGAIN}`,
  crm_refused: (data) => `${data.crm} refused the sign-in: it does not know this app, its redirect URL or the rights it asks for. ${AGAIN}`,
  crm_code: (data) => `${data.crm} did not take the code it sent: it is used or too old. ${AGAIN}`,
  crm_client: (data) => `${data.crm} did not take the app of this server. Its operator should check ${names(data)}.`,
  crm_foreign_token: `What came back was not made for this server. ${AGAIN}`,
  crm_busy: (data) => `${data.crm} is busy. Nothing was connected; try again in a minute.`,
  crm_unreachable: (data) => `${data.crm} did not answer as it should. Nothing was connected; trying again is safe.`,
  crm_too_old: (data) =>
    `The newest API version that ${data.crm} offers there is ${data.version}, which is too old for this server. Nothing was changed. ${data.crm} updates it by itself; try again after its next release.`,
  crm_too_new: (data) =>
    `The oldest API version that ${data.crm} still offers there is ${data.version}, which this server does not know yet. Nothing was changed. Ask whoever runs this server to install a newer Leadline.`,
  crm_no_api: (data) =>
    `${data.crm} does not let whoever connected use its API. Nothing was changed. Give them the permission “API Enabled” there, or connect as somebody who has it. A few editions of ${data.crm} have no API at all.`,
  crm_other_account: (data) =>
    `This is another ${data.crm} account: “${data.found}”, not “${data.known}”. Nothing was changed. Choose “${data.known}” there, or connect “${data.found}” on its own.`,
  crm_not_admin: `Only admins connect a CRM, and whoever began this sign-in is none any more. ${AGAIN}`,
  crm_gone: `The connection was ended in the meantime. ${AGAIN}`,
  crm_key: (data) => `${data.crm} did not take this service key: it is mistyped, or it was ended there.`,
  crm_key_scope: (data) =>
    `This service key may not even tell whose account it opens. Give it the rights that server/README.md, “${data.crm}”, lists.`,
  crm_vault: (data) => `Nothing was connected, because the tokens cannot be sealed. ${data.sentence}`,
  crm_reconnect: (data) => `${data.crm} no longer lets this server in. Connect it again; what is linked stays linked.`,
  crm_right: (data) =>
    `${data.crm} does not allow this: the right ${data.right} is missing. Nothing was written. Give it there, then connect again.`,
  crm_hidden_kind: (data) =>
    `${data.crm} does not let whoever connected see ${data.kind}s. Nothing was changed. Give the right there, or choose the other kind.`,
  crm_wait: (data) => `${data.crm} asks to slow down. Nothing was written; try again in a minute.`,
  crm_away: (data) => `${data.crm} is busy or away for a moment. What was written stays; try again in a minute.`,
  crm_day: (data) =>
    `Too few of the calls that ${data.crm} allows a day are left: Leadline makes none once all apps together have used ${data.percent} %. Nothing was written. ${later(data)}`,
  crm_own_share: (data) =>
    `Reading all of this takes more calls to ${data.crm} than Leadline may make at once: a quarter of those left today, and none of the last fifth, which is kept for other apps. It stopped, and nothing was imported. Choose a list, a view or a campaign, or try again when more are left.`,
  crm_no_scope: (data) => `${data.crm} has no such list, view or campaign any more. Choose another.`,
  crm_no_record: (data) => `${data.crm} has no such record any more. Nothing was linked.`,
  crm_two_leads: (data) =>
    `This record of ${data.crm} is another lead here already. Delete or correct one of the two leads, then try again.`,
  crm_scope_kind: (data) => `Records of ${data.crm} cannot be narrowed to a ${data.kind}. Nothing was changed.`,
  crm_too_many: (data) => `${data.crm} has more records there than one import takes. Choose a list, a view or a campaign.`,
  crm_work: (data) => `${data.crm} did not answer as it should. What was written stays; trying again is safe.`,
  crm_lost: (data) =>
    `${data.crm} may or may not have taken what was sent: its answer was lost. Nothing is sent twice; look there before you try again.`,
  crm_unknown: (data) =>
    `${data.crm} answered “${data.code}”, which this server does not know. What was written stays. Try again later; if that does not help, tell whoever runs this server.`,
  crm_busy_sync: (data) => `${data.crm} is being kept in step right now. Try again when that is done.`,
  crm_paused: (data) => `${data.crm} is paused here. Let it go on first; a dry run may be made all the same.`,
  crm_first_import: (data) => `Nobody has imported from ${data.crm} yet. The first import sets what goes where, so an admin makes it.`,
  crm_no_map: (data) => `No field of ${data.crm} is mapped yet. Choose what goes where first.`,
  crm_creates: (data) => `This would make ${data.count} new records in ${data.crm}. Send that number as \`confirmCreates\` to go on.`,
  crm_removals: (data) =>
    `This would delete ${data.count} at once: leads whose records are gone in ${data.crm}, or records there whose leads were deleted here. None is deleted yet. Send that number as \`confirmRemovals\` to go on.`,
  crm_clears: (data) =>
    `This would empty ${data.count} fields in ${data.crm} at once: they are empty on the leads here and filled there. None is emptied yet. Send that number as \`confirmClears\` to go on.`,
  crm_no_campaigns: (data) => `${data.crm} has no campaigns that leads can become members of.`,
  crm_no_status: (data) =>
    `The campaign “${data.campaign}” of ${data.crm} has no status “${data.status}”. Nobody was added. Choose one of its own.`,
  crm_edited_since: 'Somebody has edited this field since. Nothing was changed.',
  crm_no_field: (data) => `${data.crm} has no field “${data.name}” that this connection may see. Nothing was changed.`,
  crm_read_only: (data) => `“${data.name}” cannot be written in ${data.crm}: let it come in only, or switch it off. Nothing was changed.`,
  crm_pair_twice: (data) => `“${data.name}” is paired twice. Each field goes with one other.`,
} as const satisfies Record<string, string | ((data: Data) => string)>;

export type CrmReason = keyof typeof CRM_REASONS;
