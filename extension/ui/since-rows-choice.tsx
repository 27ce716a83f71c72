import { useId, useState } from 'preact/hooks';
import type { ChangedRule, SinceChoice } from '#shared/plan/since-rows.ts';
import type { ReadDraft, TableView } from '../flow/draft.ts';
import type { ServerView } from '../flow/view.ts';
import { mayNotOverwrite, OVERWRITE_WITHHELD } from './duplicate-rule.tsx';
import { count, plural } from './numbers.ts';
import { LinkButton } from './parts/button.tsx';
import { Select } from './parts/select.tsx';

export type SinceDraft = Omit<ReadDraft, 'since'> & { readonly since: SinceChoice };
type Since = NonNullable<TableView['since']>;
type Props = {
  readonly draft: SinceDraft;
  readonly since: Since;
  readonly server: ServerView;
  readonly onChoose: (choice: SinceChoice) => void;
  /** Another list is wanted. */
  readonly onList: () => void;
};

const RULES = [
  { value: 'overwrite', label: 'Write the cells that changed' },
  { value: 'fill', label: 'Only fill empty fields' },
] as const;

/** New, changed and removed rows of a sheet, each with what becomes of them. */
export function SinceRowsChoice({ draft, since, server, onChoose, onList }: Props) {
  const ruleId = useId();
  const choice = draft.since;
  const isWithheld = mayNotOverwrite(server);
  const rule = isWithheld || choice.changed === 'fill' ? 'fill' : 'overwrite';
  const changeTo = (changed: ChangedRule) => onChoose({ ...choice, changed });
  return (
    <ul class="since-rows">
      {since.fresh > 0 && (
        <li>
          <label class="check">
            <input
              type="checkbox"
              checked={choice.fresh}
              onChange={(event) => onChoose({ ...choice, fresh: event.currentTarget.checked })}
            />
            <Head number={since.fresh} what={plural(since.fresh, 'new row')} />
          </label>
          <p class="small dim">
            Into the list {draft.list.name}.{' '}
            <LinkButton label="Change the list" onClick={onList}>
              Change
            </LinkButton>
            {since.again > 0 && ` ${againWords(since.again)}`}
          </p>
        </li>
      )}
      {since.changed > 0 && (
        <li>
          <label class="check">
            <input
              type="checkbox"
              checked={choice.changed !== 'skip'}
              onChange={(event) => changeTo(event.currentTarget.checked ? rule : 'skip')}
            />
            <Head number={since.changed} what={plural(since.changed, 'changed row')} />
          </label>
          {choice.changed !== 'skip' && !isWithheld && (
            <Select
              id={ruleId}
              name="What a changed row writes"
              value={rule}
              choices={RULES}
              onChoose={(value) => changeTo(value === 'fill' ? 'fill' : 'overwrite')}
            />
          )}
          <p class="small dim">{isWithheld ? `Empty fields are filled. ${OVERWRITE_WITHHELD}` : RULE_WORDS[choice.changed]}</p>
        </li>
      )}
      {since.removed.count > 0 && <Removed removed={since.removed} />}
    </ul>
  );
}

const RULE_WORDS = {
  overwrite: 'What somebody edited in Leadline since is left alone, and the preview names it.',
  fill: 'No value is replaced.',
  skip: 'Left out this time, and offered again the next.',
} as const satisfies Record<ChangedRule, string>;

function Head({ number, what }: { readonly number: number; readonly what: string }) {
  return (
    <span class="row">
      <b class="num">{count(number)}</b>
      <span class="strong">{what}</span>
    </span>
  );
}

function againWords(again: number): string {
  return again === 1
    ? 'One was left out the last time, and has changed.'
    : `${count(again)} were left out the last time, and have changed.`;
}

/** Rows that went: their leads stay, and here they are named. */
function Removed({ removed }: { readonly removed: Since['removed'] }) {
  const [isShown, setIsShown] = useState(false);
  const listId = useId();
  const more = removed.count - removed.first.length;
  return (
    <li class="since-removed">
      <Head number={removed.count} what={plural(removed.count, 'removed row')} />
      <p class="small dim">
        {plural(removed.count, 'Its lead stays.', 'Their leads stay.')}{' '}
        <button class="link" type="button" aria-expanded={isShown} aria-controls={listId} onClick={() => setIsShown(!isShown)}>
          {isShown ? 'Hide' : 'Show'} {count(removed.count)}
        </button>
      </p>
      {isShown && (
        <ol class="small since-gone" id={listId}>
          {removed.first.map(({ line, name }) => (
            <li key={line} class="row">
              <span class="cut">{name || 'Nobody named'}</span>
              <span class="faint push nowrap">was row {count(line)}</span>
            </li>
          ))}
          {more > 0 && <li class="faint">and {count(more)} more</li>}
        </ol>
      )}
    </li>
  );
}
