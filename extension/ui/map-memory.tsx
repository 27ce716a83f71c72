import { useEffect, useState } from 'preact/hooks';
import type { MappingDifference } from '#shared/mapping/compare-mappings.ts';
import type { Suggestion } from '#shared/mapping/mapping.ts';
import type { TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { differencesTo } from '../flow/map-memory.ts';
import { differenceWords, differWords, sourceWords } from './memory-words.ts';
import { count, plural } from './numbers.ts';
import { Button, LinkButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';

/** So many differences are listed at once; the others are one click away. */
const LISTED = 6;

type MapMemoryProps = {
  readonly draft: TableDraft;
  readonly flow: ImportFlow;
  /** Says something to those who do not see it. */
  readonly onSay: (text: string) => void;
};

/** The mapping that such a file had before: offered with who and when and what would differ, and taken over in one click. */
export function MapMemory({ draft, flow, onSay }: MapMemoryProps) {
  const { table, mapping, touchedAt } = draft;
  const { remembered } = table;
  if (!remembered) return null;
  // The draft's last change is now, as far as days go.
  const source = sourceWords(remembered.source, touchedAt);
  const differences = differencesTo(table, mapping, remembered.mapping);
  const answer = (use: boolean) => {
    onSay(use ? `Mapped as in ${source}.` : 'Mapped as suggested.');
    void flow.send({ kind: 'memoryAnswered', use });
  };
  if (differences.length > 0 && remembered.answer === 'open')
    return <Offer source={source} differences={differences} suggestions={table.suggestions} onAnswer={answer} />;
  return (
    <p class="row wrap small memory">
      <Icon name="clock" tone="faint" />
      {remembered.answer === 'kept' && differences.length > 0 ? (
        <>
          <span>{sentence(source)} is not used.</span>
          <LinkButton onClick={() => answer(true)}>Use it</LinkButton>
        </>
      ) : (
        <>
          <span>
            As in {source}
            {differences.length > 0 && `, ${differWords(differences)} changed since`}.
          </span>
          {remembered.answer === 'used' && <LinkButton onClick={() => answer(false)}>Back to the suggestions</LinkButton>}
        </>
      )}
    </p>
  );
}

type OfferProps = {
  readonly source: string;
  readonly differences: readonly MappingDifference[];
  readonly suggestions: readonly Suggestion[];
  readonly onAnswer: (use: boolean) => void;
};

function Offer({ source, differences, suggestions, onAnswer }: OfferProps) {
  const [isWhole, setIsWhole] = useState(false);
  useEnter(() => onAnswer(true));
  const listed = isWhole ? differences : differences.slice(0, LISTED);
  return (
    <section class="note memory" data-tone="accent" aria-label="Mapping of an earlier import">
      <Icon name="clock" />
      <div class="body">
        <p class="say">
          <strong>
            {sentence(differWords(differences))} {plural(differences.length, 'differs', 'differ')} from {source}.
          </strong>{' '}
          Nothing changes until you choose.
        </p>
        <div class="row wrap">
          <Button look="tonal" small onClick={() => onAnswer(true)}>
            Use it
            <span class="kbd" aria-hidden="true">
              Enter
            </span>
          </Button>
          <Button small onClick={() => onAnswer(false)}>
            Keep these suggestions
          </Button>
        </div>
        <ul class="changes" aria-label="What would change">
          {listed.map((difference, index) => (
            <Change key={index} difference={difference} suggestions={suggestions} />
          ))}
        </ul>
        {differences.length > listed.length && (
          <LinkButton onClick={() => setIsWhole(true)}>Show all {count(differences.length)}</LinkButton>
        )}
      </div>
    </section>
  );
}

type ChangeProps = { readonly difference: MappingDifference; readonly suggestions: readonly Suggestion[] };

function Change({ difference, suggestions }: ChangeProps) {
  const { name, before, after } = differenceWords(difference, suggestions);
  return (
    <li>
      <span class="strong cut" title={name}>
        {name}
      </span>
      <span class="diff">
        <del>{before}</del>
        <Icon name="arrow" />
        <ins>{after}</ins>
      </span>
    </li>
  );
}

/** Enter takes the offer, unless it is meant for what has the focus. */
function useEnter(take: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.defaultPrevented || event.repeat || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest('a, button, input, select, textarea, dialog, [role=dialog]')) return;
      take();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
