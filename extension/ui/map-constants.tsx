import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConstantMapping, Mapping, Suggestion } from '#shared/mapping/mapping.ts';
import type { CustomFieldInfo } from '../flow/view.ts';
import { ConstantForm } from './constant-form.tsx';
import { targetLabel } from './map-choices.ts';
import { constantsOf } from './map-places.ts';
import { count } from './numbers.ts';
import { Button, IconButton } from './parts/button.tsx';

type MapConstantsProps = {
  readonly mapping: Mapping;
  readonly suggestions: readonly Suggestion[];
  readonly customFields: readonly CustomFieldInfo[];
  readonly onSet: (before: ConstantMapping | null, after: ConstantMapping | null) => void;
};

/** Values that every row gets, whatever the file says: a company, tags, an owner. */
export function MapConstants({ mapping, suggestions, customFields, onSet }: MapConstantsProps) {
  const [isAdding, setAdding] = useState(false);
  const section = useRef<HTMLElement>(null);
  const wasAdding = useRef(false);
  useEffect(() => {
    // The form is gone: the focus goes back to the button that opened it.
    if (wasAdding.current && !isAdding) section.current?.querySelector<HTMLElement>('[data-add] button')?.focus();
    wasAdding.current = isAdding;
  }, [isAdding]);
  const constants = constantsOf(mapping);
  return (
    <section class="sect" ref={section} aria-label="Fixed values">
      <header>
        <h2>Fixed values</h2>
        {constants.length > 0 && <span class="count num">{count(constants.length)}</span>}
      </header>
      <div class="stack">
        {constants.length > 0 && (
          <ul class="constants">
            {constants.map((constant, at) => (
              <Constant key={`${at} ${constant.field} ${constant.label ?? ''}`} constant={constant} onSet={onSet} />
            ))}
          </ul>
        )}
        {isAdding ? (
          <ConstantForm
            mapping={mapping}
            suggestions={suggestions}
            customFields={customFields}
            onAdd={(constant) => {
              onSet(null, constant);
              setAdding(false);
            }}
            onCancel={() => setAdding(false)}
          />
        ) : (
          <div class="row wrap" data-add>
            <Button small icon="plus" onClick={() => setAdding(true)}>
              Add a fixed value
            </Button>
            {constants.length === 0 && <span class="small faint">The same for every row: a company, tags, an owner.</span>}
          </div>
        )}
      </div>
    </section>
  );
}

/** One fixed value: changed in place, or taken away. */
function Constant({ constant, onSet }: { readonly constant: ConstantMapping; readonly onSet: MapConstantsProps['onSet'] }) {
  const name = constant.label ?? targetLabel(constant.field);
  return (
    <li class="constant">
      <span class="strong cut" title={name}>
        {name}
      </span>
      <input
        class="input"
        aria-label={`Fixed value for ${name}`}
        value={constant.value}
        autocomplete="off"
        onChange={(event) => {
          const value = event.currentTarget.value.trim();
          if (value === '') event.currentTarget.value = constant.value;
          else if (value !== constant.value) onSet(constant, { ...constant, value });
        }}
      />
      <IconButton name={`Remove the fixed value for ${name}`} icon="cross" onClick={() => onSet(constant, null)} />
    </li>
  );
}
