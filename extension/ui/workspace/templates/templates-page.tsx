import { useState } from 'preact/hooks';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { TemplateAnswer } from '#shared/api/settings.ts';
import { isColumnMapping } from '#shared/mapping/mapping.ts';
import { targetLabel } from '../../map-choices.ts';
import { savedWords } from '../../memory-words.ts';
import { countOf } from '../../numbers.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TemplateName, templateTrouble } from '../../template-name.tsx';
import { Empty } from '../empty.tsx';
import { Loading } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { useAsked } from '../use-asked.ts';
import type { PageProps, Workspace } from '../workspace.ts';

/** The named mappings of the workspace: what each maps, who saved it, renamed and deleted here. */
export function TemplatesPage({ workspace }: PageProps) {
  const { server, host } = workspace;
  const asked = useAsked(() => server.ask('listTemplates', {}), [server]);
  const templates = asked.value?.templates;
  return (
    <>
      <PageBar title="Mapping templates" number={templates?.length ?? null} host={host} />
      <main class="work">
        {!templates && <Loading failure={asked.failure} host={host} onRetry={asked.again} />}
        {templates?.length === 0 && (
          <Empty
            icon="file"
            title="No templates yet"
            actions={
              workspace.canEdit && (
                <Button icon="import" onClick={host.openImporter}>
                  Import a file
                </Button>
              )
            }
          >
            While you map a file, “Templates” saves the mapping under a name for everybody here.
          </Empty>
        )}
        {templates && templates.length > 0 && (
          <ul class="lines top" aria-label="Mapping templates">
            {templates.map((template) => (
              <li key={template.id}>
                <TemplateLine template={template} workspace={workspace} onChanged={asked.again} />
              </li>
            ))}
          </ul>
        )}
      </main>
    </>
  );
}

type TemplateLineProps = { readonly template: TemplateAnswer; readonly workspace: Workspace; readonly onChanged: () => void };

function TemplateLine({ template, workspace, onChanged }: TemplateLineProps) {
  const { id, name, by, updatedAt } = template;
  const { server, host } = workspace;
  const [mode, setMode] = useState<'rest' | 'renaming' | 'asking'>('rest');
  const rename = async (wanted: string): Promise<ServerFailure | null> => {
    const renamed = wanted === name ? null : await server.ask('changeTemplate', { params: { id }, body: { name: wanted } });
    if (renamed && !renamed.ok) return renamed.error;
    setMode('rest');
    onChanged();
    return null;
  };
  const drop = async () => {
    setMode('rest');
    const gone = await server.ask('deleteTemplate', { params: { id } });
    workspace.tell(gone.ok ? { text: `The template ${name} is deleted.` } : { text: templateTrouble(gone.error, name), tone: 'bad' });
    onChanged();
  };
  if (mode === 'renaming') {
    return (
      <div class="narrow-form">
        <TemplateName label={`New name of “${name}”`} name={name} act="Rename" onName={rename} onCancel={() => setMode('rest')} />
      </div>
    );
  }
  const who = by && (by.isYou ? ('you' as const) : { name: by.name || by.email });
  return (
    <>
      <div class="what">
        <p class="strong cut">{name}</p>
        <p class="small faint">{savedWords(who, Date.parse(updatedAt), host.now())}</p>
        <p class="small dim">{mapsWords(template)}</p>
      </div>
      {workspace.canEdit && (
        <span class="row tight line-acts push">
          <IconButton name={`Rename “${name}”`} icon="pencil" onClick={() => setMode('renaming')} />
          <IconButton name={`Delete “${name}”`} icon="bin" onClick={() => setMode('asking')} />
        </span>
      )}
      {mode === 'asking' && (
        <Dialog
          title={`Delete the template ${name}?`}
          text="It goes for everybody in the workspace. Imports made with it stay as they are."
          keep="Keep it"
          act="Delete template"
          onKeep={() => setMode('rest')}
          onAct={() => void drop()}
        />
      )}
    </>
  );
}

/** "12 columns: First name, Email, Region (custom)": where they go. */
function mapsWords({ mapping }: Pick<TemplateAnswer, 'mapping'>): string {
  const columns = mapping.filter(isColumnMapping).length;
  const fixed = mapping.length - columns;
  const places = mapping
    .filter(({ field }) => field !== 'ignore')
    .map(({ field, label }) => (field === 'custom' && label ? `${label} (custom)` : targetLabel(field)));
  const counts = [countOf(columns, 'column'), ...(fixed > 0 ? [countOf(fixed, 'fixed value')] : [])].join(' and ');
  return `${counts}: ${[...new Set(places)].join(', ') || 'nothing kept'}`;
}
