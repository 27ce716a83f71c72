import type { Backend } from '../leads/backend.ts';
import type { LeadLink } from '../store/sync-records.ts';
import type { CrmParts } from './crm-parts.ts';

/** Links of a lead with the address at which people see the record in its CRM; null where that is not known. */
export async function withRecordUrls(
  { kinds }: Pick<CrmParts, 'kinds'>,
  { store }: Pick<Backend, 'store'>,
  workspace: number,
  links: readonly LeadLink[],
): Promise<readonly (LeadLink & { readonly url: string | null })[]> {
  return Promise.all(
    links.map(async (link) => {
      const connection = link.remoteId === null ? null : await store.readConnection(workspace, link.connectionId);
      const url = connection && link.remoteId !== null ? kinds.get(link.provider)?.recordUrl(connection, link.type, link.remoteId) : null;
      return { ...link, url: url ?? null };
    }),
  );
}
