import type { UndoAnswer } from '#shared/api/closed-imports.ts';
import type { ImportState } from '#shared/api/imports.ts';
import { count, countOf } from '../../numbers.ts';
import { PROVIDER_WORDS } from '../connections/connection-words.ts';

type Kept = UndoAnswer['kept'][number];
type Reason = Kept['reason'];

/** Why an undo leaves something as it is. */
export const KEPT_BECAUSE: { readonly [R in Reason]: string } = {
  edited_since: 'edited since',
  changed_by_import: 'changed by a later import',
  added_to_list: 'added to another list since',
  suppressed: 'its old value has opted out',
  do_not_contact: 'opted out since',
};

/** The most an undo can do, from the import's own counts: what somebody has edited since stays. */
export function whatGoesAtMost({ counters: { created, updated, addedToList }, list }: ImportState): string {
  const parts = [
    ...(created > 0 ? [`${upTo(created)}${countOf(created, 'new lead')} ${created === 1 ? 'goes' : 'go'}.`] : []),
    ...(updated > 0 ? [`${upTo(updated)}${countOf(updated, 'lead')} ${updated === 1 ? 'gets its' : 'get their'} old values back.`] : []),
    ...(addedToList > 0
      ? [`${upTo(addedToList)}${countOf(addedToList, 'lead')} ${addedToList === 1 ? 'leaves' : 'leave'} ${list.name}.`]
      : []),
    ...(list.created ? [LIST_GOES] : []),
  ];
  if (parts.length === 0) return 'It has written nothing, so no lead changes.';
  return `${parts.join(' ')} What somebody has edited since stays, and is listed.`;
}

/** What it would do now, as the server has tried it: "8 leads go. 2 stay: edited since." */
export function whatGoes(
  { removed, restored, kept, keptCount, inCrm = [], inCrmCount = 0 }: UndoAnswer,
  { list }: Pick<ImportState, 'list'>,
): string {
  const parts = [
    ...(removed > 0 ? [`${countOf(removed, 'lead')} ${removed === 1 ? 'goes' : 'go'}.`] : []),
    ...(restored > 0 ? [`${countOf(restored, 'lead')} ${restored === 1 ? 'is' : 'are'} as before the import.`] : []),
    ...(list.created ? [LIST_GOES] : []),
    ...keptWords(kept, keptCount),
    ...inCrmWords(inCrm, inCrmCount),
  ];
  return removed + restored + keptCount === 0 ? `No lead changes.${list.created ? ` ${LIST_GOES}` : ''}` : parts.join(' ');
}

/** Records that were made in CRMs stay there: how many, in which, and the first of them by name. */
function inCrmWords(inCrm: NonNullable<UndoAnswer['inCrm']>, inCrmCount: number): readonly string[] {
  if (inCrmCount === 0) return [];
  const crms = [...new Set(inCrm.map(({ provider }) => PROVIDER_WORDS[provider]))].join(' and ');
  const names = [...new Set(inCrm.flatMap(({ name }) => name ?? []))];
  const rest = inCrmCount - Math.min(names.length, NAMED);
  const who = names.length === 0 ? '' : `: ${names.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${count(rest)} more` : ''}`;
  return [`${countOf(inCrmCount, 'record')} made in ${crms || 'a CRM'} ${inCrmCount === 1 ? 'stays' : 'stay'} there${who}.`];
}
/** People named in a sentence. */
const NAMED = 5;

const LIST_GOES = 'The list goes if it is empty then.';

function upTo(count: number): string {
  return count > 1 ? 'Up to ' : '';
}

function keptWords(kept: readonly Kept[], keptCount: number): readonly string[] {
  if (keptCount === 0) return [];
  // The answer names the first thousand.
  if (kept.length < keptCount) return [`${countOf(keptCount, 'lead')} keep what was done with them since.`];
  const whole = kept.filter(({ fields }) => fields === undefined);
  const inPart = kept.filter(({ fields }) => fields !== undefined);
  return [
    ...(whole.length > 0 ? [`${countOf(whole.length, 'lead')} ${whole.length === 1 ? 'stays' : 'stay'}: ${reasonsOf(whole)}.`] : []),
    ...(inPart.length > 0
      ? [`${countOf(inPart.length, 'lead')} ${inPart.length === 1 ? 'keeps' : 'keep'} some fields: ${reasonsOf(inPart)}.`]
      : []),
  ];
}

function reasonsOf(kept: readonly Kept[]): string {
  const counts = new Map<Reason, number>();
  for (const { reason } of kept) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 1) return kept.slice(0, 1).map(({ reason }) => KEPT_BECAUSE[reason])[0] ?? '';
  return [...counts].map(([reason, count]) => `${count} ${KEPT_BECAUSE[reason]}`).join(', ');
}
