import { useState } from 'preact/hooks';
import type { SideItem } from '../../../platform/lead-api.ts';
import { moment } from '../../numbers.ts';
import { LinkButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PROVIDER_WORDS } from '../connections/connection-words.ts';
import { SIDE_WORDS, sideBody, sideFacts } from './side-facts.ts';

/** More of what was written than this is shown when it is asked for. */
const SHORT = 240;

/** A deal, a call, a campaign … of a CRM, on a lead's timeline. */
export function SideEntry({ item, now }: { readonly item: SideItem; readonly now: number }) {
  const [word, icon] = SIDE_WORDS[item.kind];
  const [isWhole, setWhole] = useState(false);
  const facts = sideFacts(item, now);
  const body = sideBody(item);
  const isLong = body !== null && body.length > SHORT;
  return (
    <>
      <Icon name={icon} />
      <div>
        <p>
          {word} {item.title && <b>{item.title}</b>}
        </p>
        <time dateTime={item.at}>
          {moment(Date.parse(item.at), now)}, {PROVIDER_WORDS[item.provider]}
        </time>
        {facts.length > 0 && (
          <dl class="side-facts small">
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {body !== null && (
          <p class="small dim long">
            {isLong && !isWhole ? `${body.slice(0, SHORT).trimEnd()}… ` : body}
            {isLong && !isWhole && (
              <LinkButton label={`Show all of it: ${item.title || word}`} onClick={() => setWhole(true)}>
                Show all
              </LinkButton>
            )}
          </p>
        )}
      </div>
    </>
  );
}
