import type { Crm, ReadAnswer, WriteAnswer } from '../../../../server/crm/adapter.ts';
import type { CrmName, Deed, Event, Step } from './story.ts';

/** What an adapter could do wrong without anything failing for it at once: the stories have to miss each. */
export type AdapterFault = (crm: Crm) => Partial<Crm>;

const written = (change: (answer: WriteAnswer) => WriteAnswer): AdapterFault => {
  const changed = async (answers: Promise<readonly WriteAnswer[]>) => (await answers).map(change);
  return (crm) => ({
    createRecords: (type, items) => changed(crm.createRecords(type, items)),
    updateRecords: (type, items) => changed(crm.updateRecords(type, items)),
  });
};
const read =
  (change: (answer: ReadAnswer) => ReadAnswer): AdapterFault =>
  (crm) => ({
    readRecords: async (type, ids, fields) => {
      const answer = await crm.readRecords(type, ids, fields);
      return answer.ok ? { ok: true, value: answer.value.map(change) } : answer;
    },
  });
const gone = (asked: string): ReadAnswer => ({ kind: 'gone', asked, why: 'archived' });

const did = (deed: Deed): Step => ({ kind: 'deed', deed, lagMs: 0 });
const run = (...events: readonly Event[]): Step => ({ kind: 'run', events, leftToday: null });
const wait: Step = { kind: 'wait', ms: 70_000 };
const addHere = did({ kind: 'add_here', email: 0 });
const addThere = did({ kind: 'add_there', email: 0, isLead: false });
const addLeadThere = did({ kind: 'add_there', email: 0, isLead: true });
const editHere = (field = 1) => did({ kind: 'edit_here', who: 0, field, clears: false });
const editThere = (field = 1): Deed => ({ kind: 'edit_there', who: 0, field, clears: false });
const deleteHere = did({ kind: 'delete_here', who: 0 });
const archive = did({ kind: 'archive', who: 0 });
const lostCreate = run({ at: 'createRecords', kind: 'fault', fault: 'lost' });
/** Somebody changes a record there between our reading of it and our writing to it. */
const race = run({ at: 'stageWrites', kind: 'deed', deed: editThere() });
const manyThere = [run(), addThere, addThere, addThere, wait, run()];

/** Each with the CRMs it can happen in, and a short story that it breaks. */
export const ADAPTER_FAULTS: readonly (readonly [told: string, crms: readonly CrmName[], fault: AdapterFault, steps: readonly Step[]])[] = [
  [
    'an answer that was lost is taken for a refusal',
    ['hubspot', 'salesforce'],
    written((answer) =>
      answer.kind === 'failed' && answer.failure.kind === 'ambiguous'
        ? { ...answer, failure: { ...answer.failure, kind: 'transient' } }
        : answer,
    ),
    [addHere, lostCreate, deleteHere, wait, run()],
  ],
  [
    'our key does not go along with what we make',
    ['hubspot', 'salesforce'],
    (crm) => ({
      createRecords: (type, items) =>
        crm.createRecords(
          type,
          items.map((item) => ({ ...item, key: '' })),
        ),
    }),
    [addHere, lostCreate, did(editThere(0)), run()],
  ],
  [
    'who was converted is told as deleted',
    ['salesforce'],
    read((answer) => (answer.kind === 'converted' ? gone(answer.asked) : answer)),
    [addLeadThere, wait, run(), deleteHere, did({ kind: 'convert', who: 0, into: 0 }), wait, run()],
  ],
  [
    'who was merged away is told as deleted',
    ['hubspot'],
    read((answer) => (answer.kind === 'found' && answer.record.id !== answer.asked ? gone(answer.asked) : answer)),
    [addThere, addThere, wait, run(), did({ kind: 'merge', who: 0, other: 1 }), wait, run()],
  ],
  [
    'who is in the bin is told as gone for good',
    ['hubspot', 'salesforce'],
    read((answer) => (answer.kind === 'gone' ? { ...answer, why: 'purged' } : answer)),
    [addThere, wait, run(), editHere(), did(editThere()), wait, run(), archive, wait, run()],
  ],
  [
    'a write does not say when its record was read',
    ['salesforce'],
    (crm) => ({
      updateRecords: (type, items) =>
        crm.updateRecords(
          type,
          items.map(({ unmodifiedSince: _, ...item }) => item),
        ),
    }),
    [addThere, wait, run(), editHere(), wait, race, run()],
  ],
  [
    'of records that changed in one second a page forgets those behind its last',
    ['salesforce'],
    (crm) => ({
      listChanged: async (type, scope, window, page) => {
        const answer = await crm.listChanged(type, scope, window, page);
        if (!answer.ok || answer.value.next === null) return answer;
        return { ok: true, value: { ...answer.value, next: answer.value.next.replace(/ \w+$/, ' 00Qzzzzzzzzzzzz') } };
      },
    }),
    manyThere,
  ],
  [
    'the first page of changes is taken for all of them',
    ['hubspot', 'salesforce'],
    (crm) => ({
      listChanged: async (...asked) => {
        const answer = await crm.listChanged(...asked);
        return answer.ok ? { ok: true, value: { ...answer.value, next: null } } : answer;
      },
    }),
    manyThere,
  ],
  [
    'what we wrote is told as others’ in the history',
    ['hubspot'],
    (crm) => ({
      readHistory: async (...asked) => {
        const answer = await crm.readHistory(...asked);
        if (!answer.ok) return answer;
        const foreign = answer.value.map((told) => ({ ...told, entries: told.entries.map((entry) => ({ ...entry, isOurs: false })) }));
        return { ok: true, value: foreign };
      },
    }),
    [addHere, lostCreate, editHere(0), archive, run({ at: 'stageWrites', kind: 'deed', deed: { kind: 'restore', who: 0 } }), run()],
  ],
  [
    'a record that is hidden is taken for an erased one',
    ['salesforce'],
    read((answer) => (answer.kind === 'gone' && answer.why === 'unseen' ? { ...answer, why: 'purged' } : answer)),
    [addThere, wait, run(), did({ kind: 'hide', who: 0 }), editHere(), run()],
  ],
  [
    'no history is told',
    ['hubspot'],
    () => ({ readHistory: async () => ({ ok: true, value: [] }) }),
    [addThere, wait, run(), editHere(), wait, race, run()],
  ],
];
