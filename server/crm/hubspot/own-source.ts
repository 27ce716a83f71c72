import type { RemoteValues } from '#shared/crm/record.ts';
import { KEY_PROPERTY } from './fields.ts';

/** An entry of a value's history, as far as it says who wrote it. */
export type HistoryAnswer = { readonly value: string | null; readonly sourceType: string; readonly sourceId?: string | undefined };

/**
 * Finds out under which source HubSpot writes our own changes down: an app's id, which neither a service key nor a sign-in
 * tells for certain. Our key is written by nobody else, and what we have just written ourselves gives it away too.
 */
export type OwnSource = {
  readonly isKnown: () => boolean;
  readonly isOurs: (entry: HistoryAnswer) => boolean;
  /** A write that went out: its values stand in the history under our source soon. */
  readonly wrote: (id: string, values: RemoteValues) => void;
  readonly learn: (id: string, field: string, entries: readonly HistoryAnswer[]) => void;
};

/** Sources that are programs; people and HubSpot itself have others. */
const PROGRAMS = new Set(['INTEGRATION', 'API']);
/** Writes kept for learning; the newest are enough. */
const MOST_WRITES = 500;

export function makeOwnSource(appId: string | null): OwnSource {
  let known = appId;
  const written = new Map<string, string>();
  return {
    isKnown: () => known !== null,
    isOurs: ({ sourceId }) => known !== null && sourceId === known,
    wrote: (id, values) => {
      if (known !== null) return;
      for (const [field, value] of values) written.set(`${id} ${field}`, toKey(value));
      for (const key of written.keys()) {
        if (written.size <= MOST_WRITES) break;
        written.delete(key);
      }
    },
    learn: (id, field, entries) => {
      if (known !== null) return;
      const sent = written.get(`${id} ${field}`);
      const ours = entries.find(
        ({ value, sourceType, sourceId }) =>
          PROGRAMS.has(sourceType) &&
          sourceId !== undefined &&
          (field === KEY_PROPERTY || (sent !== undefined && toKey(value ?? '') === sent)),
      );
      if (!ours?.sourceId) return;
      known = ours.sourceId;
      written.clear();
    },
  };
}

/** HubSpot trims, and writes addresses in lower case. */
const toKey = (value: string) => value.trim().toLowerCase();
