import { useState } from 'preact/hooks';
import type { RepairStep } from '#shared/plan/repair.ts';
import type { UnknownValue } from '#shared/plan/unknown-values.ts';
import type { UnknownColumn } from '../flow/view.ts';
import { count, countOf } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { Select } from './parts/select.tsx';

/** Values shown at once; the most frequent are first. */
const SHOWN = 100;
const BLANK = '';

type CheckValuesProps = { readonly unknown: UnknownColumn; readonly onFix: (step: RepairStep) => void };

/** The different values of a choice field that nobody knows, each once with its rows, and mapped once. */
export function CheckValues({ unknown, onFix }: CheckValuesProps) {
  const { values, kind, label, known, column } = unknown;
  const shown = values.slice(0, SHOWN);
  return (
    <section class="values" aria-label={`Unknown values of ${label}`}>
      <div class="lede">
        <h2>
          {countOf(values.length, 'value')} of {label} {values.length === 1 ? 'is' : 'are'} unknown
        </h2>
        <p class="dim">
          {kind === 'owner'
            ? 'They are not members here: without a choice these leads stay unassigned.'
            : 'They are none of the choices of this field: without a choice they are kept as they are.'}
        </p>
      </div>
      <ul class="ruled-list">
        {shown.map((value) => (
          <Value
            key={value.value}
            value={value}
            known={known}
            onChoose={(to) => onFix({ kind: 'replaceValue', column, from: value.value, to })}
          />
        ))}
      </ul>
      {values.length > shown.length && <p class="small faint pad">and {count(values.length - shown.length)} less frequent ones</p>}
    </section>
  );
}

type ValueProps = { readonly value: UnknownValue; readonly known: readonly string[]; readonly onChoose: (to: string) => void };

function Value({ value: { value, count: rows, suggestion }, known, onChoose }: ValueProps) {
  const [chosen, setChosen] = useState<string | null>(suggestion ?? null);
  const choices = [
    ...(chosen === null ? [{ value: '-', label: 'Choose' }] : []),
    ...known.map((one, index) => ({ value: String(index), label: one })),
    { value: 'blank', label: 'Leave it blank' },
  ];
  const shown = chosen === null ? '-' : chosen === BLANK ? 'blank' : String(known.indexOf(chosen));
  return (
    <li class="row wrap">
      <span class="grow cut" title={value}>
        <span class="strong">{value}</span> <span class="faint num">({count(rows)})</span>
      </span>
      <Icon name="arrow" tone="faint" />
      <Select
        name={`${value} becomes`}
        open={chosen === null}
        value={shown}
        choices={choices}
        onChoose={(choice) => setChosen(choice === 'blank' ? BLANK : (known[Number(choice)] ?? null))}
      />
      <Button
        small
        look="tonal"
        off={chosen === null ? 'Choose what it becomes' : null}
        onClick={() => chosen !== null && onChoose(chosen)}
      >
        Fix {countOf(rows, 'row')}
      </Button>
    </li>
  );
}
