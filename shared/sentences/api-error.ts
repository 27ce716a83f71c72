import type { ProblemCode } from '../problems.ts';
import { CRM_REASONS } from './crm-reasons.ts';

/** The English sentence of an API error. Codes and data are the interface; this is for the person who reads the answer. */

type Data = Readonly<Record<string, string | number>>;
type Sentence = string | ((data: Data) => string);

/** What an error says when nothing more is known about it. */
const BY_CODE = {
  INVALID_REQUEST: 'The request is not what this route takes; `details` says where.',
  INVALID_LEADS: (data) => invalidLeads(data),
  INVALID_FILE: 'No table was found in the file.',
  UNAUTHORIZED: 'A valid API key is needed.',
  PLAN_REQUIRED: 'This needs the premium plan.',
  READ_ONLY: 'This workspace is read-only: nothing was written. An admin can change that in its settings.',
  FORBIDDEN: 'This key may not do that.',
  LIST_NOT_FOUND: 'There is no such list in this workspace.',
  NOT_FOUND: 'There is nothing here under that name.',
  CONFLICT: 'That is taken already.',
  IN_PROGRESS: 'The same request is being worked on. Ask again in a moment.',
  MISSING_CHUNKS: 'Some chunks have not arrived; `details` has their numbers. Send them, then complete the import.',
  SUPPRESSED: (data) =>
    `${data.entry ?? 'The value'} is on the suppression list${data.since ? ` since ${String(data.since).slice(0, 10)}` : ''}. Nothing was changed.`,
  TOO_LARGE: (data) =>
    data.limit ? `That is too large: at most ${size(data.limit)} are taken. Nothing was stored.` : 'That is too large. Nothing was stored.',
  UNSUPPORTED_TYPE: 'This route does not take that type of body.',
  IDEMPOTENCY_MISMATCH: 'Another body was sent under this key before. Use a new key for a new request.',
  API_VERSION: (data) =>
    `This server speaks version ${data.server ?? 1} of the contract. Update the extension or the server, so that both are of the same release.`,
  RATE_LIMITED: 'Too many requests. Wait as long as `Retry-After` says.',
  INTERNAL: 'Something went wrong on the server. Nothing was written; trying again is safe.',
  STORAGE_FULL: 'The disk of the server is full. Nothing was written; make room, then try again.',
} as const satisfies Record<string, Sentence>;

/** What an error is about, where its code alone says too little. */
const BY_REASON = {
  foreign_host: 'This server does not answer under that name. Use the address it printed, or set LEADLINE_URL.',
  foreign_origin: 'That page or extension may not call this server. Pair the extension, or add its id to LEADLINE_EXTENSION_IDS.',
  no_key: 'An API key is needed: send `Authorization: Bearer ll_…`.',
  wrong_key: 'That API key is not valid: it is mistyped, expired or revoked.',
  wrong_code: 'That code is wrong, used or too old. Ask an admin for a new invitation, or get a code with `npm start -- code`.',
  wrong_keys: 'Too many wrong keys from this address. Wait a minute.',
  wrong_codes: 'Too many wrong pairing codes from this address. Wait a minute, then use a new code.',
  too_many_requests: 'Too many requests with this key: 100 a second are taken.',
  role: (data) => `This needs the role ${data.needed}; this key has ${data.role}.`,
  no_route: 'There is no such route. The reference is at /api/docs.',
  encoding: 'Bodies may be sent plain or with `Content-Encoding: gzip`, nothing else.',
  content_type: (data) => `This route takes ${data.expected}. Say so in \`Content-Type\`.`,
  body: (data) => `The body is too large: at most ${size(data.limit)} are taken, counted unpacked. Nothing was stored.`,
  body_broken: 'The body broke off or is not what its encoding says.',
  not_json: 'The body is not JSON in UTF-8.',
  not_a_form: 'The form cannot be read: a part `file` is needed, and a part `options` must be a JSON object.',
  too_many_leads: (data) => `At most ${data.limit} leads are taken in one call; these are ${data.count}. Nothing was stored.`,
  bad_idempotency_key: '`Idempotency-Key` must be 1 to 255 visible characters.',
  bad_import_id: 'The id of an import must be a UUID that the sender makes.',
  bad_seq: 'The number of a chunk must be a whole number from 0.',
  bad_cursor: 'That cursor is not one this server gave. Start again without it.',
  bad_country: 'That country is not known. Send two letters, as US or DE, or a calling code, as +44.',
  bad_key_value: (data) => `"${data.value}" is no ${data.kind}.`,
  key_ends_in_past: (data) => `A key that ended at ${data.expiresAt} would open nothing. Send a later \`expiresAt\`, or none.`,
  last_admin: 'The last admin stays one. Make somebody else an admin first.',
  member_exists: (data) => `${data.email} is the address of a member already.`,
  no_overwrite: 'Overwriting is left to admins in this workspace. Choose "skip" or "fill", or ask an admin.',
  no_undo: 'Undoing is left to admins in this workspace. Ask an admin.',
  default_list_stays: 'The default list stays. Its leads can be deleted.',
  label_taken: (data) => `There is a custom field "${data.label}" already.`,
  list_name_taken: (data) => `There is a list "${data.name}" already.`,
  template_name_taken: (data) => `There is a mapping template "${data.name}" already.`,
  other_version: 'The lead was changed in the meantime; `details` has it as it is now. Nothing was changed.',
  overwrite_without_fields: 'Overwriting needs `overwriteFields`: the fields that may be replaced.',
  chunk_out_of_range: 'The import has no chunk of that number.',
  rows_missing: (data) => `The import was announced with ${data.expected} rows, but ${data.stored} are stored.`,
  too_many_rows: (data) =>
    `The import was announced with ${data.expected} rows; with this chunk there would be ${Number(data.stored) + Number(data.sent)}. Nothing of it was stored.`,
  line_repeated: (data) => `Line ${data.line} of the file came before: each line is sent once. Nothing of this chunk was stored.`,
  import_closed: (data) => `The import is ${data.state} already.`,
  import_open: 'The import is still receiving rows. Complete or cancel it first.',
  import_undone: 'The import was undone: its rows cannot be decided any more. Import them again.',
  undo_too_late: 'An import can be undone for 30 days. Its old values are forgotten now; nothing was changed.',
  decide_too_late: 'Rows can be decided for 30 days. What was kept of these is forgotten now; import them again.',
  undecidable: (data) => `Line ${data.line} ${UNDECIDABLE.get(String(data.reason)) ?? 'cannot be decided so'}. Nothing was decided.`,
  not_your_import: 'Members undo the imports they made themselves. Ask an admin for the others.',
  retry_unknown: 'There is no import of the id in `retryOf` in this workspace.',
  import_taken: 'An import with this id was announced with another body. Make a new id for a new import.',
  mapping_out_of_range: 'The mapping names a column that the file does not have.',
  mapped_twice: (data) =>
    `The columns "${data.first}" and "${data.second}" are both mapped to ${data.field}, which takes one. Map one of them to another field, to "custom" or to "ignore".`,
  google_no_secret: 'This server has no Google client secret: it exchanges no codes. Ask its operator, or send a token.',
  google_redirect: 'Codes are exchanged for browser extensions only: `redirectUri` is not one of theirs.',
  google_code: 'Google did not take the code: it is used, too old or another sign-in’s. Sign in again.',
  google_client: 'Google did not take the client of this server. Its operator should check LEADLINE_GOOGLE_CLIENT_ID and _CLIENT_SECRET.',
  google_token: 'Google did not take `accessToken`: it has run out or was revoked. Get a new one; they are good for an hour.',
  google_scope: '`accessToken` may not read sheets: it needs the scope spreadsheets.readonly.',
  google_no_access: 'The account of `accessToken` may not open this sheet. Share the sheet with it, or use another account’s token.',
  google_api_disabled:
    'The Google project of `accessToken` has not switched on the Google Sheets API. Enable it in the Google Cloud console.',
  google_no_sheet: 'Google has no such spreadsheet, or it was deleted. Check `spreadsheetId`.',
  google_no_spreadsheet: 'This is no Google Sheet but a file in Drive. Open it and choose File, Save as Google Sheets.',
  google_published: 'This is a published page, which Google’s API does not know. Send the sheet’s own address, or its CSV as a file.',
  google_no_tab: (data) => `The spreadsheet has no tab${data.tab ? ` "${data.tab}"` : ' of that number'}. Check \`sheetName\`.`,
  google_no_grid: (data) => `The tab "${data.tab}" holds a chart, no cells. Name another one in \`sheetName\`.`,
  google_empty: (data) => `The tab "${data.tab}" is empty there. Name another one in \`sheetName\`, or another \`range\`.`,
  google_too_large: (data) =>
    data.limit
      ? `The cells hold more than ${size(data.limit)}. Import it in parts, by \`range\`.`
      : 'The tab has too many rows. Import it in parts, by `range`.',
  google_quota: 'Google allows 60 reads a minute and account. Wait as long as `Retry-After` says.',
  google_changing: 'Somebody is editing the sheet: it changed twice while it was read. Try again in a moment.',
  google_unreachable: 'Google did not answer as it should. Nothing was written; trying again is safe.',
  ...CRM_REASONS,
} as const satisfies Record<string, Sentence>;

export type ApiErrorReason = keyof typeof BY_REASON;

/** Why a row cannot be decided as asked. */
const UNDECIDABLE: ReadonlyMap<string, string> = new Map([
  ['no_such_line', 'is none of this import'],
  ['not_in_review', 'was not kept for a decision'],
  ['decided_otherwise', 'was decided otherwise before'],
  ['no_candidate', 'shares nothing with a stored lead any more: decide "create" or "skip"'],
  ['several_candidates', 'may be one of several leads: say which in `leadId`'],
  ['no_such_lead', 'cannot be the lead of that id: there is none'],
  ['nothing_kept', 'came without its values: import it again'],
]);

/** The sentence for an error: by what it is about where that is known, else by its code. */
export function apiErrorSentence(code: keyof typeof BY_CODE, about?: ApiErrorReason, data: Data = {}): string {
  const sentence: Sentence = about ? BY_REASON[about] : BY_CODE[code];
  return typeof sentence === 'string' ? sentence : sentence(data);
}

function invalidLeads(data: Data): string {
  const { invalid = 0, total = 0, first } = data;
  if (invalid === 0) return 'Some values cannot be stored; `details` says which. Nothing was stored.';
  const head = `${invalid} of ${total} leads ${invalid === 1 ? 'is' : 'are'} invalid`;
  return first ? `${head}: ${first}` : `${head}; \`details\` says why. Nothing was stored.`;
}

const LACKS: ReadonlyMap<string, string> = new Map<ProblemCode, string>([
  ['first_name_missing', 'first name'],
  ['last_name_missing', 'last name'],
  ['email_missing', 'email'],
  ['phone_missing', 'phone'],
  ['name_missing', 'name'],
  ['unreachable', 'email, phone or LinkedIn profile'],
  ['nobody', 'email, phone or name'],
]);

/** What is wrong with one lead of a list, counted from 0: "lead 0 has no email". `sentence` is the problem's own. */
export function invalidLeadPhrase(index: number, code: string, sentence: string): string {
  const lacks = LACKS.get(code);
  return lacks ? `lead ${index} has no ${lacks}` : `lead ${index}: ${sentence}`;
}

const MB = 1024 * 1024;

function size(bytes: string | number | undefined): string {
  const count = Number(bytes ?? 0);
  return count >= MB ? `${Math.round((count / MB) * 10) / 10} MB` : `${Math.round(count / 1024)} kB`;
}
