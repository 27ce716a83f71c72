/** A list's name for comparing, as the server compares it: compatibility form, no case, single blanks. */
export function foldListName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** The list of that name among those the server has; a "new" list with such a name is that one. */
export function findListNamed<List extends { readonly name: string }>(lists: readonly List[], name: string): List | undefined {
  const folded = foldListName(name);
  return lists.find((list) => foldListName(list.name) === folded);
}
