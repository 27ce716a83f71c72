import type { CrmScope } from '#shared/crm/scope.ts';
import { MAX_SCOPE_SEARCH } from '#shared/limits.ts';
import { count } from '../../numbers.ts';
import { LinkButton } from '../../parts/button.tsx';
import { Combobox, DRAWN_OPTIONS } from '../../parts/combobox.tsx';
import { Note } from '../../parts/note.tsx';
import { failureWords } from '../failure-words.ts';
import { type ScopeOption, scopeKey, scopeShown } from './import-choices.ts';
import type { Scopes } from './use-scopes.ts';

type ScopeChoiceProps = {
  /** The name that is read out. */
  readonly name: string;
  readonly crm: string;
  readonly scopes: Scopes;
  /** Of what was found, those that fit here. */
  readonly options: readonly ScopeOption[];
  /** Null: nothing yet. */
  readonly chosen: CrmScope | null;
  readonly onChoose: (scope: CrmScope) => void;
};

/** Which list, view or campaign: searched for in the CRM where it has more than it told. */
export function ScopeChoice({ name, crm, scopes, options, chosen, onChoose }: ScopeChoiceProps) {
  const { failure, again } = scopes;
  return (
    <div class="scope-choice">
      <Combobox
        name={name}
        value={chosen ? scopeKey(chosen) : ''}
        shown={chosen ? scopeShown(chosen, options) : ''}
        options={options}
        foot={footWords(scopes, options.length, crm)}
        maxLength={MAX_SCOPE_SEARCH}
        onType={scopes.search}
        onChoose={(value) => {
          const option = options.find((one) => one.value === value);
          if (option) onChoose(option.scope);
        }}
      />
      {failure && (
        <p class="hint" role="alert">
          {crm} was not searched: {failureWords(failure)} <LinkButton onClick={again}>Try again</LinkButton>
        </p>
      )}
    </div>
  );
}

/** Below the choices: why there are no others, or what finds them. */
export function footWords({ isBusy, failure, hasMore, text }: Omit<Scopes, 'found'>, number: number, crm: string): string {
  if (isBusy) return `Looking in ${crm}…`;
  if (failure) return `${crm} was not searched.`;
  if (hasMore) return `${crm} has more. Type part of a name to find the others.`;
  if (number > DRAWN_OPTIONS) return `The first ${count(DRAWN_OPTIONS)} of ${count(number)}. Type part of a name to find the others.`;
  if (number > 0) return '';
  const named = text === '' ? `Nothing to choose from in ${crm}.` : `Nothing in ${crm} has “${text}” in its name.`;
  return `${named} What is hidden from whoever connected is not found.`;
}

type ScopeGoneProps = { readonly scope: CrmScope; readonly crm: string; readonly isImport: boolean };

/** What was chosen is not there: what that means, and what to do. */
export function ScopeGone({ scope, crm, isImport }: ScopeGoneProps) {
  if (scope.kind === 'all') return null;
  return (
    <Note tone="warn" icon="warn" fact={`${crm} has no ${scope.kind} “${scope.name}” any more.`} alert>
      It was deleted there, or is hidden from whoever connected.{' '}
      {isImport
        ? 'Nobody was imported. Choose something else above.'
        : 'Nobody new comes in until something else is chosen below. Whoever came from it stays, and is kept in step.'}
    </Note>
  );
}
