import type { SideItem } from '#shared/crm/side-item.ts';
import type { LinkRecord } from '../sync-records.ts';
import type { SideStore } from '../sync-store.ts';
import { connectionOf, fenced, linkOfRemote, type MemoryConnection, type MemoryState } from './state.ts';

/** What hangs on links, in memory. */
export function createSide(state: MemoryState): SideStore {
  return {
    async saveSideItems(run, items) {
      const connection = fenced(state, run.fence);
      return items.filter((item) => saveItem(connection, item)).length;
    },
    async hasSideItems(fence, kind) {
      const connection = connectionOf(state, fence.connection);
      return [...connection.sideItems.values()].some(({ item, links }) => item.kind === kind && recordsOf(connection, links).length > 0);
    },
    async listSideDue(fence, type, before, limit) {
      const { links, sideReadAt } = connectionOf(state, fence.connection);
      const readAt = (id: number) => sideReadAt.get(id) ?? 0;
      return [...links.values()]
        .filter((link) => link.type === type && link.state === 'linked' && readAt(link.id) < before)
        .sort((a, b) => readAt(a.id) - readAt(b.id) || a.id - b.id)
        .slice(0, limit)
        .map(({ id, remoteId }) => ({ linkId: id, remoteId }));
    },
    async noteSideRead(run, { linkIds, kinds, kept, at }) {
      const { sideItems, sideReadAt } = fenced(state, run.fence);
      const stays = new Set(kept.map(keyOfItem));
      for (const [key, { item, links }] of sideItems) {
        if (!kinds.includes(item.kind) || stays.has(key)) continue;
        for (const id of linkIds) links.delete(id);
        if (links.size === 0) sideItems.delete(key);
      }
      for (const id of linkIds) sideReadAt.set(id, at);
    },
    async noteAllSideRead(run, at) {
      const { links, sideReadAt } = fenced(state, run.fence);
      for (const id of links.keys()) sideReadAt.set(id, at);
    },
    async listSideItems(_, leadId) {
      const found = [...state.connections.values()].flatMap((connection) =>
        [...connection.sideItems.values()].flatMap(({ item, links }) => {
          const of = recordsOf(connection, links);
          return of.some((link) => link.leadId === leadId)
            ? [{ ...item, of: of.map(({ type, remoteId }) => ({ type, id: remoteId })) }]
            : [];
        }),
      );
      return found.sort((a, b) => b.at - a.at);
    },
  };
}

function saveItem(connection: MemoryConnection, item: SideItem): boolean {
  const links = item.of.flatMap(({ type, id }) => {
    const link = linkOfRemote(connection, type, id);
    return link && link.state !== 'purged' ? [link.id] : [];
  });
  const isKept = links.length > 0 && !item.isGone;
  const known = connection.sideItems.get(keyOfItem(item));
  if (isKept) connection.sideItems.set(keyOfItem(item), { item, links: new Set(links) });
  else connection.sideItems.delete(keyOfItem(item));
  return isKept && JSON.stringify(toldBy(known?.item)) !== JSON.stringify(toldBy(item));
}

function toldBy(item: SideItem | undefined) {
  return [item?.title, item?.at, item?.modifiedAt, item?.facts];
}

/** Ties to a link that ended, or whose record was erased, are nobody's. */
function recordsOf({ links }: MemoryConnection, ids: ReadonlySet<number>): readonly LinkRecord[] {
  return [...ids].flatMap((id) => links.get(id) ?? []).filter(({ state }) => state !== 'purged');
}

function keyOfItem({ kind, id }: Pick<SideItem, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}
