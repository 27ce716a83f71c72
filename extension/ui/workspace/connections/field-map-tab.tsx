import { useState } from 'preact/hooks';
import type { FieldsAnswer } from '#shared/api/connection-work.ts';
import { CONFLICT_RULES, DIRECTIONS, type FieldPair } from '#shared/crm/record.ts';
import { FIELD_IDS, FIELDS } from '#shared/lead/fields.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { type ChoiceGroup, Select } from '../../parts/select.tsx';
import { failureWords } from '../failure-words.ts';
import { Loading } from '../loading.tsx';
import { useAsked } from '../use-asked.ts';
import type { FieldMapTabProps } from './connection-tab.ts';
import { DIRECTION_WORDS, PROVIDER_WORDS, RECORD_WORDS, RULE_WORDS } from './connection-words.ts';
import { Notices } from './notices.tsx';

const TROUBLES = {
  vanished: 'Deleted there, or hidden from whoever connected. Once it is visible again, it is kept in step again by itself.',
  read_only: 'Nobody may write it there any more: it only comes in.',
  not_allowed: 'A right is missing to write it.',
  bounces: 'The CRM keeps changing what is written. It is not sent again.',
} as const satisfies Record<NonNullable<FieldPair['trouble']>, string>;
const RECORD_TITLES = { contact: 'Contacts', lead: 'Leads' } as const satisfies Record<FieldPair['type'], string>;
const DIRECTION_CHOICES = DIRECTIONS.map((value) => ({ value, label: DIRECTION_WORDS[value] }));
const RULE_CHOICES = CONFLICT_RULES.map((value) => ({ value, label: RULE_WORDS[value].replace(/^./, (letter) => letter.toUpperCase()) }));

/** Which field goes with which, which way, and who wins where both sides changed it. */
export function FieldMapTab({ connection, workspace, onChanged, draft }: FieldMapTabProps) {
  const { server, host, facts } = workspace;
  const asked = useAsked(() => server.ask('connectionFields', { params: { id: connection.id } }), [server, connection.id]);
  const { pairs: edited, put: setEdited } = draft;
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const fields = asked.value;
  if (fields === null) return <Loading failure={asked.failure} host={host} onRetry={asked.again} />;
  const set = connection.settings.pairs.length > 0 ? connection.settings.pairs : fields.types.flatMap(({ suggested }) => suggested);
  const pairs = edited ?? set;
  const off = facts.role === 'admin' ? null : 'Only admins change the map.';
  const change = (id: string, patch: Partial<FieldPair>) => setEdited(pairs.map((pair) => (pair.id === id ? { ...pair, ...patch } : pair)));
  const save = async () => {
    setBusy(true);
    const saved = await server.ask('changeConnection', { params: { id: connection.id }, body: { pairs } });
    setBusy(false);
    setTrouble(saved.ok ? null : failureWords(saved.error));
    if (!saved.ok) return;
    setEdited(null);
    workspace.tell({ text: 'The field map is saved. A dry run says what it changes.' });
    onChanged(saved.value);
  };
  return (
    <>
      <div class="row wrap">
        <p class="dim">Where both sides changed a field since the last run, its rule decides; both values are kept under Conflicts.</p>
        <span class="row push">
          {edited && (
            <Button look="quiet" onClick={() => setEdited(null)}>
              Discard
            </Button>
          )}
          <Button look="primary" busy={isBusy} off={off ?? (edited ? null : 'Nothing is changed.')} onClick={() => void save()}>
            Save the map
          </Button>
        </span>
      </div>
      {edited && (
        <p class="small warn" role="status">
          Not saved yet. Other tabs of this connection may be looked at meanwhile.
        </p>
      )}
      {trouble !== null && (
        <Note tone="bad" icon="bad" fact="The map is not saved." alert>
          {trouble}
        </Note>
      )}
      <Notices notices={fields.notices} connection={connection} />
      {fields.types.map(({ type, fields: remote, suggested }) => (
        <section class="sect" key={type}>
          {fields.types.length > 1 && <h2>{RECORD_TITLES[type]}</h2>}
          <p class="pairs-head small faint" aria-hidden="true">
            <span>Field in {PROVIDER_WORDS[connection.provider]}</span>
            <span>In Leadline</span>
            <span>Which way</span>
            <span>Changed on both sides</span>
          </p>
          <ul class="pairs" aria-label={`Fields of ${RECORD_WORDS[type][1]}`}>
            {pairs
              .filter((pair) => pair.type === type)
              .map((pair) => (
                <PairLine
                  key={pair.id}
                  pair={pair}
                  isReadOnly={remote.some(({ name, isReadOnly }) => name === pair.remote && isReadOnly)}
                  onChange={(patch) => change(pair.id, patch)}
                />
              ))}
          </ul>
          <AddPair type={type} remote={remote} suggested={suggested} pairs={pairs} onAdd={(pair) => setEdited([...pairs, pair])} />
        </section>
      ))}
    </>
  );
}

type PairLineProps = {
  readonly pair: FieldPair;
  /** The CRM lets nobody write it: it comes in, or is off. */
  readonly isReadOnly: boolean;
  readonly onChange: (patch: Partial<FieldPair>) => void;
};

function PairLine({ pair, isReadOnly, onChange }: PairLineProps) {
  const { local, label, direction, rule, trouble } = pair;
  const name = local.kind === 'field' ? FIELDS[local.id].label : local.label;
  return (
    <li>
      <div>
        <p class="strong">{label}</p>
        {trouble && <p class="small warn">{TROUBLES[trouble]}</p>}
      </div>
      <Select
        name={`${label} in Leadline`}
        value={local.kind === 'field' ? local.id : 'custom'}
        choices={localChoices(name)}
        onChoose={(value) => {
          const id = FIELD_IDS.find((known) => known === value);
          onChange({ local: id ? { kind: 'field', id } : { kind: 'custom', label } });
        }}
      />
      <Select
        name={`Which way ${label} goes`}
        value={direction}
        choices={DIRECTION_CHOICES.filter(({ value }) => !isReadOnly || value === direction || value === 'in' || value === 'off')}
        onChoose={(value) => onChange({ direction: DIRECTIONS.find((known) => known === value) ?? direction })}
      />
      <Select
        name={`Who wins for ${label}`}
        value={rule}
        choices={RULE_CHOICES}
        onChoose={(value) => onChange({ rule: CONFLICT_RULES.find((known) => known === value) ?? rule })}
      />
    </li>
  );
}

function localChoices(custom: string): readonly ChoiceGroup[] {
  return [
    { label: 'Fields', choices: FIELD_IDS.map((value) => ({ value, label: FIELDS[value].label })) },
    { label: 'Custom field', choices: [{ value: 'custom', label: custom }] },
  ];
}

type AddPairProps = {
  readonly type: FieldPair['type'];
  readonly remote: FieldsAnswer['types'][number]['fields'];
  readonly suggested: readonly FieldPair[];
  readonly pairs: readonly FieldPair[];
  readonly onAdd: (pair: FieldPair) => void;
};

/** One more field of the CRM: as it is suggested, else as a custom field. */
function AddPair({ type, remote, suggested, pairs, onAdd }: AddPairProps) {
  const free = remote.filter(({ name }) => !pairs.some((pair) => pair.type === type && pair.remote === name));
  if (free.length === 0) return null;
  return (
    <Select
      name="Add a field"
      value=""
      choices={[{ value: '', label: 'Add a field…' }, ...free.map(({ name, label }) => ({ value: name, label }))]}
      onChoose={(chosen) => {
        const field = free.find(({ name }) => name === chosen);
        if (!field) return;
        const known = suggested.find((pair) => pair.remote === chosen);
        onAdd(known ?? toPair(type, field, pairs));
      }}
    />
  );
}

function toPair(type: FieldPair['type'], field: AddPairProps['remote'][number], pairs: readonly FieldPair[]): FieldPair {
  const { name, label, valueType, options, isReadOnly } = field;
  let number = pairs.length;
  while (pairs.some(({ id }) => id === `${type}-${number}`)) number++;
  return {
    id: `${type}-${number}`,
    type,
    local: { kind: 'custom', label },
    remote: name,
    label,
    valueType,
    ...(options.length > 0 ? { options } : {}),
    direction: isReadOnly ? 'in' : 'both',
    rule: 'crm_unless_blank',
    trouble: null,
  };
}
