import { MAX_FILE_BYTES } from '#shared/limits.ts';
import { proposeListName } from '../sources/list-name.ts';
import type { Given, LeadSource } from '../sources/source.ts';
import { readSheetLink } from '../storage/sheet-links.ts';
import { sheetLinkId } from '../storage/sheet-records.ts';
import type { DraftStore } from './draft-store.ts';
import type { FlowEffects } from './flow-effects.ts';

/** Takes in what a source gives: stored beside the draft, or refused unread when it is over the limit (bytes). */
export async function chooseFrom(
  { now, database }: Pick<FlowEffects, 'now' | 'database'>,
  store: DraftStore,
  source: LeadSource,
  given: Given,
  limit = MAX_FILE_BYTES,
): Promise<void> {
  const state = store.state();
  const opened = await source.open(given);
  const file = {
    source: source.id,
    name: opened.name,
    bytes: opened.bytes,
    chosenAt: now(),
    ...(opened.from ? { from: opened.from } : {}),
    ...(opened.sheet ? { sheet: opened.sheet } : {}),
  };
  // A sheet is read as it was the last time.
  const link = opened.sheet ? await readSheetLink(database, sheetLinkId(opened.sheet)) : null;
  const list =
    state.step !== 'source' && state.list.kind === 'existing'
      ? state.list
      : ({ kind: 'new', name: proposeListName(opened.name, now()) } as const);
  const chosen = { kind: 'fileChosen', file, list, read: { ...link?.read, maxBytes: limit } } as const;
  if (opened.bytes <= limit) return void (await store.dispatch(chosen, { blob: opened.blob }));
  const refused = { code: 'file_too_large', data: { bytes: opened.bytes, limit } } as const;
  // A file that is refused anyway is not copied.
  await store.dispatch({ ...chosen, refused }, { blob: new Blob() });
}
