import { useMemo, useState } from 'preact/hooks';
import type { MappingTarget, Suggestion } from '#shared/mapping/mapping.ts';
import { blockersOf, type TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { columnQuality } from './column-quality.ts';
import { feedersOf, optionsFor, placeOf, placesOf, type TargetChoice, targetLabel, withoutColumns, withTarget } from './map-choices.ts';
import { MapRow } from './map-row.tsx';
import { MapSection } from './map-section.tsx';
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
  const places = useMemo(() => placesOf(mapping), [mapping]);
  const feeders = useMemo(() => feedersOf(mapping), [mapping]);
  const labels = useMemo(() => new Map(table.suggestions.map(({ index, label }) => [index, label])), [table.suggestions]);
  const fieldOf = (suggestion: Suggestion) => placeOf(places, suggestion.index).field;
  const isOpen = (suggestion: Suggestion) =>
    suggestion.open && !table.remembered && !decided.has(suggestion.index) && fieldOf(suggestion) === 'custom';
  // Sorted once per table, so that no row jumps away under the pointer.
  const groups = useMemo(() => groupColumns(table.suggestions, fieldOf, isOpen), [table.suggestions]);
  const openColumns = table.suggestions.filter(isOpen).length;
  const fields = table.suggestions.map(fieldOf);
  const ignored = fields.filter((field) => field === 'ignore').length;
  const custom = fields.filter((field) => field === 'custom').length - openColumns;
  const matched = fields.length - ignored - custom - openColumns;

  const choose = (suggestion: Suggestion, target: TargetChoice) => {
    const feeder = feeders.get(target.field);
    const displaced = feeder === undefined || feeder === suggestion.index ? undefined : labels.get(feeder);
    setDecided((before) => new Set(before).add(suggestion.index));
    onSay(`${suggestion.label}: ${targetLabel(target.field)}.${displaced ? ` ${displaced} is now kept as a custom field.` : ''}`);
    void flow.send({ kind: 'mappingChanged', mapping: withTarget(mapping, suggestion, target) });
  };
  const leaveOut = (columns: readonly Suggestion[]) => {
    const next = withoutColumns(mapping, new Set(columns.map((column) => column.index)));
    void flow.send({ kind: 'mappingChanged', mapping: next });
  };
  const require = (chosen: typeof policy.require) => void flow.send({ kind: 'policyChanged', policy: { require: chosen } });
  const missing = blockersOf(draft, 'check').some((blocker) => blocker.kind === 'fieldsMissing');

  const row = (suggestion: Suggestion) => (
    <MapRow
      key={suggestion.index}
      suggestion={suggestion}
      place={placeOf(places, suggestion.index)}
      options={optionsFor(feeders, labels, suggestion.index)}
      quality={columnQuality(suggestion, draft.plan)}
      remembered={table.remembered}
      open={isOpen(suggestion)}
      onChoose={choose}
    />
  );
  const stillCustom = groups.custom.filter((column) => fieldOf(column) === 'custom');

  return (
    <>
      <main class="work">
        <div class="lede">
          <h1>Match {countOf(table.facts.columnCount, 'column')} to fields</h1>
          <p>{ledeOf(matched, openColumns, table.remembered)}</p>
        </div>
        <RequiredFields mapping={mapping} require={policy.require} onRequire={require} />
        <MissingNote mapping={mapping} require={policy.require} openColumns={openColumns} onRequire={require} />
        <MapSection title="Open" columns={groups.open} hasHead row={row} />
        <MapSection title="Matched" columns={groups.matched} hasHead={groups.open.length === 0} row={row} />
        <MapSection
          title="Kept as custom field"
          columns={groups.custom}
          hasHead={false}
          row={row}
          action={
            stillCustom.length > 0 && (
              <LinkButton onClick={() => leaveOut(stillCustom)}>Leave out {stillCustom.length > 1 ? 'all' : 'instead'}</LinkButton>
            )
          }
        />
        <MapSection title="Left out" columns={groups.ignored} hasHead={false} row={row} />
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

function groupColumns(
  suggestions: readonly Suggestion[],
  fieldOf: (suggestion: Suggestion) => MappingTarget,
  isOpen: (suggestion: Suggestion) => boolean,
) {
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
