import type { Stored } from './compare-worlds.ts';
import type { ModelImport, World } from './model.ts';
import type { ModelServer, ModelStore } from './open-model-store.ts';
import { type Command, LISTS } from './words.ts';

export type ModelList = { readonly at: number; id: string; name: string };
export type Told = ModelImport & {
  readonly id: string;
  readonly listName: string;
  madeList: boolean;
  readonly command: Command & { kind: 'import' };
};
export type Chapter = { readonly before: Stored; readonly entries: string; readonly counts: string };
/** Both worlds side by side. */
export type Stage = World & {
  server: ModelServer;
  readonly store: ModelStore;
  lists: ModelList[];
  readonly told: Told[];
  readonly chapters: Map<Told, Chapter>;
  /** Imports that are in force, the last of them with nothing done since: its undo must lead back to where it began. */
  untouched: Told[];
  listCount: number;
};

export type Of<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;
export type Play<K extends Command['kind']> = (stage: Stage, command: Of<K>, before: Stored) => Promise<void>;

/** Counted round, so that a number always names one of those there are. */
export const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(from.length, 1)];
export const listNamed = (stage: Stage, at: number) =>
  stage.lists.find(({ name }) => name.toLowerCase() === (LISTS[at] ?? '').toLowerCase());

/** A list is gone: nobody is in it, and imports that went there have none. */
export function forgetList(stage: Stage, list: ModelList): void {
  stage.lists = stage.lists.filter((one) => one !== list);
  for (const lead of stage.leads) lead.lists.delete(list.at);
  for (const told of stage.told) if (told.list === list.at) told.list = -1;
}
