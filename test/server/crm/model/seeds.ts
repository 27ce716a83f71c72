import type { Deed, Event, Step, Story } from './story.ts';
import type { RuleName } from './tell-many.ts';

const story = (steps: readonly Step[], rest: Partial<Story> = {}): Story => ({
  rules: ['crm', 'crm'],
  removesLeads: false,
  archivesThere: false,
  shouts: false,
  steps,
  ...rest,
});
const did = (deed: Deed): Step => ({ kind: 'deed', deed, lagMs: 0 });
const run = (...events: readonly Event[]): Step => ({ kind: 'run', events, leftToday: null });
const wait = (ms: number): Step => ({ kind: 'wait', ms });
const addHere = did({ kind: 'add_here', email: 0 });
const addThere = did({ kind: 'add_there', email: 0 });
const deleteHere = did({ kind: 'delete_here', who: 0 });
const editThere = { kind: 'edit_there', who: 0, field: 1, clears: false } as const;
const editHere = did({ kind: 'edit_here', who: 0, field: 1, clears: false });

/** Stories that only long luck tells, each in its shortest form, with the rule without which it goes wrong. */
export const SEEDS: readonly (readonly [told: string, needs: RuleName, story: Story])[] = [
  [
    'a create whose answer was lost is found by its key, and no second one is made',
    'creates_carry_key',
    story([addHere, run({ at: 'createRecords', kind: 'fault', fault: 'lost' }), run()]),
  ],
  [
    'a create whose answer was lost is looked up, and what was changed there since is no conflict',
    'look_up_creates',
    story([addHere, run({ at: 'createRecords', kind: 'fault', fault: 'lost' }), did(editThere), run()]),
  ],
  [
    'a value that somebody wrote a moment before ours, whose answer was lost, is not lost with it',
    'recover_updates',
    story([
      addHere,
      run(),
      editHere,
      run({ at: 'updateRecords', kind: 'deed', deed: editThere }, { at: 'updateRecords', kind: 'fault', fault: 'lost' }),
      run(),
    ]),
  ],
  [
    'a value that somebody wrote a moment before ours can be given back',
    'history_check',
    story([addHere, run(), editHere, run({ at: 'updateRecords', kind: 'deed', deed: editThere })]),
  ],
  [
    'a page that was not done when the server died is read again',
    'read_before_cursor',
    story([run(), addThere, wait(70_000), run({ at: 'saveCursor', kind: 'crash', isDone: true })]),
  ],
  [
    'a record that could not be kept is tried again, though its window is long past',
    'error_queue',
    story([run(), addThere, wait(70_000), wait(15_000), run({ at: 'mergeRecords', kind: 'broken_merge' }), wait(70_000)]),
  ],
  [
    'two leads deleted at once do not take their records with them before somebody agrees',
    'removal_guard',
    story([addHere, addHere, run(), deleteHere, deleteHere, run()], { archivesThere: true }),
  ],
  [
    'who slept through his lease sends nothing any more',
    'lease_before_send',
    story([addHere, run(), editHere, run({ at: 'stageWrites', kind: 'takeover' }, { at: 'stageWrites', kind: 'deed', deed: editThere })]),
  ],
];
