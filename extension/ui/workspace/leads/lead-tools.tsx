import { useState } from 'preact/hooks';
import { type LeadsPlace, withPart } from '../../../flow/workspace/leads-place.ts';
import type { LeadFilter, LeadSort } from '../../../platform/lead-api.ts';
import { Icon } from '../../parts/icon.tsx';
import { Select } from '../../parts/select.tsx';
import type { Choices } from '../use-choices.ts';
import type { Workspace } from '../workspace.ts';
import { filterParts } from './filter-parts.ts';
import { SearchBox } from './search-box.tsx';

type LeadToolsProps = {
  readonly place: LeadsPlace;
  readonly workspace: Workspace;
  readonly choices: Choices;
  readonly onGo: (place: LeadsPlace, how?: 'replace') => void;
};

const ORDERS: readonly { readonly value: LeadSort; readonly label: string }[] = [
  { value: '-createdAt', label: 'Newest first' },
  { value: 'createdAt', label: 'Oldest first' },
  { value: '-updatedAt', label: 'Last changed first' },
  { value: 'updatedAt', label: 'Longest unchanged first' },
  { value: 'name', label: 'Name, A to Z' },
  { value: '-name', label: 'Name, Z to A' },
  { value: 'companyName', label: 'Company, A to Z' },
  { value: '-companyName', label: 'Company, Z to A' },
];

/** Search, filters and order: every change is a new address. */
export function LeadTools({ place, workspace, choices, onGo }: LeadToolsProps) {
  const [isOpen, setOpen] = useState(false);
  const parts = filterParts(workspace, choices, place.filter);
  const set = (part: keyof LeadFilter, value: string) => onGo(withPart(place, part, value));
  return (
    <section class="tools-area" aria-label="Search, filter and order">
      <div class="tools">
        {/* Typing is one step to go back over, not one per letter. */}
        <SearchBox
          what="leads"
          text={place.filter.search ?? ''}
          onSearch={(text) => onGo(withPart(place, 'search', text), place.filter.search ? 'replace' : undefined)}
        />
        {parts.map(({ part, label, chosen }) =>
          chosen === null ? null : (
            <button
              key={part}
              class="chip"
              type="button"
              aria-pressed="true"
              title={`Without this filter: ${label}`}
              onClick={() => set(part, '')}
            >
              <span class="cut">
                {label}: {chosen}
              </span>
              <Icon name="cross" />
            </button>
          ),
        )}
        <button class="chip" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon name={isOpen ? 'minus' : 'plus'} />
          Filter
        </button>
        <span class="push order">
          <Select name="Order" value={place.sort} choices={ORDERS} onChoose={(value) => onGo({ ...place, sort: sortOf(value) })} />
        </span>
      </div>
      {isOpen && (
        <div class="tools filters">
          {parts.map(({ part, label, choices: values }) => (
            <div key={part} class="filter-part">
              <label class="label" for={`filter-${part}`}>
                {label}
              </label>
              <Select
                id={`filter-${part}`}
                value={place.filter[part] ?? ''}
                choices={[{ value: '', label: 'Any' }, ...values]}
                onChoose={(value) => set(part, value)}
              />
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

function sortOf(value: string): LeadSort {
  return ORDERS.find((order) => order.value === value)?.value ?? '-createdAt';
}
