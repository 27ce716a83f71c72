/**
 * The rules that make keeping in step safe. All of them hold; the model test switches them off one by one to show that
 * each is needed.
 */
export type SyncRules = Readonly<Record<(typeof SYNC_RULES)[number], boolean>>;
export const SYNC_RULES = [
  /** Who is there is read before anybody is made there. */
  'read_before_making',
  /** From when on changes are asked for is kept before anybody of the first reading is. */
  'note_beginning',
  /** Of a kind nobody is new before the kind they may have been was read. */
  'kinds_in_order',
  /** A record we make carries our key. */
  'creates_carry_key',
  /** Whether a create arrived is looked up before it is sent again. */
  'look_up_creates',
  /** What was not found is kept in mind: it may be in the bin there. */
  'keep_unfound',
  /** What became of an update that was under way is found out. */
  'recover_updates',
  /** A window reaches back into the last one. */
  'overlap',
  /** A page of changes is done before it counts as read. */
  'read_before_cursor',
  /** A record that failed is kept in mind. */
  'error_queue',
  /** A record is read again before it is written. */
  'read_before_write',
  /** Only what changed is sent. */
  'changed_fields_only',
  /** Where there is no history, the CRM refuses what goes over a change nobody has read. */
  'guard_writes',
  /** After a write, the CRM's history tells whether somebody else's value was under it. */
  'history_check',
  /** What we wrote into a field by another map is no base of the pair it has now. */
  'own_map_only',
  /** Whoever changes the scope or the map stops a run that read by the old one. */
  'stop_when_changed',
  /** Links follow merges. */
  'follow_merges',
  /** Links follow leads that become contacts. */
  'follow_conversions',
  /** Linked records are all looked at from time to time. */
  'sweep',
  /** A value the CRM keeps changing back is pushed no more. */
  'bounce_guard',
  /** Many removals at once wait for a person. */
  'removal_guard',
  /** Nothing is sent when the lease may be another's. */
  'lease_before_send',
  /** A run stays within its calls. */
  'budget',
] as const;

export const ALL_RULES: SyncRules = {
  read_before_making: true,
  note_beginning: true,
  kinds_in_order: true,
  creates_carry_key: true,
  look_up_creates: true,
  keep_unfound: true,
  recover_updates: true,
  overlap: true,
  read_before_cursor: true,
  error_queue: true,
  read_before_write: true,
  changed_fields_only: true,
  guard_writes: true,
  history_check: true,
  own_map_only: true,
  stop_when_changed: true,
  follow_merges: true,
  follow_conversions: true,
  sweep: true,
  bounce_guard: true,
  removal_guard: true,
  lease_before_send: true,
  budget: true,
};
