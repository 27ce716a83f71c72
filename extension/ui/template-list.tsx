import type { TemplateActions } from '../flow/import-flow.ts';
import type { TemplateInfo } from '../flow/view.ts';
import { LinkButton } from './parts/button.tsx';
import { TemplateName } from './template-name.tsx';
import { TemplateRow } from './template-row.tsx';

type TemplateListProps = {
  readonly templates: readonly TemplateInfo[];
  readonly actions: TemplateActions;
  /** In ms. */
  readonly now: number;
  readonly onSay: (text: string) => void;
  readonly onClose: () => void;
};

/** The templates, and the way to make another out of the mapping on the screen. */
export function TemplateList({ templates, actions, now, onSay, onClose }: TemplateListProps) {
  const use = ({ id, name }: TemplateInfo) => {
    onSay(`Mapped as in the template “${name}”.`);
    void actions.use(id);
    onClose();
  };
  const replace = async ({ id, name }: TemplateInfo) => {
    if (await actions.replace(id)) return;
    onSay(`“${name}” is this mapping now.`);
    onClose();
  };
  const save = async (name: string) => {
    const failure = await actions.save(name);
    if (!failure) onSay(`Saved as “${name}”.`);
    return failure;
  };
  const holderOf = (name: string) => templates.find((one) => one.name.trim().toLowerCase() === name.toLowerCase());
  return (
    <>
      {templates.length === 0 ? (
        <p class="small">No templates yet. Save this mapping under a name, and everybody in the workspace can use it for such files.</p>
      ) : (
        <ul class="template-list" aria-label="Templates of the workspace">
          {templates.map((template) => (
            <TemplateRow key={template.id} template={template} now={now} actions={actions} onUse={() => use(template)} />
          ))}
        </ul>
      )}
      <div class="template-save">
        <TemplateName
          label="Save this mapping as"
          name=""
          act="Save"
          onName={save}
          whenTaken={(name) => {
            const holder = holderOf(name);
            return holder && <LinkButton onClick={() => void replace(holder)}>Put this mapping in its place</LinkButton>;
          }}
        />
      </div>
    </>
  );
}
