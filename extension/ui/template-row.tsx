import { useState } from 'preact/hooks';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { TemplateActions } from '../flow/import-flow.ts';
import type { TemplateInfo } from '../flow/view.ts';
import { savedWords } from './memory-words.ts';
import { IconButton } from './parts/button.tsx';
import { Dialog } from './parts/dialog.tsx';
import { TemplateName, templateTrouble } from './template-name.tsx';

type TemplateRowProps = {
  readonly template: TemplateInfo;
  readonly now: number;
  readonly actions: TemplateActions;
  readonly onUse: () => void;
};

/** A template: a click uses it; it can be renamed here, and deleted. */
export function TemplateRow({ template, now, actions, onUse }: TemplateRowProps) {
  const { id, name, by, at } = template;
  const [mode, setMode] = useState<'rest' | 'renaming' | 'asking'>('rest');
  const [failure, setFailure] = useState<ServerFailure | null>(null);
  const rename = async (wanted: string) => {
    const failed = wanted === name ? null : await actions.rename(id, wanted);
    if (!failed) setMode('rest');
    return failed;
  };
  if (mode === 'renaming') {
    return (
      <li>
        <TemplateName label={`New name of “${name}”`} name={name} act="Rename" onName={rename} onCancel={() => setMode('rest')} />
      </li>
    );
  }
  return (
    <li>
      <div class="template">
        <button class="use" type="button" onClick={onUse}>
          <span class="strong cut">{name}</span>
          <span class="small faint cut">{savedWords(by, at, now)}</span>
        </button>
        <IconButton name={`Rename “${name}”`} icon="pencil" onClick={() => setMode('renaming')} />
        <IconButton name={`Delete “${name}”`} icon="bin" onClick={() => setMode('asking')} />
      </div>
      {failure && (
        <p class="small bad" role="alert">
          {templateTrouble(failure, name)}
        </p>
      )}
      {mode === 'asking' && (
        <Dialog
          title={`Delete the template “${name}”?`}
          text="It goes for everybody in the workspace. Imports made with it stay as they are."
          keep="Keep it"
          act="Delete"
          onKeep={() => setMode('rest')}
          onAct={() => {
            setMode('rest');
            void actions.remove(id).then(setFailure);
          }}
        />
      )}
    </li>
  );
}
