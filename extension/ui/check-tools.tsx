import { useEffect, useRef, useState } from 'preact/hooks';
import { isColumnMapping } from '#shared/mapping/mapping.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import type { PlanView, TableDraft } from '../flow/draft.ts';
import { countOf } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { Select } from './parts/select.tsx';

/** So long nobody types: then it is asked for. */
const QUIET_MS = 200;
/** What narrows the rows of a problem further; `column` -1 is any. */
export type Narrowing = { readonly text: string; readonly column: number };
export const ANYWHERE: Narrowing = { text: '', column: -1 };

type CheckToolsProps = {
  readonly draft: TableDraft;
  readonly plan: PlanView;
  readonly labels: ReadonlyMap<number, string>;
  readonly narrowing: Narrowing;
  /** The problem chosen names its column itself. */
  readonly hasColumn: boolean;
  /** Rows found; null while they are looked for. */
  readonly found: number | null;
  readonly onNarrow: (narrowing: Narrowing) => void;
  readonly onFix: (step: RepairStep) => void;
};

/** Search, column, and what can be done to a whole column. */
export function CheckTools({ draft, plan, labels, narrowing, hasColumn, found, onNarrow, onFix }: CheckToolsProps) {
  const [isReplacing, setReplacing] = useState(false);
  const columns = draft.mapping.filter(isColumnMapping).map(({ column }) => column);
  const problems = (column: number) => plan.problems.filter((one) => one.column === column).reduce((sum, one) => sum + one.count, 0);
  const choices = [...new Set(columns)].map((column) => {
    const many = problems(column);
    return { value: String(column), label: `${labels.get(column) ?? ''}${many > 0 ? ` (${countOf(many, 'problem')})` : ''}` };
  });
  return (
    <>
      <div class="tools">
        <CheckSearch text={narrowing.text} onText={(text) => onNarrow({ ...narrowing, text })} />
        {!hasColumn && (
          <Select
            name="Column"
            value={String(narrowing.column)}
            choices={[{ value: '-1', label: 'Any column' }, ...choices]}
            onChoose={(column) => onNarrow({ ...narrowing, column: Number(column) })}
          />
        )}
        <Button small look="quiet" onClick={() => setReplacing(!isReplacing)}>
          Replace a value
        </Button>
        <Button small look="quiet" onClick={() => onFix({ kind: 'trim' })}>
          Trim all cells
        </Button>
        <span class="push small faint wide-only">{found !== null && `${countOf(found, 'row')}, by line`}</span>
      </div>
      {isReplacing && (
        <ReplaceForm
          choices={choices.map(({ value }) => ({ value, label: labels.get(Number(value)) ?? '' }))}
          onReplace={(step) => {
            onFix(step);
            setReplacing(false);
          }}
          onCancel={() => setReplacing(false)}
        />
      )}
    </>
  );
}

function CheckSearch({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const asked = useRef(text);
  const ask = (next: string) => {
    if (next === asked.current) return;
    asked.current = next;
    onText(next);
  };
  useEffect(() => {
    const timer = setTimeout(() => ask(typed), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <search class="search">
      <Icon name="search" />
      <input
        class="input"
        type="search"
        placeholder="Search in these rows"
        aria-label="Search in these rows"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && ask(typed)}
      />
    </search>
  );
}

type ReplaceFormProps = {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onReplace: (step: RepairStep) => void;
  readonly onCancel: () => void;
};

/** Every cell of a column that is one text becomes another. */
function ReplaceForm({ choices, onReplace, onCancel }: ReplaceFormProps) {
  const [column, setColumn] = useState(choices[0]?.value ?? '');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const off = from.trim() === '' ? 'Which value is to be replaced?' : from === to ? 'Both are the same' : null;
  return (
    <form
      class="tools replace"
      onSubmit={(event) => {
        event.preventDefault();
        if (off === null) onReplace({ kind: 'replaceValue', column: Number(column), from, to });
      }}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <Select name="Column of the value" focused value={column} choices={choices} onChoose={setColumn} />
      <input
        class="input"
        aria-label="Cells that are"
        placeholder="Cells that are"
        value={from}
        onInput={(event) => setFrom(event.currentTarget.value)}
      />
      <input class="input" aria-label="become" placeholder="become" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
      {/* Enter in a field of several needs a button of this type. */}
      <button type="submit" hidden />
      <Button small look="tonal" off={off} onClick={() => onReplace({ kind: 'replaceValue', column: Number(column), from, to })}>
        Replace
      </Button>
      <Button small look="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </form>
  );
}
