import type { ComponentChildren } from 'preact';
import type { ImportState } from '#shared/api/imports.ts';
import { uniqueLabels } from '#shared/mapping/labels.ts';
import { isColumnMapping } from '#shared/mapping/mapping.ts';
import { importHref } from '../../../flow/workspace/imports-place.ts';
import { leadsHref, NEWEST_FIRST } from '../../../flow/workspace/leads-place.ts';
import { targetLabel } from '../../map-choices.ts';
import { count, countOf, moment } from '../../numbers.ts';
import { duplicateWords, NEED_WORDS } from '../../rule-words.ts';
import { sourceName } from '../import-name.ts';
import { makerOf } from './import-words.ts';

/** Who, when, from where, by which rule and mapping. Moments in ms. */
export function ImportFacts({ found, now }: { readonly found: ImportState; readonly now: number }) {
  const { fileName, source, list, policy, mapping = [], headers = [], retryOf, retriedBy = [] } = found;
  const facts: readonly (readonly [string, ComponentChildren] | null)[] = [
    ['When', moment(Date.parse(found.createdAt), now)],
    ['Who', makerOf(found)],
    ['From', sourceName(source)],
    fileName === null || fileName === sourceName(source)
      ? null
      : [
          'File',
          <span key="file" class="cut block" title={fileName}>
            {fileName}
          </span>,
        ],
    ['List', <ListName key="list" list={list} />],
    policy?.onDuplicate ? ['Duplicates', ruleWords(policy)] : null,
    policy?.require ? ['Required', NEED_WORDS[policy.require]] : null,
    policy?.defaultCountry ? ['Phones', `read as ${policy.defaultCountry} without a country`] : null,
    retryOf === undefined
      ? null
      : [
          'Rows of',
          <a key="of" href={importHref(retryOf)}>
            the import they were rejected in
          </a>,
        ],
    retriedBy.length === 0
      ? null
      : [
          'Again',
          retriedBy.map((id, index) => (
            <a key={id} class="block" href={importHref(id)}>
              Rejected rows, {retriedBy.length === 1 ? 'imported again' : `import ${count(index + 1)}`}
            </a>
          )),
        ],
  ];
  return (
    <section class="sect ruled-top">
      <h3 class="sr">About this import</h3>
      <dl class="facts small">
        {facts.flatMap((fact) =>
          fact === null
            ? []
            : [
                <dt key={`${fact[0]} of`}>{fact[0]}</dt>,
                <dd key={fact[0]} class="dim">
                  {fact[1]}
                </dd>,
              ],
        )}
      </dl>
      {mapping.length > 0 && (
        <details class="mapped">
          <summary>Mapping of {countOf(mapping.length, 'column')}</summary>
          <ul class="small">
            {mapping.map((entry, index) => (
              // A mapping is never changed in place.
              <li key={index}>
                <span class="cut">
                  {isColumnMapping(entry) ? (uniqueLabels(headers, entry.column + 1)[entry.column] ?? '') : `“${entry.value}”`}
                </span>
                <span class="faint">→</span>
                <span>{entry.field === 'custom' && entry.label ? `${entry.label} (custom field)` : targetLabel(entry.field)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function ListName({ list: { id, name, created } }: Pick<ImportState, 'list'>) {
  return (
    <>
      {id === null ? name : <a href={leadsHref({ filter: { listId: id }, sort: NEWEST_FIRST })}>{name}</a>}
      {created && ', new'}
      {id === null && ', gone'}
    </>
  );
}

function ruleWords(policy: NonNullable<ImportState['policy']>): string {
  const rule = duplicateWords(policy);
  return policy.scope === 'workspace' ? `${rule}, in the whole workspace` : rule;
}
