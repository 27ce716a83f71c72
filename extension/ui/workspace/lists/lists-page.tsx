import { useState } from 'preact/hooks';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { ListInfo } from '../../../flow/view.ts';
import { leadsHref, NEWEST_FIRST } from '../../../flow/workspace/leads-place.ts';
import { countOf } from '../../numbers.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { NameForm } from '../../parts/name-form.tsx';
import { failureWords } from '../failure-words.ts';
import { PageBar } from '../page-bar.tsx';
import type { PageProps, Workspace } from '../workspace.ts';

/** The lists with their counts: opened, made, renamed, deleted. */
export function ListsPage({ workspace }: PageProps) {
  const { lists, host, canEdit } = workspace;
  const [isMaking, setMaking] = useState(false);
  const make = async (name: string) => {
    const made = await workspace.leads.createList(name);
    if (!made.ok) return made.error;
    setMaking(false);
    workspace.refresh();
    workspace.tell({ text: `The list ${made.value.name} is made.` });
    return null;
  };
  return (
    <>
      <PageBar title="Lists" number={lists.length} host={host} />
      <main class="work">
        {canEdit && !isMaking && (
          <div>
            <Button icon="plus" onClick={() => setMaking(true)}>
              New list
            </Button>
          </div>
        )}
        {isMaking && (
          <div class="narrow-form">
            <NameForm
              label="Name of the new list"
              name=""
              act="Make list"
              troubleOf={failureWords}
              onName={make}
              onCancel={() => setMaking(false)}
            />
          </div>
        )}
        <ul class="lines" aria-label="Lists">
          {lists.map((list) => (
            <li key={list.id}>
              <ListLine list={list} workspace={workspace} />
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}

function ListLine({ list, workspace }: { readonly list: ListInfo; readonly workspace: Workspace }) {
  const { id, name, leadCount, isDefault } = list;
  const { server } = workspace;
  const [mode, setMode] = useState<'rest' | 'renaming' | 'asking'>('rest');
  const rename = async (wanted: string): Promise<ServerFailure | null> => {
    const renamed = wanted === name ? null : await server.ask('renameList', { params: { id }, body: { name: wanted } });
    if (renamed && !renamed.ok) return renamed.error;
    setMode('rest');
    workspace.refresh();
    return null;
  };
  const drop = async () => {
    setMode('rest');
    const gone = await server.ask('deleteList', { params: { id } });
    workspace.tell(gone.ok ? { text: `The list ${name} is deleted. Its leads stay.` } : { text: failureWords(gone.error), tone: 'bad' });
    workspace.refresh();
  };
  if (mode === 'renaming') {
    return (
      <div class="narrow-form">
        <NameForm
          label={`New name of “${name}”`}
          name={name}
          act="Rename"
          troubleOf={failureWords}
          onName={rename}
          onCancel={() => setMode('rest')}
        />
      </div>
    );
  }
  return (
    <>
      <div class="what">
        <p class="row wrap">
          <a class="strong cut" href={leadsHref({ filter: { listId: id }, sort: NEWEST_FIRST })} title={name}>
            {name}
          </a>
          {isDefault && <span class="badge">default</span>}
        </p>
        <p class="small faint num">{countOf(leadCount, 'lead')}</p>
      </div>
      {workspace.canEdit && (
        <span class="row tight line-acts">
          <IconButton name={`Rename “${name}”`} icon="pencil" onClick={() => setMode('renaming')} />
          {!isDefault && <IconButton name={`Delete “${name}”`} icon="bin" onClick={() => setMode('asking')} />}
        </span>
      )}
      {mode === 'asking' && (
        <Dialog
          title={`Delete the list ${name}?`}
          text={
            leadCount > 0
              ? `Its leads stay: ${countOf(leadCount, 'lead')} in the workspace. Only the list goes.`
              : 'It is empty. Only the list goes.'
          }
          keep="Keep the list"
          act="Delete list"
          onKeep={() => setMode('rest')}
          onAct={() => void drop()}
        />
      )}
    </>
  );
}
