import { useState } from 'preact/hooks';
import type { AnswerOf } from '#shared/api/contract.ts';
import { ok } from '#shared/result.ts';
import { count, day } from '../../numbers.ts';
import { IconButton } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Empty } from '../empty.tsx';
import { failureWords } from '../failure-words.ts';
import { SearchBox } from '../leads/search-box.tsx';
import { Loading, More } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { usePages } from '../use-pages.ts';
import type { PageProps, Workspace } from '../workspace.ts';
import { AddByFile } from './add-by-file.tsx';
import { AddByHand } from './add-by-hand.tsx';
import { KIND_WORDS, sourceWords } from './suppression-words.ts';

type Suppression = AnswerOf<'listSuppressions'>['suppressions'][number];

const PAGE = 100;

/** Who must not be contacted: searched, added by hand or by file, and taken off by admins. */
export function SuppressionsPage({ workspace }: PageProps) {
  const { server, host, canEdit } = workspace;
  const [search, setSearch] = useState('');
  const [total, setTotal] = useState<number | null>(null);
  const [isByFile, setByFile] = useState(false);
  const pages = usePages<Suppression>(
    async (cursor) => {
      const query = { limit: PAGE, ...(search === '' ? {} : { search }), ...(cursor === null ? {} : { cursor }) };
      const page = await server.ask('listSuppressions', { query });
      if (!page.ok) return page;
      const { suppressions, totalCount, nextCursor } = page.value;
      setTotal(totalCount);
      return ok({ items: suppressions, nextCursor });
    },
    [server, search],
  );
  const { items } = pages;
  const changed = () => {
    pages.again();
    workspace.refresh();
  };
  return (
    <>
      <PageBar title="Opt-outs" number={search === '' ? total : null} host={host} />
      <main class="work">
        <p class="dim">
          No import, edit or undo makes these contactable, and leads that have one are marked “do not contact”. A domain includes its
          subdomains.
        </p>
        {isByFile ? (
          <AddByFile workspace={workspace} onAdded={changed} onClose={() => setByFile(false)} />
        ) : (
          canEdit && <AddByHand workspace={workspace} onAdded={changed} onMany={() => setByFile(true)} />
        )}
        {items === null && <Loading failure={pages.failure} host={host} onRetry={pages.again} />}
        {items?.length === 0 && search === '' && (
          <Empty icon="shield" title="Nobody has opted out">
            Add an address, a domain or a number, and it is kept out of everything.
          </Empty>
        )}
        {((items?.length ?? 0) > 0 || search !== '') && (
          <div class="list-search">
            <SearchBox text={search} what="opt-outs" onSearch={setSearch} />
          </div>
        )}
        {items !== null && search !== '' && (
          <p class="small faint" role="status">
            {items.length === 0 ? `Nothing matches “${search}”.` : `${count(total ?? 0)} found`}
          </p>
        )}
        {items !== null && items.length > 0 && (
          <ul class="lines" aria-label="Opt-outs">
            {items.map((entry) => (
              <li key={entry.id}>
                <SuppressionLine entry={entry} workspace={workspace} onChanged={changed} />
              </li>
            ))}
          </ul>
        )}
        <More pages={pages} what="opt-outs" host={host} />
      </main>
    </>
  );
}

type SuppressionLineProps = { readonly entry: Suppression; readonly workspace: Workspace; readonly onChanged: () => void };

function SuppressionLine({ entry, workspace, onChanged }: SuppressionLineProps) {
  const { id, kind, value, reason, source, since } = entry;
  const [asks, setAsks] = useState(false);
  const remove = async () => {
    setAsks(false);
    const gone = await workspace.server.ask('removeSuppression', { params: { id } });
    workspace.tell(gone.ok ? { text: `${value} is off the list.` } : { text: failureWords(gone.error), tone: 'bad' });
    onChanged();
  };
  return (
    <>
      <div class="what">
        <p class="row wrap">
          <span class="strong cut" title={value}>
            {value}
          </span>
          <span class="badge">{KIND_WORDS[kind]}</span>
        </p>
        <p class="small faint">
          {[`Since ${day(Date.parse(since), workspace.host.now())}`, sourceWords(source), ...(reason ? [reason] : [])].join(' · ')}
        </p>
      </div>
      {workspace.canEdit && workspace.facts.role === 'admin' && (
        <span class="row tight line-acts push">
          <IconButton name={`Take ${value} off the list`} icon="bin" onClick={() => setAsks(true)} />
        </span>
      )}
      {asks && (
        <Dialog
          title={`Take ${value} off the list?`}
          text={`From then on imports may bring it in again as contactable. Leads that are marked “do not contact” stay marked.`}
          keep="Keep it on"
          act="Take it off"
          onKeep={() => setAsks(false)}
          onAct={() => void remove()}
        />
      )}
    </>
  );
}
