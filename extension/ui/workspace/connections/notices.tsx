import type { FieldsAnswer } from '#shared/api/connection-work.ts';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { CrmNotice } from '#shared/crm/notice.ts';
import { Note } from '../../parts/note.tsx';
import { PROVIDER_WORDS, RECORD_WORDS } from './connection-words.ts';

const WORDS = {
  field_hidden: 'It comes in from nobody and goes out to nobody; all else does. Make it visible for whoever connected.',
  opt_out_hidden:
    'Who opted out there cannot be recognised and may be written to or called, and our opt-outs are not written there. Make the field visible for whoever connected.',
  opt_out_read_only: 'Our opt-outs are not written there. Make the field editable for whoever connected.',
  key_read_only: 'Records are made without it and found again by their email alone. Make the field editable for whoever connected.',
  conversion_hidden:
    'A converted lead is followed only where one contact has its email and last name. Make the field visible for whoever connected.',
  field_vanished: 'It was left out, and the rest comes in. Take it out of the field map, or make it anew there.',
  kind_hidden: 'They were left out, and the rest comes in. Give whoever connected the right to see them, or leave it so.',
} as const satisfies Record<Exclude<CrmNotice['kind'], 'email_hidden'>, string>;
/** New people are made there as leads. */
const NO_EMAIL = {
  lead: 'Nobody can tell who is there already: no lead is made there until the field is visible for whoever connected.',
  contact:
    'Who is a contact there is not found by their email, and may be made there as a lead once more. Make the field visible for whoever connected.',
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
              ? `${crm} lets this user see no ${RECORD_WORDS[type][1]}.`
              : `${crm} ${VERBS[kind]} ${fields.map((field) => `“${field}”`).join(', ')} of ${RECORD_WORDS[type][1]}.`
          }
        >
          {kind === 'email_hidden' ? NO_EMAIL[type] : fields.length > 1 ? MANY_HIDDEN : WORDS[kind]}
        </Note>
      ))}
    </>
  );
}
const MANY_HIDDEN = 'They come in from nobody and go out to nobody; all else does. Make them visible for whoever connected.';

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
