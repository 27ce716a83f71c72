import { OBJECT_TYPES, PORTAL_PROPERTIES, type PropertyDef } from './property-defs.ts';

export type HistoryEntry = {
  readonly value: string;
  readonly at: number;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly userId: number | null;
  /** What HubSpot's own pages call it. */
  readonly label?: string;
};
/** Who writes: a person in HubSpot, or an app. */
export type Source = Omit<HistoryEntry, 'value' | 'at'>;
export const USER: Source = { sourceType: 'CRM_UI', sourceId: 'userId:4711', userId: 4711, label: 'Hana Birch' };

/** What the search index knows of a record, which may be older than the record. */
export type Indexed = { readonly from: number; readonly properties: ReadonlyMap<string, string> };
export type PortalObject = {
  readonly type: string;
  readonly id: string;
  readonly properties: Map<string, string>;
  /** Newest first. */
  readonly history: Map<string, HistoryEntry[]>;
  readonly createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
  /** Oldest first; the last one whose `from` has come is what search sees. */
  indexed: readonly Indexed[];
};

export type PortalList = {
  readonly id: string;
  readonly name: string;
  readonly objectTypeId: string;
  readonly processingType: 'MANUAL' | 'DYNAMIC' | 'SNAPSHOT';
  readonly createdAt: number;
  updatedAt: number;
  /** Record id → when it joined, in that order. */
  readonly members: Map<string, number>;
};
export type PortalStage = { readonly id: string; readonly label: string; readonly isClosed: boolean; readonly probability: string };
export type PortalPipeline = { readonly id: string; readonly label: string; readonly stages: readonly PortalStage[] };

/** How this portal behaves where the documentation leaves it open, or where portals differ. Tests set them. */
export type PortalHabits = {
  /** How long search does not see a change yet. */
  indexLagMs: number | ((object: PortalObject) => number);
  /** A merge makes a third id (the default), or keeps the primary's (a beta). */
  mergeMakesNewId: boolean;
  /** Batch read answers for a merged-away id as a single read does; unknown of real portals. */
  batchReadFollowsMerges: boolean;
  /** Batch read by email also finds additional addresses; unknown of real portals, a single read does. */
  batchReadFindsAdditional: boolean;
  /** Records in the recycle bin are still told as tied to others; unknown of real portals. */
  archivedStayTied: boolean;
  /** Who comes back from the recycle bin shows as changed by that; unknown of real portals. */
  restoringChanges: boolean;
  /** An address that is none makes a whole look-up by address fail. */
  strictLookups: boolean;
  /** The next batch reads answer so many of their ids with an error that says nothing of whether they are there. */
  failedReads: number;
  /** One bad record makes a whole batch fail, even with trace ids and when creating. */
  wholeBatchFails: boolean;
  /** Error entries of a 207 and error bodies carry only what they must. */
  terseErrors: boolean;
  /** What is wrong with single values stands in a list of its own, not inside the sentence. */
  listsErrors: boolean;
  /** Ids in associations are numbers, as they were in v4, not texts. */
  numericAssociations: boolean;
  /** Records that were written come without the trace that was sent with them. */
  forgetsTraces: boolean;
  /** What was made is answered with 200 instead of 201. */
  plainSuccess: boolean;
  /** At most so many records on a page of list and search, fewer than asked for; null = as asked. */
  pageSize: number | null;
  /** So many of the next pages are empty and yet have `after`. */
  emptyPages: number;
};

export type Portal = {
  readonly portalId: number;
  /** Its days end by this clock. */
  timeZone: string;
  readonly now: () => number;
  readonly habits: PortalHabits;
  readonly objects: ReadonlyMap<string, Map<string, PortalObject>>;
  /** Merged-away id → the id of the survivor. */
  readonly aliases: Map<string, string>;
  readonly properties: ReadonlyMap<string, Map<string, PropertyDef>>;
  /** `type.property` → value in lower case → id, for unique properties and all emails. */
  readonly unique: Map<string, Map<string, string>>;
  /** `type:id` → `type:id`s, both ways. */
  readonly associations: Map<string, Set<string>>;
  readonly lists: Map<string, PortalList>;
  readonly pipelines: PortalPipeline[];
  readonly owners: { readonly id: string; readonly email: string; readonly firstName: string; readonly lastName: string }[];
  readonly newId: () => string;
};

export function makePortal(now: () => number, habits: Partial<PortalHabits> = {}): Portal {
  let lastId = 50_100_000_000;
  return {
    portalId: 12_345_678,
    timeZone: 'US/Eastern',
    now,
    habits: {
      indexLagMs: 0,
      mergeMakesNewId: true,
      batchReadFollowsMerges: false,
      batchReadFindsAdditional: false,
      archivedStayTied: false,
      restoringChanges: false,
      strictLookups: false,
      failedReads: 0,
      wholeBatchFails: false,
      terseErrors: false,
      listsErrors: false,
      numericAssociations: false,
      forgetsTraces: false,
      plainSuccess: false,
      pageSize: null,
      emptyPages: 0,
      ...habits,
    },
    objects: new Map(OBJECT_TYPES.map(({ type }) => [type, new Map<string, PortalObject>()])),
    aliases: new Map(),
    properties: new Map([...PORTAL_PROPERTIES].map(([type, defs]) => [type, new Map(defs.map((def) => [def.name, def]))])),
    unique: new Map(),
    associations: new Map(),
    lists: new Map(),
    pipelines: [SALES_PIPELINE],
    owners: [{ id: '70001', email: 'rita@example.com', firstName: 'Rita', lastName: 'Owner' }],
    newId: () => {
      lastId += 7;
      return String(lastId);
    },
  };
}

const SALES_PIPELINE: PortalPipeline = {
  id: 'default',
  label: 'Sales Pipeline',
  stages: [
    { id: 'appointmentscheduled', label: 'Appointment Scheduled', isClosed: false, probability: '0.2' },
    { id: 'qualifiedtobuy', label: 'Qualified To Buy', isClosed: false, probability: '0.4' },
    { id: 'contractsent', label: 'Contract Sent', isClosed: false, probability: '0.9' },
    { id: 'closedwon', label: 'Closed Won', isClosed: true, probability: '1.0' },
    { id: 'closedlost', label: 'Closed Lost', isClosed: true, probability: '0.0' },
  ],
};

/** The entry of a type by its plural, its singular or its id, as paths may name it. */
export function findType(name: string) {
  return OBJECT_TYPES.find(({ type, singular, typeId }) => type === name || singular === name || typeId === name);
}

export function liveObjects(portal: Portal, type: string): readonly PortalObject[] {
  return [...(portal.objects.get(type)?.values() ?? [])].filter(({ archivedAt }) => archivedAt === null);
}

/** A record by its id, or the survivor of the merge that took it. */
export function findObject(portal: Portal, type: string, id: string): PortalObject | undefined {
  const ofType = portal.objects.get(type);
  let at = id;
  while (!ofType?.has(at) && portal.aliases.has(at)) at = portal.aliases.get(at) ?? '';
  return ofType?.get(at);
}

/** Tells the search index of a record as it is now; it will know after the portal's lag. */
export function indexObject(portal: Portal, object: PortalObject): void {
  const { indexLagMs } = portal.habits;
  const lag = typeof indexLagMs === 'number' ? indexLagMs : indexLagMs(object);
  const now = portal.now();
  const known = object.indexed.filter(({ from }, index) => from > now || index === lastKnown(object, now));
  object.indexed = [...known, { from: now + lag, properties: new Map(object.properties) }];
}

/** What search sees of a record at this moment; null = nothing yet. */
export function seenBySearch(object: PortalObject, now: number): ReadonlyMap<string, string> | null {
  return object.indexed[lastKnown(object, now)]?.properties ?? null;
}

function lastKnown(object: PortalObject, now: number): number {
  return object.indexed.findLastIndex(({ from }) => from <= now);
}
