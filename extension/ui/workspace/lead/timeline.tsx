import { FIELDS, isFieldId } from '#shared/lead/fields.ts';
import type { PastChange, PastEntry } from '../../../flow/workspace/lead-past.ts';
import { importedLeadsHref } from '../../../flow/workspace/leads-place.ts';
import type { SideItem } from '../../../platform/lead-api.ts';
import { countOf, moment } from '../../numbers.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { PROVIDER_WORDS } from '../connections/connection-words.ts';
import { sourceName } from '../import-name.ts';
import { sourceWords } from '../suppressions/suppression-words.ts';
import { SideEntry } from './side-entry.tsx';
import type { LeadPast } from './use-lead.ts';

/** The past of a lead, newest first: who or which import did what, and what CRMs tell; null while it is on its way. */
export function Timeline({ past, now }: { readonly past: LeadPast | null; readonly now: number }) {
  return (
    <section class="sect">
      <h3>Timeline</h3>
      {past !== null && past.entries.length + past.side.length === 0 && <p class="dim">Nothing is known of this lead’s past.</p>}
      {past !== null && (
        <ol class="trail">
          {inOrder(past).map((row) =>
            'item' in row ? (
              <li key={`${row.item.provider} ${row.item.kind} ${row.item.id}`}>
                <SideEntry item={row.item} now={now} />
              </li>
            ) : (
              // The past only grows at its front; the place from its end is the entry's own.
              <li key={row.fromEnd}>
                <Entry entry={row.entry} now={now} />
              </li>
            ),
          )}
        </ol>
      )}
    </section>
  );
}

type Row = { readonly at: string; readonly entry: PastEntry; readonly fromEnd: number } | { readonly at: string; readonly item: SideItem };

function inOrder({ entries, side }: LeadPast): readonly Row[] {
  const rows: Row[] = [
    ...entries.map((entry, index) => ({ at: entry.at, entry, fromEnd: entries.length - index })),
    ...side.map((item) => ({ at: item.at, item })),
  ];
  return rows.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function Entry({ entry, now }: { readonly entry: PastEntry; readonly now: number }) {
  return (
    <>
      <Icon name={iconOf(entry)} />
      <div>
        <p>{headline(entry)}</p>
        <time dateTime={entry.at}>
          {[moment(Date.parse(entry.at), now), entry.kind === 'undone' ? null : actorName(entry)].filter(Boolean).join(', ')}
        </time>
        {entry.changes.length > 0 && (
          <div class="stack stack-1 small changes">
            {entry.changes.map((change) => (
              <Change key={change.field} change={change} />
            ))}
          </div>
        )}
      </div>
    </>
  );
}

function Change({ change: { field, old, now } }: { readonly change: PastChange }) {
  return (
    <div class="row change">
      <span class="faint cut" title={fieldName(field)}>
        {fieldName(field)}
      </span>
      <span class="diff">
        <del class={old ? undefined : 'blank'}>{old || 'blank'}</del>
        <Icon name="arrow" />
        <ins class={now ? undefined : 'blank'}>{now || 'blank'}</ins>
      </span>
    </div>
  );
}

function headline(entry: PastEntry) {
  const { importId } = entry;
  const did = whatHappened(entry);
  if (importId === null)
    return entry.source === null || entry.kind === 'doNotContact' ? did.byHand : `${did.byHand}, from ${sourceName(entry.source)}`;
  return (
    <>
      <a href={importedLeadsHref(importId)}>
        <b>{entry.sync ? `${PROVIDER_WORDS[entry.sync]} sync` : `Import ${entry.fileName ?? sourceName(entry.source ?? '')}`}</b>
      </a>{' '}
      {did.byImport}
    </>
  );
}

function whatHappened(entry: PastEntry): { readonly byHand: string; readonly byImport: string } {
  const { kind, changes, lists, source } = entry;
  const into = lists.length > 0 ? ` ${lists.join(', ')}` : ' a list';
  switch (kind) {
    case 'created':
      return { byHand: 'Created', byImport: lists.length > 0 ? `created it in${into}` : 'created it' };
    case 'addedToList':
      return { byHand: `Added to${into}`, byImport: `added it to${into}` };
    case 'doNotContact':
      // Where the person refused, not what brought the lead.
      return {
        byHand: `Marked “do not contact”${source === null ? '' : `: opt-out ${sourceWords(source)}`}`,
        byImport: 'marked it “do not contact”',
      };
    case 'changed': {
      const [only] = changes;
      const what = changes.length === 1 && only ? fieldName(only.field) : countOf(changes.length, 'field');
      return { byHand: `${what} changed`, byImport: `changed ${what}` };
    }
    case 'undone': {
      const by = actorName(entry);
      const words = by ? `undone by ${by}` : 'undone';
      return { byHand: `${entry.sync ? 'A sync' : 'An import'} ${words}`, byImport: words };
    }
    case 'other':
      return { byHand: 'Changed', byImport: 'changed it' };
  }
}

function actorName({ by }: PastEntry): string | undefined {
  return by?.name || by?.email;
}

function fieldName(field: string): string {
  if (field.startsWith('custom:')) return field.slice('custom:'.length);
  return isFieldId(field) ? FIELDS[field].label : field;
}

const ICONS = {
  created: 'plus',
  changed: 'pencil',
  addedToList: 'list',
  doNotContact: 'shield',
  undone: 'undo',
  other: 'pencil',
} as const satisfies Record<PastEntry['kind'], IconName>;

function iconOf({ kind, importId, sync }: PastEntry): IconName {
  if (sync && kind !== 'doNotContact' && kind !== 'undone') return 'sync';
  return importId !== null && kind !== 'doNotContact' && kind !== 'undone' ? 'import' : ICONS[kind];
}
