import type { ImportingDraft, PlanView, ReadDraft, ReceiptDraft, SourceDraft, TableDraft, TableView } from '../../extension/flow/draft.ts';
import { newDraft } from '../../extension/flow/draft.ts';
import type { ImportView, ReceiptView, RowPage, SendingView, ServerView, TemplatesView } from '../../extension/flow/view.ts';
import type { Mapping, MappingTarget, Suggestion } from '../../shared/mapping/mapping.ts';
import type { ImportPolicy, PlannedRow } from '../../shared/plan/plan.ts';
import { type Problem, problem } from '../../shared/problems.ts';
import { plainFacts } from './table-of.ts';

/** States of the import screen with made-up people, for tests of what is shown. */

export const NOW = Date.UTC(2026, 4, 18, 9, 41);
export const POLICY: ImportPolicy = {
  require: 'complete',
  defaultCountry: 'US',
  onDuplicate: 'skip',
  scope: 'list',
  overwriteFields: [],
};

type ColumnRow = readonly [header: string, field: MappingTarget, confidence: number, filled: number, samples: readonly string[]];
const COLUMNS: readonly ColumnRow[] = [
  ['First Name', 'firstName', 1, 1, ['Maya', 'Tobias', 'Nadia']],
  ['Last Name', 'lastName', 1, 0.994, ['Lindqvist', 'Brandt', 'Okafor']],
  ['Email Address', 'email', 0.99, 0.989, ['Maya.Lindqvist@example.com', 'tobias.brandt@example.com']],
  ['Mobile', 'custom', 0.71, 0.98, ['(202) 555-0143', '202.555.0117 x12', '07700 900142']],
  ['Direct Line', 'custom', 0.66, 0.39, ['202 555 0118', '2025550123', '+1 202 555 0164']],
  ['Company', 'companyName', 1, 0.96, ['Brightwater Labs', 'Halden Robotics', 'Tidewell Health']],
  ['Title', 'jobTitle', 0.92, 0.91, ['Head of Sales', 'Procurement', 'VP Operations']],
  ['LinkedIn URL', 'linkedinUrl', 0.97, 0.6, ['linkedin.com/in/mayalindqvist', 'linkedin.com/in/nadiaokafor']],
  ['Attended', 'custom', 0.5, 1, ['yes', 'no']],
];
const OPEN: readonly string[] = ['Mobile', 'Direct Line'];

export const SUGGESTIONS: readonly Suggestion[] = COLUMNS.map(([header, field, confidence, filled, samples], index) => ({
  index,
  header,
  label: header,
  field,
  open: OPEN.includes(header),
  candidates: OPEN.includes(header)
    ? [
        { field: 'phone', confidence },
        { field: 'altPhone1', confidence: 0.22 },
      ]
    : [{ field, confidence }],
  confidence,
  reason: { code: OPEN.includes(header) ? 'several_candidates' : 'same_name', data: { other: 'Direct Line', share: 0.94 } },
  samples,
  type: header === 'Attended' ? 'yesNo' : 'text',
  filled,
}));

export const MAPPING: Mapping = SUGGESTIONS.map(({ index, field }) => ({ column: index, field }));
export const MAPPING_WITH_PHONE: Mapping = MAPPING.map((entry) =>
  'column' in entry && entry.column === 3 ? { column: 3, field: 'phone' } : entry,
);

const FIRST_ROWS: readonly (readonly string[])[] = [
  [
    'Maya',
    'Lindqvist',
    'Maya.Lindqvist@example.com',
    '(202) 555-0143',
    '',
    'Brightwater Labs',
    'Head of Sales',
    'linkedin.com/in/mayalindqvist',
    'yes',
  ],
  ['Tobias', 'Brandt', 'tobias.brandt@example.com', '202.555.0117 x12', '202 555 0118', 'Halden Robotics', 'Procurement', '', 'yes'],
  [
    'Nadia',
    'Okafor',
    'nadia.okafor@example.com',
    '+1 202 555 0186',
    '',
    'Tidewell Health',
    'VP Operations',
    'linkedin.com/in/nadiaokafor',
    'no',
  ],
  ['Chloé', 'Fournier', 'chloe.fournier@example.com', '07700 900142', '', 'Marlow Freight', 'Directrice', '', 'yes'],
  ['Samuel', 'Adeyemi', 's.adeyemi@example.com', '2025550122', '2025550123', 'Osprey Analytics', 'Data Lead', '', 'yes'],
  ['Hana', 'Kobayashi', 'hana.kobayashi@example.com', '4.15555E+09', '', 'Cobalt & Pine', 'Buyer', '', 'no'],
];

export const TABLE: TableView = {
  facts: plainFacts(2547, COLUMNS.length),
  headers: COLUMNS.map(([header]) => header),
  firstRows: FIRST_ROWS,
  firstLines: FIRST_ROWS.map((_, index) => index + 2),
  hiddenRows: 0,
  suggestions: SUGGESTIONS,
  remembered: null,
};

/** The same table in a report: a title above, a total below, a test row between. */
export const REPORT_TABLE: TableView = {
  ...TABLE,
  facts: { ...TABLE.facts, headerRow: 4, preambleRows: 3, totalRows: 1, dummyRows: 1 },
  firstLines: FIRST_ROWS.map((_, index) => (index < 2 ? index + 5 : index + 6)),
  skipped: [
    { line: 1, kind: 'preamble', cells: ['Spring roadshow', '', ''] },
    { line: 2, kind: 'preamble', cells: ['Exported 18 May 2026', '', ''] },
    { line: 3, kind: 'preamble', cells: [] },
    { line: 7, kind: 'dummy', cells: ['<test lead: dummy data for first_name>', '<test lead: dummy data for last_name>'] },
    { line: 2553, kind: 'total', cells: ['Total', '2547', ''] },
  ],
};

const PEOPLE =
  'Maya Lindqvist,Tobias Brandt,Nadia Okafor,Chloé Fournier,Samuel Adeyemi,Julia Hartmann,André Silva,Mei Chen,Tom Becker,Isabel Moreno';
const PREVIEW: readonly PlannedRow[] = PEOPLE.split(',').map((name, index) => {
  const [firstName = '', lastName = ''] = name.split(' ');
  return {
    line: index + 2,
    decision: index === 2 || index === 9 ? 'update' : index === 4 ? 'add' : 'create',
    lead: {
      firstName,
      lastName,
      email: `${firstName}.${lastName}@example.com`.toLowerCase(),
      phone: `+120255501${String(43 + index)}`,
      companyName: FIRST_ROWS[index % 6]?.[5] ?? '',
      ...(index % 2 === 0 ? { jobTitle: 'Head of Sales' } : {}),
      customFields: [{ label: 'Attended', value: index % 3 ? 'yes' : 'no', type: 'yesNo' as const }],
    },
  };
});

export const PLAN: PlanView = {
  summary: {
    total: 2547,
    valid: 2486,
    invalid: 58,
    blank: 3,
    excluded: 0,
    warnings: 98,
    duplicatesInFile: 31,
    existing: 232,
    suppressed: 12,
    decisions: { create: 2202, update: 46, add: 97, duplicate: 120, review: 9, suppress: 12, reject: 58, exclude: 0, blank: 3, auto: 0 },
  },
  problems: [
    { code: 'phone_invalid', severity: 'error', column: 3, field: 'phone', count: 20 },
    { code: 'email_missing', severity: 'error', column: 2, field: 'email', count: 17 },
    { code: 'last_name_missing', severity: 'error', column: 1, field: 'lastName', count: 9 },
    { code: 'phone_digits_lost', severity: 'error', column: 3, field: 'phone', count: 8 },
    { code: 'email_no_at', severity: 'error', column: 2, field: 'email', count: 4 },
    { code: 'phone_doubtful', severity: 'warning', column: 3, field: 'phone', count: 38 },
    { code: 'phones_spread', severity: 'warning', column: 3, field: 'phone', count: 26 },
    { code: 'email_role', severity: 'warning', column: 2, field: 'email', count: 20 },
    { code: 'linkedin_company', severity: 'warning', column: 7, field: 'linkedinUrl', count: 14 },
    { code: 'duplicate_in_file', severity: 'note', count: 31 },
    { code: 'duplicate_in_list', severity: 'note', count: 89 },
    { code: 'review_phone', severity: 'note', column: 3, field: 'phone', count: 9 },
  ],
  preview: PREVIEW,
  matched: true,
  reachableWouldKeep: 41,
  phoneCountries: [],
  willWrite: 2345,
  repair: { canUndo: false, canRedo: false, steps: 0 },
  updates: 0,
  unasked: 0,
  optOuts: [],
};

const FILE = { source: 'csv-file', name: 'webinar-attendees-q4.csv', bytes: 412_000, chosenAt: NOW };
const WITH_FILE = { ...newDraft('draft-1', NOW, POLICY), file: FILE, read: {}, list: { kind: 'new', name: 'Q4 Webinar' } as const };
const WITH_TABLE = { ...WITH_FILE, table: TABLE, mapping: MAPPING_WITH_PHONE };

export const SOURCE: SourceDraft = newDraft('draft-1', NOW, POLICY);
export const READ: ReadDraft = { ...WITH_FILE, step: 'read', reading: { kind: 'ready', table: TABLE, mapping: MAPPING } };
export const MAP: TableDraft = { ...WITH_TABLE, step: 'map', mapping: MAPPING, plan: null };
export const CHECK: TableDraft = { ...WITH_TABLE, step: 'check', plan: PLAN };
export const PREVIEWED: TableDraft = { ...WITH_TABLE, step: 'preview', plan: PLAN };
export const IMPORTING: ImportingDraft = { ...WITH_TABLE, step: 'importing', plan: PLAN, importId: 'import-1' };
export const RECEIVED: ReceiptDraft = { ...WITH_TABLE, step: 'receipt', plan: PLAN, importId: 'import-1' };

export const READY: ServerView = {
  kind: 'ready',
  address: 'http://localhost:8787',
  lists: [
    { id: 'l1', name: 'My leads', leadCount: 1204, isDefault: true },
    { id: 'l2', name: 'Spring fair', leadCount: 310, isDefault: false },
  ],
  customFields: [{ label: 'Attended', type: 'yesNo' }],
};
export const UNREACHABLE: ServerView = {
  kind: 'failed',
  address: 'http://localhost:8787',
  failure: { kind: 'unreachable', retry: 'later' },
};

export const SENDING: SendingView = {
  importId: 'import-1',
  fileName: FILE.name,
  listName: 'Q4 Webinar',
  kind: 'sending',
  total: 68_412,
  rowsDone: 41_000,
  rowsPerSecond: 3180,
  secondsLeft: 9,
  counters: [
    ['created', 38_214],
    ['addedToList', 340],
    ['duplicate', 1502],
    ['suppressed', 61],
    ['rejected', 871],
    ['blank', 12],
  ],
  cancelling: false,
  nextAttemptAt: null,
  failure: null,
  receipt: null,
};

export const RECEIPT: ReceiptView = {
  importId: 'import-1',
  state: 'complete',
  total: 2547,
  created: 2202,
  addedToList: 97,
  updated: 46,
  duplicate: 120,
  review: 9,
  suppressed: 12,
  rejected: 58,
  excluded: 0,
  blank: 3,
  cancelled: 0,
  list: { id: 'l3', name: 'Q4 Webinar', created: true },
  changedSincePreview: 0,
  message: '2,299 leads saved to Q4 Webinar.',
  undoableUntil: '2026-06-17T09:41:00.000Z',
};

export const TEMPLATES: TemplatesView = {
  kind: 'ready',
  templates: [
    { id: 't1', name: 'Apollo', by: { name: 'Ben' }, at: Date.UTC(2026, 3, 2) },
    { id: 't2', name: 'Fair scans', by: 'you', at: Date.UTC(2025, 10, 9) },
  ],
};

/** A view with everything at rest; the parts of interest are given. */
export function viewOf(parts: Partial<ImportView> & Pick<ImportView, 'draft'>): ImportView {
  return { server: READY, templates: TEMPLATES, sending: null, busy: null, failure: null, ...parts };
}

/** Rows of the check, as the worker gives them out. */
export function rowPage(count: number, makeProblem: (line: number) => Problem = defaultProblem): RowPage {
  const rows = Array.from({ length: Math.min(count, 20) }, (_, index) => {
    const cells = FIRST_ROWS[index % FIRST_ROWS.length] ?? [];
    const line = 8 + index * 23;
    return { line, decision: 'reject' as const, cells, problems: [makeProblem(line)] };
  });
  return { rows, total: count };
}

function defaultProblem(): Problem {
  return problem('phone_invalid', { field: 'phone', column: 3, text: '07700 900142' });
}
