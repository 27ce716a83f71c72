import type { SheetSchedule, SheetVisit, VisitOutcome } from '../flow/linked-sheets.ts';
import { count, countOf, moment } from './numbers.ts';
import { sheetFact } from './sheet-words.ts';

/** What a look at a linked sheet came to, where that is no import. */
const OUTCOMES = {
  nothingNew: 'Nothing new',
  needsSignIn: 'Needs your Google sign-in',
  headersChanged: 'Its columns changed: look at the mapping',
  noAccess: 'This account can’t open it any more',
  busy: 'An import of it was still under way',
  otherWorkspace: 'This browser is connected to another workspace',
  undone: 'An import of it was undone: import it again by hand',
  listGone: 'Its list was deleted: import it by hand into another one',
  stuck: 'It can’t be read as it is: open it here',
  failed: 'Google or the server did not answer',
  cancelled: 'Cancelled',
} as const satisfies Record<Exclude<VisitOutcome, 'imported'>, string>;

/** One line of the history: "Imported: 212 new leads, 9 updated". */
export function visitWords({ outcome, wrote, why }: SheetVisit): string {
  if (outcome !== 'imported' && outcome !== 'cancelled') {
    const fact = why === undefined || outcome === 'needsSignIn' ? null : sheetFact(why);
    return fact?.replace(/\.$/, '') ?? OUTCOMES[outcome];
  }
  const { saved = 0, updated = 0, rejected = 0 } = wrote ?? {};
  const parts = [
    `${countOf(saved, 'new lead')}`,
    ...(updated > 0 ? [`${count(updated)} updated`] : []),
    ...(rejected > 0 ? [`${count(rejected)} skipped`] : []),
  ];
  return `${outcome === 'cancelled' ? 'Cancelled' : 'Imported'}: ${parts.join(', ')}`;
}

/** When, and whether a person did it. */
export function visitWhen({ at, by }: SheetVisit, now: number): string {
  return `${moment(at, now)}${by === 'schedule' ? ', by itself' : ''}`;
}

const NEEDS_A_PERSON: ReadonlySet<VisitOutcome> = new Set(['needsSignIn', 'headersChanged', 'noAccess', 'undone', 'listGone', 'stuck']);

/** Only a person can go on. */
export function needsPerson({ outcome }: SheetVisit): boolean {
  return NEEDS_A_PERSON.has(outcome);
}

export const SCHEDULES = [
  { value: 'off', label: 'Never by itself' },
  { value: 'hourly', label: 'Every hour' },
  { value: 'daily', label: 'Every day' },
] as const satisfies readonly { readonly value: SheetSchedule; readonly label: string }[];
