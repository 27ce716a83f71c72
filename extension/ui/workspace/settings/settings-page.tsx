import { useState } from 'preact/hooks';
import type { BodyOf } from '#shared/api/contract.ts';
import { REQUIRE_POLICIES } from '#shared/lead/lead.ts';
import { countryChoices } from '../../country-choices.ts';
import { NameForm } from '../../parts/name-form.tsx';
import { Note } from '../../parts/note.tsx';
import { OptionRow } from '../../parts/option-row.tsx';
import { Select } from '../../parts/select.tsx';
import { NEED_WORDS } from '../../rule-words.ts';
import { failureWords } from '../failure-words.ts';
import { PageBar } from '../page-bar.tsx';
import type { PageProps } from '../workspace.ts';

const NEEDS = REQUIRE_POLICIES.map((value) => ({ value, label: NEED_WORDS[value].replace(/^./, (letter) => letter.toUpperCase()) }));

/** What holds for everybody in the workspace. Each choice is saved as it is made. */
export function SettingsPage({ workspace }: PageProps) {
  const { facts, host, server } = workspace;
  const [trouble, setTrouble] = useState<string | null>(null);
  const change = async (body: BodyOf<'changeWorkspace'>, done: string) => {
    const changed = await server.ask('changeWorkspace', { body });
    setTrouble(changed.ok ? null : failureWords(changed.error));
    if (changed.ok) workspace.tell({ text: done });
    workspace.refresh();
    return changed.ok ? null : changed.error;
  };
  const may = (right: 'overwrite' | 'undo', allowed: boolean) =>
    void change({ membersMay: { [right]: allowed } }, allowed ? 'Members may do that now.' : 'Only admins may do that now.');
  return (
    <>
      <PageBar title="Settings" host={host} />
      <main class="work settings">
        {trouble !== null && (
          <Note tone="bad" icon="bad" fact="That is not changed." alert>
            {trouble}
          </Note>
        )}
        <div class="option-rows">
          <OptionRow title="Name">
            <NameForm
              key={facts.name}
              label="Name of the workspace"
              name={facts.name}
              act="Rename"
              troubleOf={failureWords}
              onName={(name) => change({ name }, `The workspace is called ${name}.`)}
            />
          </OptionRow>
          <OptionRow title="Phones without a country">
            <Select
              name="Phones without a country"
              value={facts.defaultCountry}
              choices={countryChoices()}
              onChoose={(defaultCountry) =>
                void change({ defaultCountry }, 'Phones without a country are read so from the next import on.')
              }
            />
            <p class="hint">What a new browser begins with, and what the API takes where a request says nothing.</p>
          </OptionRow>
          <OptionRow title="A lead must have">
            <Select
              name="A lead must have"
              value={facts.require}
              choices={NEEDS}
              onChoose={(value) => {
                const require = REQUIRE_POLICIES.find((known) => known === value);
                if (require) void change({ require }, 'That holds from the next import on.');
              }}
            />
            <p class="hint">Every import can choose otherwise, and says so.</p>
          </OptionRow>
          <OptionRow title="Members may">
            <label class="check">
              <input
                type="checkbox"
                checked={facts.membersMay.overwrite}
                onChange={(event) => may('overwrite', event.currentTarget.checked)}
              />
              <span>overwrite values when they import</span>
            </label>
            <label class="check">
              <input type="checkbox" checked={facts.membersMay.undo} onChange={(event) => may('undo', event.currentTarget.checked)} />
              <span>undo their own imports</span>
            </label>
          </OptionRow>
          <OptionRow title="Read-only">
            <label class="check">
              <input
                type="checkbox"
                checked={facts.readOnly}
                onChange={(event) => {
                  const readOnly = event.currentTarget.checked;
                  void change({ readOnly }, readOnly ? 'Nothing is written any more.' : 'The workspace takes changes again.');
                }}
              />
              <span>nobody changes anything but these settings</span>
            </label>
          </OptionRow>
          <p class="small faint saved-line">Choices are saved as you make them.</p>
        </div>
      </main>
    </>
  );
}
