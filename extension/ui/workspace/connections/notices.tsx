import type { FieldsAnswer } from '#shared/api/connection-work.ts';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { CrmNotice } from '#shared/crm/notice.ts';
import { Note } from '../../parts/note.tsx';
import { PROVIDER_WORDS, RECORD_WORDS } from './connection-words.ts';

const WORDS = {
  field_hidden: 'It does not come in or go out; all else does. Make it visible to whoever connected.',
  opt_out_hidden:
    'Leadline cannot tell who opted out there, so they may be emailed or called, and our opt-outs are not written there. Make the field visible to whoever connected.',
  opt_out_read_only: 'Our opt-outs are not written there. Make the field editable for whoever connected.',
  key_read_only: 'Records are made without it and found again by their email alone. Make the field editable for whoever connected.',
  conversion_hidden:
    'A converted lead is followed only where one contact has its email and last name. Make the field visible to whoever connected.',
  field_vanished: 'It was left out, and the rest comes in. Take it out of the field map, or make it again there.',
  kind_hidden: 'They were left out, and the rest comes in. Give whoever connected the right to see them, or leave it as it is.',
} as const satisfies Record<Exclude<CrmNotice['kind'], 'email_hidden'>, string>;
/** New people are made there as leads. */
const NO_EMAIL = {
  lead: 'Leadline cannot tell who is there already, so it makes no lead there. Make the field visible to whoever connected, then check that it is in the field map.',
  contact:
    'Contacts there cannot be found by their email, so one may be made there again as a lead. Make the field visible to whoever connected.',
} as const satisfies Record<CrmNotice['type'], string>;

type NoticesProps = { readonly notices: FieldsAnswer['notices']; readonly connection: Pick<ConnectionAnswer, 'provider' | 'settings'> };

/** What the rights there keep from Leadline although nothing fails for it, each field by its name. */
export function Notices({ notices, connection: { provider, settings } }: NoticesProps) {
  const crm = PROVIDER_WORDS[provider];
  // Where ours are not to be written there, it keeps nobody from anything.
  const told = notices.filter(({ kind }) => kind !== 'opt_out_read_only' || settings.writesOptOuts);
  return (
    <>
      {grouped(told).map(({ kind, type, fields }) => (
        <Note
          key={`${kind} ${type} ${fields[0]}`}
          tone="warn"
          icon="warn"
          fact={
            kind === 'kind_hidden'
              ? `${crm} does not let whoever connected see ${RECORD_WORDS[type][1]}.`
              : `${crm} ${VERBS[kind]} ${fields.map((field) => `“${field}”`).join(', ')} of ${RECORD_WORDS[type][1]}.`
          }
        >
          {kind === 'email_hidden' ? NO_EMAIL[type] : fields.length > 1 ? MANY_HIDDEN : WORDS[kind]}
        </Note>
      ))}
    </>
  );
}
const MANY_HIDDEN = 'They do not come in or go out; all else does. Make them visible to whoever connected.';

type Told = Omit<CrmNotice, 'field'> & { readonly fields: readonly string[] };

/** Fields of one kind that are hidden in the same way are named together. */
function grouped(notices: readonly CrmNotice[]): readonly Told[] {
  const told: Told[] = [];
  for (const { kind, type, field } of notices) {
    const at = told.findIndex((one) => kind === 'field_hidden' && one.kind === kind && one.type === type);
    const known = told[at];
    if (known) told[at] = { ...known, fields: [...known.fields, field] };
    else told.push({ kind, type, fields: [field] });
  }
  return told;
}

const VERBS = {
  email_hidden: 'hides',
  field_hidden: 'hides',
  opt_out_hidden: 'hides',
  opt_out_read_only: 'does not let us fill in',
  key_read_only: 'does not let us fill in',
  conversion_hidden: 'hides',
  field_vanished: 'no longer has',
} as const;
