import { useMemo } from 'preact/hooks';
import type { MappingTarget, Suggestion } from '#shared/mapping/mapping.ts';
import { blockersOf, type TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { columnsAsRemembered, isFromMemory } from '../flow/map-memory.ts';
import type { CustomFieldInfo, ServerView } from '../flow/view.ts';
import { wantedRows } from '../flow/wanted-rows.ts';
import { MapConstants } from './map-constants.tsx';
import { type MapCounts, MapFoot } from './map-foot.tsx';
import { MapMemory } from './map-memory.tsx';
import { constantsOf, feedersOf, placeOf, placesOf, placesOfColumn } from './map-places.ts';
import { MapRow } from './map-row.tsx';
import { MapSection } from './map-section.tsx';
import { count, countOf, plural } from './numbers.ts';
import { LinkButton } from './parts/button.tsx';
import { MissingNote, RequiredFields } from './required-fields.tsx';
import { TemplateMenu } from './template-menu.tsx';
import { useMapEdits } from './use-map-edits.ts';

type MapStepProps = {
  readonly draft: TableDraft;
  readonly server: ServerView;
  readonly flow: ImportFlow;
  /** Says something to those who do not see it. */
  readonly onSay: (text: string) => void;
};

const NO_FIELDS: readonly CustomFieldInfo[] = [];

/** Which field each column feeds. Rows stay where they are while one works; they are sorted again at the next visit. */
export function MapStep({ draft, server, flow, onSay }: MapStepProps) {
  const { table, mapping, policy } = draft;
  const { suggestions } = table;
  const remembered = isFromMemory(table);
  const asRemembered = useMemo(() => columnsAsRemembered(table, mapping), [table, mapping]);
  const edits = useMapEdits(draft, flow, onSay);
  const customFields = server.kind === 'ready' ? server.customFields : null;
  const places = useMemo(() => placesOf(mapping), [mapping]);
  const labels = useMemo(() => new Map(suggestions.map(({ index, label }) => [index, label])), [suggestions]);
  const given = { feeders: useMemo(() => feedersOf(mapping), [mapping]), labels, customFields: customFields ?? NO_FIELDS };
  const fieldOf = (suggestion: Suggestion) => placeOf(places, suggestion.index).field;
  const isOpen = (suggestion: Suggestion) =>
    suggestion.open && !remembered && !edits.decided.has(suggestion.index) && fieldOf(suggestion) === 'custom';
  // Sorted once per table and memory, so that no row jumps away under the pointer.
  const groups = useMemo(() => groupColumns(suggestions, fieldOf, isOpen), [suggestions, remembered]);
  const counts = countColumns(suggestions, fieldOf, isOpen, constantsOf(mapping).length);
  const require = (chosen: typeof policy.require) => void flow.send({ kind: 'policyChanged', policy: { require: chosen } });
  const missing = blockersOf(draft, 'check').some((blocker) => blocker.kind === 'fieldsMissing');

  const row = (suggestion: Suggestion) => (
    <MapRow
      key={suggestion.index}
      suggestion={suggestion}
      places={placesOfColumn(mapping, suggestion.index)}
      mapping={mapping}
      suggestions={suggestions}
      given={given}
      customFields={customFields}
      plan={draft.plan}
      remembered={asRemembered.has(suggestion.index)}
      open={isOpen(suggestion)}
      edits={edits}
    />
  );
  /** Keep or leave out every column of a section, as far as it is not so yet. */
  const allOf = (columns: readonly Suggestion[]) => {
    const kept = columns.filter((column) => fieldOf(column) === 'custom');
    const out = columns.filter((column) => fieldOf(column) === 'ignore');
    return (
      <span class="row">
        {out.length > 0 && <LinkButton onClick={() => edits.all(out, 'keep')}>{columns.length > 1 ? 'Keep all' : 'Keep it'}</LinkButton>}
        {kept.length > 0 && (
          <LinkButton onClick={() => edits.all(kept, 'leaveOut')}>{columns.length > 1 ? 'Leave all out' : 'Leave it out'}</LinkButton>
        )}
      </span>
    );
  };

  return (
    <>
      <main class="work">
        <div class="split">
          <div class="lede">
            <h1>Match {countOf(table.facts.columnCount, 'column')} to fields</h1>
            <p>{ledeOf(counts)}</p>
          </div>
          <TemplateMenu draft={draft} flow={flow} onSay={onSay} />
        </div>
        <RequiredFields mapping={mapping} require={policy.require} onRequire={require} />
        <MissingNote mapping={mapping} require={policy.require} openColumns={counts.open} onRequire={require} />
        <MapMemory draft={draft} flow={flow} onSay={onSay} />
        <MapSection title="Open" columns={groups.open} hasHead row={row} />
        <MapSection title="Matched" columns={groups.matched} hasHead={groups.open.length === 0} row={row} />
        <MapSection title="Kept as custom field" columns={groups.custom} hasHead={false} row={row} action={allOf(groups.custom)} />
        <MapSection title="Left out" columns={groups.ignored} hasHead={false} row={row} action={allOf(groups.ignored)} />
        <MapConstants mapping={mapping} suggestions={suggestions} customFields={given.customFields} onSet={edits.setConstant} />
      </main>
      <MapFoot
        counts={counts}
        next={`Check ${countOf(wantedRows(draft, table), 'row')}`}
        off={missing ? 'A required field has no column yet' : null}
        onBack={() => void flow.send({ kind: 'wentTo', step: 'read' })}
        onNext={() => void flow.send({ kind: 'wentTo', step: 'check' })}
      />
    </>
  );
}

type FieldOf = (suggestion: Suggestion) => MappingTarget;
type IsOpen = (suggestion: Suggestion) => boolean;

function groupColumns(suggestions: readonly Suggestion[], fieldOf: FieldOf, isOpen: IsOpen) {
  return {
    open: suggestions.filter(isOpen),
    matched: suggestions.filter((suggestion) => fieldOf(suggestion) !== 'custom' && fieldOf(suggestion) !== 'ignore'),
    custom: suggestions.filter((suggestion) => fieldOf(suggestion) === 'custom' && !isOpen(suggestion)),
    ignored: suggestions.filter((suggestion) => fieldOf(suggestion) === 'ignore'),
  };
}

function countColumns(suggestions: readonly Suggestion[], fieldOf: FieldOf, isOpen: IsOpen, fixed: number): MapCounts {
  const { open, matched, custom, ignored } = groupColumns(suggestions, fieldOf, isOpen);
  return { open: open.length, matched: matched.length, custom: custom.length, ignored: ignored.length, fixed };
}

function ledeOf({ matched, open }: MapCounts): string {
  const start = `${count(matched)} ${plural(matched, 'is', 'are')} matched.`;
  if (open === 0) return start;
  return `${start} ${count(open)} ${plural(open, 'is', 'are')} open: choose a field, or ${plural(open, 'it is', 'they are')} kept as ${plural(open, 'a custom field', 'custom fields')}.`;
}
