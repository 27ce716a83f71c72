import { useState } from 'preact/hooks';
import { AUDIT_ACTIONS } from '#shared/api/people.ts';
import { ok } from '#shared/result.ts';
import { moment } from '../../numbers.ts';
import { Select } from '../../parts/select.tsx';
import { Empty } from '../empty.tsx';
import { Loading, More } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { usePages } from '../use-pages.ts';
import type { PageProps } from '../workspace.ts';
import { ACTION_WORDS, type AuditEntry, detailWords, subjectHref } from './audit-words.ts';

const PAGE = 50;
const CHOICES = [{ value: '', label: 'Everything' }, ...AUDIT_ACTIONS.map((action) => ({ value: action, label: ACTION_WORDS[action] }))];

/** Who exported, deleted, let in or changed what, the newest first. */
export function AuditPage({ workspace }: PageProps) {
  const { server, host } = workspace;
  const [chosen, setChosen] = useState('');
  const action = AUDIT_ACTIONS.find((known) => known === chosen);
  const pages = usePages<AuditEntry>(
    async (cursor) => {
      const query = { limit: PAGE, ...(action ? { action } : {}), ...(cursor === null ? {} : { cursor }) };
      const page = await server.ask('listAudit', { query });
      return page.ok ? ok({ items: page.value.entries, nextCursor: page.value.nextCursor }) : page;
    },
    [server, action],
  );
  const { items } = pages;
  return (
    <>
      <PageBar title="Audit" host={host} />
      <main class="work">
        <div class="list-search">
          <Select name="What happened" value={chosen} choices={CHOICES} onChoose={setChosen} />
        </div>
        {items === null && <Loading failure={pages.failure} host={host} onRetry={pages.again} />}
        {items?.length === 0 && <Empty icon="clock" title="Nothing of that kind has happened" />}
        {items !== null && items.length > 0 && (
          <ul class="lines top" aria-label="What happened, newest first">
            {items.map((entry, index) => (
              // The past only grows at its front, and the page asks for it anew.
              <li key={index}>
                <AuditLine entry={entry} now={host.now()} />
              </li>
            ))}
          </ul>
        )}
        <More pages={pages} what="of the past" host={host} />
      </main>
    </>
  );
}

function AuditLine({ entry, now }: { readonly entry: AuditEntry; readonly now: number }) {
  const { actor, key, action, at } = entry;
  const href = subjectHref(entry);
  const detail = detailWords(entry);
  return (
    <div class="what">
      <p>
        {href ? <a href={href}>{ACTION_WORDS[action]}</a> : <span class="strong">{ACTION_WORDS[action]}</span>}
        {detail && <span class="dim">: {detail}</span>}
      </p>
      <p class="small faint">
        {[
          moment(Date.parse(at), now),
          actor ? actor.name || actor.email || 'a member' : 'the server',
          ...(key ? [`by the key ${key.name}`] : []),
        ].join(' · ')}
      </p>
    </div>
  );
}
