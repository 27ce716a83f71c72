import type { Change, Deed, Event, Step, Story } from './story.ts';
import type { RuleName } from './tell-many.ts';

const story = (steps: readonly Step[], rest: Partial<Story> = {}): Story => ({
  rules: ['crm', 'crm'],
  removesLeads: false,
  archivesThere: false,
  shouts: false,
  steps,
  ...rest,
});
const inSalesforce = (steps: readonly Step[], rest: Partial<Story> = {}): Story => story(steps, { crm: 'salesforce', ...rest });
const did = (deed: Deed): Step => ({ kind: 'deed', deed, lagMs: 0 });
const run = (...events: readonly Event[]): Step => ({ kind: 'run', events, leftToday: null });
const wait = (ms: number): Step => ({ kind: 'wait', ms });
const addHere = did({ kind: 'add_here', email: 0 });
const addThere = did({ kind: 'add_there', email: 0, isLead: false });
const convert = did({ kind: 'convert', who: 0, into: 0 });
const deleteHere = did({ kind: 'delete_here', who: 0 });
const editThere = { kind: 'edit_there', who: 0, field: 1, clears: false } as const;
const editName = did({ kind: 'edit_here', who: 0, field: 0, clears: false });
const archive = did({ kind: 'archive', who: 0 });
const restore = { kind: 'restore', who: 0 } as const;
const mergeThere = did({ kind: 'merge', who: 1, other: 0 });
const lostCreate = run({ at: 'createRecords', kind: 'fault', fault: 'lost' });
const clearHere = did({ kind: 'edit_here', who: 0, field: 1, clears: true });
const setUp = (change: Change, ofLeads = false): Deed => ({ kind: 'set_up', ofLeads, change });
const withAdmin = { hasAdmin: true } as const;
const toRole = did(setUp({ kind: 'move', to: 'role' }));
const toTitle = did(setUp({ kind: 'move', to: 'jobTitle' }));
const editHere = did({ kind: 'edit_here', who: 0, field: 1, clears: false });

/** Stories that only long luck tells, each in its shortest form, with the rule without which it goes wrong. */
export const SEEDS: readonly (readonly [told: string, needs: RuleName, story: Story])[] = [
  [
    'a create whose answer was lost is found by its key, and no second one is made',
    'creates_carry_key',
    story([addHere, lostCreate, run()]),
  ],
  [
    'a create whose answer was lost is looked up, so that the record is known when the lead is deleted here',
    'look_up_creates',
    story([addHere, lostCreate, run({ at: 'settleWrites', kind: 'crash', isDone: true }), deleteHere, wait(70_000), run()]),
  ],
  [
    'what a create whose answer was lost wrote is no value of theirs, though the record was in the bin when it was looked for',
    'history_check',
    story([addHere, lostCreate, editName, archive, run({ at: 'stageWrites', kind: 'deed', deed: restore }), run()]),
  ],
  [
    'nor where the create after it got lost for good',
    'history_check',
    story([addHere, lostCreate, editName, archive, run({ at: 'createRecords', kind: 'fault', fault: 'never' }), did(restore), run()]),
  ],
  [
    'a lead deleted here before it was known that it had been made does not come back from the bin there',
    'tombstones',
    story([addHere, lostCreate, deleteHere, archive, run(), did(restore), run()]),
  ],
  [
    'nor one whose record was looked for in vain, as it was in the bin, before the lead was deleted',
    'keep_unfound',
    story([
      addHere,
      lostCreate,
      archive,
      run({ at: 'settleWrites', kind: 'crash', isDone: true }),
      deleteHere,
      wait(70_000),
      did(restore),
      run(),
    ]),
  ],
  [
    'nor where somebody else took its address meanwhile, so that it was not made again',
    'keep_unfound',
    story([
      did({ kind: 'add_here', email: 1 }),
      lostCreate,
      archive,
      run({ at: 'createRecords', kind: 'deed', deed: { kind: 'add_there', email: 1, isLead: false } }),
      deleteHere,
      archive,
      did(restore),
      wait(70_000),
      run(),
    ]),
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
    'a value of ours whose answer was lost is ours in the record it was merged into, too',
    'recover_updates',
    story([addHere, addThere, run(), editHere, run({ at: 'settleWrites', kind: 'crash', isDone: false }), editHere, mergeThere, run()]),
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
  ['a field that goes with another one there is cleared on neither side', 'renewsPairs', story([addHere, run(), toRole, run()], withAdmin)],
  [
    'a field that was off is cleared on neither side by what was cleared meanwhile',
    'renewsPairs',
    story(
      [addHere, run(), did(setUp({ kind: 'direction', to: 'off' })), clearHere, did(setUp({ kind: 'direction', to: 'both' })), run()],
      withAdmin,
    ),
  ],
  [
    'what was read by a narrower scope says nothing of the one that was chosen meanwhile',
    'stop_when_changed',
    story(
      [
        did(setUp({ kind: 'scope_in', isNarrow: true })),
        addThere,
        addThere,
        run(),
        wait(70_000),
        wait(15_000),
        run({ at: 'saveCursor', kind: 'deed', deed: setUp({ kind: 'scope_in', isNarrow: false }) }),
      ],
      withAdmin,
    ),
  ],
  [
    'what we wrote into a field by another map clears nothing by the one it has now',
    'own_map_only',
    story(
      [
        addHere,
        lostCreate,
        archive,
        run({ at: 'settleWrites', kind: 'crash', isDone: true }),
        clearHere,
        toRole,
        toTitle,
        did(restore),
        run(),
      ],
      withAdmin,
    ),
  ],
  [
    'a value that somebody wrote a moment before ours is not gone over where there is no history to tell of it',
    'guard_writes',
    inSalesforce([addHere, run(), editHere, run({ at: 'updateRecords', kind: 'deed', deed: editThere })]),
  ],
  [
    'a lead that became a contact there is the same lead here, also without an address',
    'follow_conversions',
    inSalesforce([addHere, run(), convert, run()]),
  ],
  [
    'a lead that became a contact while somebody edited it here keeps what was edited',
    'baseGoesOver',
    inSalesforce([addHere, run(), convert, editHere, run()]),
  ],
  [
    'what the CRM makes into something new each time does not go back and forth between the two records of a lead for ever',
    'bounce_guard',
    inSalesforce(
      [
        did({ kind: 'add_there', email: 1, isLead: true }),
        did({ kind: 'add_there', email: 1, isLead: false }),
        run(),
        wait(70_000),
        run(),
        editHere,
        run(),
      ],
      { shouts: 'louder' },
    ),
  ],
  [
    'who was deleted here does not come back as the contact that the lead became',
    'tombstones',
    inSalesforce([addHere, run(), deleteHere, convert, wait(70_000), run()]),
  ],
  [
    'nor where the calls of a day were too few to read who is there, so that nobody is made before that',
    'read_before_making',
    inSalesforce([addHere, { kind: 'run', events: [], leftToday: 4 }, deleteHere, convert]),
  ],
  [
    'nor where the server died in the first reading, with the lead here and nothing said of it',
    'note_beginning',
    inSalesforce([
      did({ kind: 'add_there', email: 0, isLead: true }),
      run({ at: 'mergeRecords', kind: 'crash', isDone: true }),
      deleteHere,
      convert,
    ]),
  ],
  [
    'nor where leads could not be read just when contacts could',
    'kinds_in_order',
    inSalesforce([
      did({ kind: 'add_there', email: 0, isLead: true }),
      run(),
      deleteHere,
      convert,
      wait(70_000),
      run({ at: 'listChanged', kind: 'unread' }),
    ]),
  ],
  [
    'one person who is a lead and a contact there is two removals, not one of each kind',
    'removal_guard',
    inSalesforce(
      [
        did({ kind: 'add_there', email: 1, isLead: true }),
        did({ kind: 'add_there', email: 1, isLead: false }),
        run(),
        wait(70_000),
        run(),
        deleteHere,
        run(),
      ],
      { archivesThere: true },
    ),
  ],
];
