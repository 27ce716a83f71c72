import { useState } from 'preact/hooks';
import type { RecordsPreviewAnswer } from '#shared/api/connection-work.ts';
import type { Provider } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import { differingFieldsLine } from '#shared/sentences/crm-import.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { followImport } from '../../../flow/workspace/follow-import.ts';
import { importHref } from '../../../flow/workspace/imports-place.ts';
import { count, countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Select } from '../../parts/select.tsx';
import { Loading } from '../loading.tsx';
import { useAsked } from '../use-asked.ts';
import type { ConnectionTabProps } from './connection-tab.ts';
import { IMPORT_WORDS, PROVIDER_WORDS, scopeWords } from './connection-words.ts';
import { EVERYBODY, KINDS, scopeOptions, TYPES_OF, typesInUse, wholeScope, withEverybody } from './import-choices.ts';
import { ImportEnded, type ImportFate } from './import-ended.tsx';
import { type ImportTarget, readTarget, targetChoices, targetValue, usualTarget } from './import-target.ts';
import { Notices } from './notices.tsx';
import { RecordsTable } from './records-table.tsx';
import { ScopeChoice, ScopeGone } from './scope-choice.tsx';
import { useScopes } from './use-scopes.ts';

/** The plan of an import from a CRM: it opens by itself, mapped, with one button. */
export function ImportTab({ connection, workspace, onChanged }: ConnectionTabProps) {
  const { server, host, lists } = workspace;
  const { id, provider, settings } = connection;
  const name = PROVIDER_WORDS[provider];
  const [types, setTypes] = useState(() => typesInUse(connection));
  const [scope, setScope] = useState<CrmScope>(wholeScope(provider, settings.scopeIn));
  const [chosen, setChosen] = useState<ImportTarget | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [fate, setFate] = useState<ImportFate | null>(null);
  const scopes = useScopes(workspace, id);
  const scopeText = JSON.stringify(scope);
  const usual = usualTarget({ connection, scope, types, lists });
  const target = chosen ?? usual;
  const targetText = JSON.stringify(target);
  const body = { scope, types: [...types], ...target };
  const asked = useAsked(() => server.ask('previewConnection', { params: { id }, body }), [server, id, scopeText, types, targetText]);
  const plan = asked.value;
  const isGone = scope.kind !== 'all' && asked.failure?.kind === 'notFound';

  const importNow = async () => {
    setBusy(true);
    setFate(null);
    const act = () => server.ask('importConnection', { params: { id }, body });
    const end = await followImport({ server, id, act, onLost: () => setFate({ kind: 'lost' }) });
    setBusy(false);
    setFate(end.kind === 'done' ? null : end);
    if (end.kind === 'failed' || end.kind === 'unknown') return;
    onChanged();
    if (end.kind === 'done') workspace.go(end.importId === null ? hrefOf('imports') : importHref(end.importId));
    else asked.again();
  };

  return (
    <>
      <div class="row wrap import-head">
        {TYPES_OF[provider].length > 1 && (
          <Select
            name="Leads, contacts or both"
            value={types.join(' ')}
            choices={KINDS}
            onChoose={(value) => {
              setTypes(TYPES_OF[provider].filter((type) => value.includes(type)));
              if (scope.kind === 'view') setScope(EVERYBODY);
            }}
          />
        )}
        <ScopeChoice
          name={`Which records of ${name}`}
          crm={name}
          scopes={scopes}
          options={withEverybody(scopeOptions(types, scopes.found), scopes.text)}
          chosen={scope}
          onChoose={(next) => {
            setScope(next);
            setChosen(null);
          }}
        />
        <Select
          name="The list they come into"
          value={targetValue(target)}
          choices={targetChoices(usual, lists)}
          onChoose={(value) => setChosen(readTarget(value, usual))}
        />
        <span class="push" />
        {plan && (
          <Button
            look="primary"
            icon="import"
            busy={isBusy}
            off={!workspace.canEdit ? 'Viewers import nothing.' : plan.recordCount === 0 ? 'There is nobody to import.' : null}
            onClick={() => void importNow()}
          >
            {buttonWords(plan.planned, provider)}
          </Button>
        )}
      </div>
      {isGone && <ScopeGone scope={scope} crm={name} isImport />}
      {plan === null && !isGone && (
        <>
          <p class="dim" role="status">
            {asked.failure ? '' : `Reading ${scopeWords(scope)} from ${name}. Large accounts take a minute.`}
          </p>
          <Loading failure={asked.failure} host={host} onRetry={asked.again} />
        </>
      )}
      {fate && <ImportEnded fate={fate} crm={name} />}
      {plan && <Notices notices={plan.notices} connection={connection} />}
      {plan && <PlanWords plan={plan} name={name} scope={scope} />}
      {plan && <RecordsTable plan={plan} />}
    </>
  );
}

/** What the button does: where nobody comes in, whoever is here already is still linked. */
function buttonWords({ created, addedToList, updated, duplicate }: RecordsPreviewAnswer['planned'], provider: Provider): string {
  const coming = created + addedToList + updated;
  const isLinkOnly = coming === 0 && duplicate > 0;
  return `${isLinkOnly ? 'Link' : 'Import'} ${countOf(isLinkOnly ? duplicate : coming, ...IMPORT_WORDS[provider])}`;
}

function PlanWords({ plan, name, scope }: { readonly plan: RecordsPreviewAnswer; readonly name: string; readonly scope: CrmScope }) {
  const { total, created, addedToList, updated, duplicate, review, suppressed, rejected, differingFields = 0 } = plan.planned;
  const parts = [
    [created, 'new'],
    [addedToList, 'already here: linked, and added to the list'],
    [updated, 'already here: linked, and filled in'],
    [duplicate, 'already here or twice in it: linked; where both sides have a value, the rule of the field decides, and both are kept'],
    [review, 'to decide after the import: they may be somebody who is here'],
    [suppressed, 'opted out: kept off'],
    [rejected, 'without name, email or phone'],
  ] as const;
  return (
    <>
      <h2>
        {countOf(total, 'record')} in {scope.kind === 'all' ? name : `${scopeWords(scope)} of ${name}`}
      </h2>
      <ul class="ruled-list" aria-label="What the import would do">
        {parts
          .filter(([number]) => number > 0)
          .map(([number, words]) => (
            <li key={words} class="row">
              <span class="num strong">{count(number)}</span>
              <span class="dim">{words}</span>
            </li>
          ))}
      </ul>
      {differingFields > 0 && <p class="small">{differingFieldsLine(differingFields, name, true)}</p>}
      <p class="small faint">
        {countOf(plan.pairs.length, 'field')} mapped; properties your team made become custom fields. Nothing is written to {name} by an
        import.
      </p>
    </>
  );
}
