import { useMemo, useState } from 'preact/hooks';
import type { Suggestion } from '#shared/mapping/mapping.ts';
import { blockersOf, type TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { columnQuality } from './column-quality.ts';
import { feederOf, placeOf, type TargetChoice, targetLabel, withTarget } from './map-choices.ts';
import { MapRow } from './map-row.tsx';
import { count, countOf, plural } from './numbers.ts';
import { Button, LinkButton } from './parts/button.tsx';
import { Foot } from './parts/foot.tsx';
import { MissingNote, RequiredFields } from './required-fields.tsx';

type MapStepProps = {
  readonly draft: TableDraft;
  readonly flow: ImportFlow;
  /** Says something to those who do not see it. */
  readonly onSay: (text: string) => void;
};

/** Which field each column feeds. Rows stay where they are while one works; they are sorted again at the next visit. */
export function MapStep({ draft, flow, onSay }: MapStepProps) {
  const { table, mapping, policy } = draft;
  const [decided, setDecided] = useState<ReadonlySet<number>>(() => new Set());
  const isOpen = (suggestion: Suggestion) =>
    suggestion.open && !table.remembered && !decided.has(suggestion.index) && placeOf(mapping, suggestion.index).field === 'custom';
  // Sorted once per table, so that no row jumps away under the pointer.
  const groups = useMemo(() => groupColumns(table.suggestions, draft, isOpen), [table.suggestions]);
  const openColumns = table.suggestions.filter(isOpen).length;
  const places = table.suggestions.map((suggestion) => placeOf(mapping, suggestion.index).field);
  const ignored = places.filter((field) => field === 'ignore').length;
  const custom = places.filter((field) => field === 'custom').length - openColumns;
  const matched = places.length - ignored - custom - openColumns;

  const choose = (suggestion: Suggestion, target: TargetChoice) => {
    const displaced = feederOf(mapping, target.field, suggestion.index);
    const other = table.suggestions.find((one) => one.index === displaced);
    setDecided((before) => new Set(before).add(suggestion.index));
    onSay(`${suggestion.label}: ${targetLabel(target.field)}.${other ? ` ${other.label} is now kept as a custom field.` : ''}`);
    void flow.send({ kind: 'mappingChanged', mapping: withTarget(mapping, suggestion, target) });
  };
  const leaveOut = (columns: readonly Suggestion[]) => {
    const next = columns.reduce((before, column) => withTarget(before, column, { field: 'ignore' }), mapping);
    void flow.send({ kind: 'mappingChanged', mapping: next });
  };
  const require = (chosen: typeof policy.require) => void flow.send({ kind: 'policyChanged', policy: { require: chosen } });
  const missing = blockersOf(draft, 'check').some((blocker) => blocker.kind === 'fieldsMissing');

  const section = (title: string, columns: readonly Suggestion[], head: 'head' | 'none', action?: preact.ComponentChildren) =>
    columns.length > 0 && (
      <section class="sect" aria-label={title}>
        <header>
          <h2>{title}</h2>
          <span class="count num">{count(columns.length)}</span>
          {action && (
            <>
              <span class="push" />
              {action}
            </>
          )}
        </header>
        <div>
          {head === 'head' && (
            <div class="maps-head" aria-hidden="true">
              <span>Column in your file</span>
              <span>First values</span>
              <span />
              <span>Field in Leadline</span>
              <span>Why</span>
            </div>
          )}
          <ul class="maps">
            {columns.map((suggestion) => (
              <MapRow
                key={suggestion.index}
                suggestion={suggestion}
                suggestions={table.suggestions}
                mapping={mapping}
                quality={columnQuality(suggestion, draft.plan)}
                remembered={table.remembered}
                open={isOpen(suggestion)}
                onChoose={choose}
              />
            ))}
          </ul>
        </div>
      </section>
    );

  return (
    <>
      <main class="work">
        <div class="lede">
          <h1>Match {countOf(table.facts.columnCount, 'column')} to fields</h1>
          <p>{ledeOf(matched, openColumns, table.remembered)}</p>
        </div>
        <RequiredFields mapping={mapping} require={policy.require} onRequire={require} />
        <MissingNote mapping={mapping} require={policy.require} openColumns={openColumns} onRequire={require} />
        {section('Open', groups.open, 'head')}
        {section('Matched', groups.matched, groups.open.length > 0 ? 'none' : 'head')}
        {section(
          'Kept as custom field',
          groups.custom,
          'none',
          <LinkButton onClick={() => leaveOut(groups.custom)}>Leave out {groups.custom.length > 1 ? 'all' : 'instead'}</LinkButton>,
        )}
        {section('Left out', groups.ignored, 'none')}
      </main>
      <Foot
        tally={
          <>
            <span>
              <b class="num">{count(matched)}</b> matched
            </span>
            {openColumns > 0 && (
              <span>
                <b class="num">{count(openColumns)}</b> open
              </span>
            )}
            {custom > 0 && (
              <span>
                <b class="num">{count(custom)}</b> custom
              </span>
            )}
            {ignored > 0 && (
              <span>
                <b class="num">{count(ignored)}</b> left out
              </span>
            )}
          </>
        }
      >
        <Button look="quiet" onClick={() => void flow.send({ kind: 'wentTo', step: 'read' })}>
          Back
        </Button>
        <Button
          look="primary"
          after="arrow"
          off={missing ? 'A required field has no column yet' : null}
          onClick={() => void flow.send({ kind: 'wentTo', step: 'check' })}
        >
          Check {countOf(table.facts.rowCount, 'row')}
        </Button>
      </Foot>
    </>
  );
}

function groupColumns(suggestions: readonly Suggestion[], draft: TableDraft, isOpen: (suggestion: Suggestion) => boolean) {
  const fieldOf = (suggestion: Suggestion) => placeOf(draft.mapping, suggestion.index).field;
  return {
    open: suggestions.filter(isOpen),
    matched: suggestions.filter((suggestion) => fieldOf(suggestion) !== 'custom' && fieldOf(suggestion) !== 'ignore'),
    custom: suggestions.filter((suggestion) => fieldOf(suggestion) === 'custom' && !isOpen(suggestion)),
    ignored: suggestions.filter((suggestion) => fieldOf(suggestion) === 'ignore'),
  };
}

function ledeOf(matched: number, open: number, remembered: boolean): string {
  const start = remembered ? 'As in your last import with these columns.' : `${count(matched)} ${plural(matched, 'is', 'are')} matched.`;
  if (open === 0) return start;
  return `${start} ${count(open)} ${plural(open, 'is', 'are')} open: choose a field, or ${plural(open, 'it is', 'they are')} kept as ${plural(open, 'a custom field', 'custom fields')}.`;
}
