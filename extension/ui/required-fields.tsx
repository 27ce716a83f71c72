import type { RequirePolicy } from '#shared/lead/lead.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { missingTargets, type RequiredTarget } from '../flow/draft.ts';
import { Button } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { Note } from './parts/note.tsx';
import { Segments } from './parts/segments.tsx';

const NEEDED: { readonly [R in RequirePolicy]: readonly RequiredTarget[] } = {
  complete: ['firstName', 'lastName', 'email', 'phone'],
  reachable: ['name', 'reach'],
  any: ['name'],
};
const WORDS: { readonly [T in RequiredTarget]: string } = {
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email',
  phone: 'Phone',
  name: 'A name',
  reach: 'One way to reach the person',
};
const ANY_NAME = 'An email, a phone or a name';
const POLICIES = [
  { value: 'complete', label: 'All four fields' },
  { value: 'reachable', label: 'Reachable' },
] as const;

type RequiredProps = {
  readonly mapping: Mapping;
  readonly require: RequirePolicy;
  readonly onRequire: (require: RequirePolicy) => void;
};

/** What a row needs under the chosen rule, and which of it a column feeds. */
export function RequiredFields({ mapping, require, onRequire }: RequiredProps) {
  const missing = new Set(missingTargets(mapping, { require }));
  return (
    <div class="row wrap small required">
      <span class="row wrap required-list">
        <span class="faint">Required</span>
        {NEEDED[require].map((target) => {
          const words = require === 'any' ? ANY_NAME : WORDS[target];
          return missing.has(target) ? (
            <span key={target} class="row warn strong tight">
              <Icon name="warn" />
              {words}, no column
            </span>
          ) : (
            <span key={target} class="row tight">
              <Icon name="check" tone="ok" />
              {words}
            </span>
          );
        })}
      </span>
      <span class="push">
        <Segments name="A row needs" value={require === 'any' ? 'reachable' : require} choices={POLICIES} onChoose={onRequire} />
      </span>
    </div>
  );
}

type MissingProps = RequiredProps & {
  readonly openColumns: number;
};

/** Says which required field no column feeds, and offers the rule that does without it in one click. */
export function MissingNote({ mapping, require, openColumns, onRequire }: MissingProps) {
  const missing = missingTargets(mapping, { require });
  if (missing.length === 0) return null;
  const reachableHelps = require === 'complete' && missingTargets(mapping, { require: 'reachable' }).length === 0;
  const one = missing.length === 1;
  return (
    <Note
      tone="warn"
      icon="warn"
      fact={`${listed(missing.map((target) => WORDS[target]))} ${one ? 'is' : 'are'} required, and no column feeds ${one ? 'it' : 'them'} yet.`}
      buttons={
        reachableHelps && (
          <Button small onClick={() => onRequire('reachable')}>
            Use Reachable
          </Button>
        )
      }
    >
      {openColumns > 0 ? 'Choose one of the open columns.' : 'Choose the field for one of the columns below.'}
      {reachableHelps && ' Or import with “Reachable”: a name and one way to reach the person is enough.'}
    </Note>
  );
}

/** "Email", "Email and phone", "First name, email and phone". */
function listed(words: readonly string[]): string {
  const lower = words.map((word, index) => (index === 0 ? word : word.toLowerCase()));
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(lower);
}
