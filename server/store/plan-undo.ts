/** One entry of the change log that is in force: not one that was taken back. `importId` null = by hand. */
export type LoggedChange = {
  readonly id: number;
  readonly field: string;
  readonly old: string;
  readonly new: string;
  readonly importId: number | null;
};
/** A field that goes from `new`, which the import wrote, back to `old`; `entries` are the changes this takes back. */
export type Restore = { readonly field: string; readonly old: string; readonly new: string; readonly entries: readonly number[] };

/**
 * What undoing an import does to the fields of a lead that was there before. `log`: every change of the lead in force, in
 * order. A field somebody else changed afterwards is left alone: `edited`.
 */
export function planRestore(
  log: readonly LoggedChange[],
  importId: number,
): { readonly restores: readonly Restore[]; readonly edited: readonly string[] } {
  const byField = new Map<string, LoggedChange[]>();
  for (const change of log) byField.set(change.field, [...(byField.get(change.field) ?? []), change]);
  const restores: Restore[] = [];
  const edited: string[] = [];
  for (const [field, changes] of byField) {
    if (!changes.some((change) => change.importId === importId)) continue;
    const lastForeign = changes.findLastIndex((change) => change.importId !== importId);
    const own = changes.slice(lastForeign + 1);
    const first = own[0];
    const last = own.at(-1);
    if (first && last) restores.push({ field, old: first.old, new: last.new, entries: own.map(({ id }) => id) });
    else edited.push(field);
  }
  return { restores, edited };
}
