import type { FieldsAnswer } from '#shared/api/connection-work.ts';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { CrmNotice } from '#shared/crm/notice.ts';
import { Note } from '../../parts/note.tsx';
import { PROVIDER_WORDS, RECORD_WORDS } from './connection-words.ts';

const WORDS = {
  opt_out_hidden:
    'Who opted out there cannot be recognised and may be written to or called, and our opt-outs are not written there. Make the field visible for whoever connected.',
  opt_out_read_only: 'Our opt-outs are not written there. Make the field editable for whoever connected.',
  key_read_only: 'Records are made without it and found again by their email alone. Make the field editable for whoever connected.',
  conversion_hidden:
    'A converted lead is followed only where one contact has its email and last name. Make the field visible for whoever connected.',
  field_vanished: 'It was left out, and the rest comes in. Take it out of the field map, or make it anew there.',
  kind_hidden: 'They were left out, and the rest comes in. Give whoever connected the right to see them, or leave it so.',
} as const satisfies Record<CrmNotice['kind'], string>;

type NoticesProps = { readonly notices: FieldsAnswer['notices']; readonly connection: Pick<ConnectionAnswer, 'provider' | 'settings'> };

/** What the rights there keep from Leadline although nothing fails for it, each field by its name. */
export function Notices({ notices, connection: { provider, settings } }: NoticesProps) {
  const crm = PROVIDER_WORDS[provider];
  // Where ours are not to be written there, it keeps nobody from anything.
  const told = notices.filter(({ kind }) => kind !== 'opt_out_read_only' || settings.writesOptOuts);
  return (
    <>
      {told.map(({ kind, type, field }) => (
        <Note
          key={`${kind} ${type} ${field}`}
          tone="warn"
          icon="warn"
          fact={
            kind === 'kind_hidden'
              ? `${crm} lets this user see no ${RECORD_WORDS[type][1]}.`
              : `${crm} ${VERBS[kind]} “${field}” of ${RECORD_WORDS[type][1]}.`
          }
        >
          {WORDS[kind]}
        </Note>
      ))}
    </>
  );
}
const VERBS = {
  opt_out_hidden: 'hides',
  opt_out_read_only: 'does not let us fill in',
  key_read_only: 'does not let us fill in',
  conversion_hidden: 'hides',
  field_vanished: 'no longer has',
} as const;
