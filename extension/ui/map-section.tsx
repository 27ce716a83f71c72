import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Suggestion } from '#shared/mapping/mapping.ts';
import { count, countOf } from './numbers.ts';
import { LinkButton } from './parts/button.tsx';

/** A file may have hundreds of columns: so many are drawn at once. */
const DRAWN_AT_ONCE = 50;

type MapSectionProps = {
  readonly title: string;
  readonly columns: readonly Suggestion[];
  /** Names the five parts of a row, above the first section. */
  readonly hasHead: boolean;
  readonly action?: ComponentChildren;
  readonly row: (suggestion: Suggestion) => ComponentChildren;
};

/** Columns of one kind under their title; nothing where there are none. */
export function MapSection({ title, columns, hasHead, action, row }: MapSectionProps) {
  const [drawn, setDrawn] = useState(DRAWN_AT_ONCE);
  const more = columns.length - drawn;
  if (columns.length === 0) return null;
  return (
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
        {hasHead && (
          <div class="maps-head" aria-hidden="true">
            <span>Column in your file</span>
            <span>First values</span>
            <span />
            <span>Field in Leadline</span>
            <span>Why</span>
          </div>
        )}
        <ul class="maps">{columns.slice(0, drawn).map(row)}</ul>
        {more > 0 && (
          <LinkButton onClick={() => setDrawn(drawn + DRAWN_AT_ONCE)}>
            Show {countOf(Math.min(more, DRAWN_AT_ONCE), 'more column')} of {count(more)}
          </LinkButton>
        )}
      </div>
    </section>
  );
}
