import { hrefOf } from '../../../flow/workspace/address.ts';
import type { LeadLink } from '../../../platform/lead-api.ts';
import { Icon } from '../../parts/icon.tsx';
import { PROVIDER_WORDS, RECORD_WORDS } from '../connections/connection-words.ts';

const GONE = {
  linked: '',
  missing: ', deleted there',
  unseen: ', hidden there',
  purged: ', erased there',
} as const satisfies Record<LeadLink['state'], string>;

/** The records of CRMs that a lead is, each with the way to it. */
export function CrmBadges({ links }: { readonly links: readonly LeadLink[] }) {
  return (
    <>
      {links.map(({ connectionId, provider, type, remoteId, state, url }) => {
        const crm = PROVIDER_WORDS[provider];
        const what = `${crm} ${RECORD_WORDS[type][0]}`;
        return (
          <span key={`${connectionId} ${type} ${remoteId}`} class="badge list-badge">
            <Icon name="link" />
            {url !== null && state === 'linked' ? (
              <a href={url} target="_blank" rel="noreferrer" aria-label={`${what}: open it in ${crm}`}>
                {what}
              </a>
            ) : (
              <a href={hrefOf('connections', [connectionId])}>
                {what}
                {GONE[state]}
              </a>
            )}
          </span>
        );
      })}
    </>
  );
}
