import { useMemo, useState } from 'preact/hooks';
import type { AnswerOf } from '#shared/api/contract.ts';
import { count, day } from '../../numbers.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Empty } from '../empty.tsx';
import { failureWords } from '../failure-words.ts';
import { Loading } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { useAsked } from '../use-asked.ts';
import type { PageProps, Workspace } from '../workspace.ts';
import { AddByFile } from './add-by-file.tsx';
import { AddByHand } from './add-by-hand.tsx';
import { KIND_WORDS, sourceWords } from './suppression-words.ts';

type Suppression = AnswerOf<'listSuppressions'>['suppressions'][number];

/** Lines drawn at a time: the list may be long, and nobody reads more. */
const SHOWN = 200;

/** Who must not be contacted: searched, added by hand or by file, and taken off by admins. */
export function SuppressionsPage({ workspace }: PageProps) {
  const { server, host, canEdit } = workspace;
  const asked = useAsked(() => server.ask('listSuppressions', {}), [server]);
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(SHOWN);
  const [isByFile, setByFile] = useState(false);
  const all = asked.value?.suppressions ?? null;
  const found = useMemo(() => findIn(all ?? [], search), [all, search]);
  const changed = () => {
    asked.again();
    workspace.refresh();
  };
  return (
    <>
      <PageBar title="Opt-outs" number={all?.length ?? null} host={host} />
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
        {all === null && <Loading failure={asked.failure} host={host} onRetry={asked.again} />}
        {all?.length === 0 && (
          <Empty icon="shield" title="Nobody has opted out">
            Add an address, a domain or a number, and it is kept out of everything.
          </Empty>
        )}
        {all !== null && all.length > 0 && (
          <>
            <div class="search list-search">
              <Icon name="search" />
              <input
                class="input"
                type="search"
                aria-label="Search opt-outs"
                placeholder="Search opt-outs"
                value={search}
                onInput={(event) => {
                  setSearch(event.currentTarget.value);
                  setShown(SHOWN);
                }}
              />
            </div>
            {search !== '' && (
              <p class="small faint" role="status">
                {found.length === 0 ? `Nothing matches “${search}”.` : `${count(found.length)} of ${count(all.length)}`}
              </p>
            )}
            <ul class="lines" aria-label="Opt-outs">
              {found.slice(0, shown).map((entry) => (
                <li key={entry.id}>
                  <SuppressionLine entry={entry} workspace={workspace} onChanged={changed} />
                </li>
              ))}
            </ul>
            {found.length > shown && (
              <div>
                <Button onClick={() => setShown(shown + SHOWN)}>Show {count(Math.min(SHOWN, found.length - shown))} more</Button>
              </div>
            )}
          </>
        )}
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

function findIn(all: readonly Suppression[], search: string): readonly Suppression[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return all;
  return all.filter(({ value, reason }) => value.includes(wanted) || (reason ?? '').toLowerCase().includes(wanted));
}
