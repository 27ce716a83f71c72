import { useEffect, useState } from 'preact/hooks';
import type { Address } from '../../flow/workspace/address.ts';
import { hrefOf } from '../../flow/workspace/address.ts';
import { leadsHref, NEWEST_FIRST } from '../../flow/workspace/leads-place.ts';
import { count } from '../numbers.ts';
import { LinkButton } from '../parts/button.tsx';
import { BrandMark, Icon } from '../parts/icon.tsx';
import { headingOf } from '../use-kept-focus.ts';
import { PAGES } from './pages.ts';
import type { Workspace } from './workspace.ts';
import type { WorkspaceHost } from './workspace-host.ts';

type SideNavProps = { readonly at: Address; readonly workspace: Workspace | null; readonly host: WorkspaceHost };

/** The menu: the pages, then all leads of the workspace and its lists. Where there is no room beside the page it folds away behind a button. */
export function SideNav({ at, workspace, host }: SideNavProps) {
  const [isOpen, setOpen] = useState(false);
  const place = `${at.page}/${at.rest.join('/')}?${at.query}`;
  useEffect(() => setOpen(false), [place]); // one has gone somewhere
  const total = useLeadTotal(workspace);
  const chosenList = at.page === 'leads' ? at.query.get('list') : null;
  return (
    <nav class="side" aria-label="Workspace" onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
      <button class="btn skip" type="button" onClick={() => headingOf(document)?.focus()}>
        Skip the menu
      </button>
      <div class="row">
        <a class="brand cut" href={hrefOf('leads')}>
          <BrandMark />
          <span class="cut">{workspace?.facts.name ?? 'Leadline'}</span>
        </a>
        <button
          class="icon-btn push menu-button"
          type="button"
          aria-label="Menu"
          title="Menu"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="menu" />
        </button>
      </div>
      <div class="side-body" data-open={isOpen ? '' : undefined}>
        <ul class="nav">
          {PAGES.filter((page) => !page.adminOnly || workspace?.facts.role === 'admin').map(({ id, label, icon }) => (
            <li key={id}>
              <a href={hrefOf(id)} aria-current={at.page === id && chosenList === null ? 'page' : undefined}>
                <Icon name={icon} />
                {label}
              </a>
            </li>
          ))}
        </ul>
        {workspace && workspace.lists.length > 0 && (
          <div>
            <p class="nav-head" id="nav-lists">
              Lists
            </p>
            <ul class="nav nav-lists" aria-labelledby="nav-lists">
              <li>
                <a href={hrefOf('leads')}>
                  <span class="cut">All leads</span>
                  {total !== null && <span class="num">{count(total)}</span>}
                </a>
              </li>
              {workspace.lists.map(({ id, name, leadCount }) => (
                <li key={id}>
                  <a
                    href={leadsHref({ filter: { listId: id }, sort: NEWEST_FIRST })}
                    aria-current={chosenList === id ? 'page' : undefined}
                    title={name}
                  >
                    <span class="cut">{name}</span>
                    <span class="num">{count(leadCount)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </div>
        )}
        <div class="side-foot small">
          {workspace && <span class="faint">You are {ROLE_WORDS[workspace.facts.role]}</span>}
          <LinkButton onClick={host.openOptions}>Options</LinkButton>
        </div>
      </div>
    </nav>
  );
}

/** How many leads the workspace holds, in lists or not; null until known. Asked with the lists' own counts. */
function useLeadTotal(workspace: Workspace | null): number | null {
  const [total, setTotal] = useState<number | null>(null);
  const leads = workspace?.leads;
  const lists = workspace?.lists;
  useEffect(() => {
    const stop = new AbortController();
    void leads?.find({}, NEWEST_FIRST, { page: 1 }, 1, stop.signal).then((found) => {
      if (found.ok && !stop.signal.aborted) setTotal(found.value.totalCount);
    });
    return () => stop.abort();
  }, [leads, lists]);
  return total;
}

const ROLE_WORDS = { admin: 'an admin', member: 'a member', viewer: 'a viewer' } as const;
