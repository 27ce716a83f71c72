import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { countOf } from '../numbers.ts';
import { moveOf } from './combobox-keys.ts';
import { Icon } from './icon.tsx';
import { LiveRegion } from './live-region.tsx';

/** `note`: what it is, fainter beside its label. */
export type ComboOption = { readonly value: string; readonly label: string; readonly note?: string };

type ComboboxProps = {
  /** The name that is read out. */
  readonly name: string;
  readonly value: string;
  /** What stands in the field while nobody types. */
  readonly shown: string;
  /** Those that fit what is typed, best first. */
  readonly options: readonly ComboOption[];
  /** What somebody types, '' once the list is closed: whoever owns the options narrows them. */
  readonly onType: (text: string) => void;
  readonly onChoose: (value: string) => void;
  /** Below the options, or in their place: more to find, nothing found, still looking. */
  readonly foot: string;
  readonly maxLength: number;
};

/** A list of hundreds is found by typing, not by scrolling: so many are drawn. */
export const DRAWN_OPTIONS = 100;

/** One of many choices: type to narrow them, or go through them by keyboard or pointer. */
export function Combobox({ name, value, shown, options, onType, onChoose, foot, maxLength }: ComboboxProps) {
  const [isOpen, setOpen] = useState(false);
  /** Null: the text is the chosen one's. */
  const [typed, setTyped] = useState<string | null>(null);
  const [pointedAt, setPointedAt] = useState<string | null>(null);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const drawn = options.slice(0, DRAWN_OPTIONS);
  const index = drawn.findIndex((option) => option.value === pointedAt);
  const active = index < 0 && typed !== null && drawn.length > 0 ? 0 : index;
  const hasList = isOpen && drawn.length > 0;

  useEffect(() => {
    if (hasList) list.current?.children[active]?.scrollIntoView?.({ block: 'nearest' });
  }, [hasList, active]);

  // Whoever types after having chosen types anew.
  useEffect(() => {
    if (typed === null && document.activeElement === field.current) selectText(field.current);
  }, [typed, shown]);

  const open = () => {
    if (isOpen) return;
    selectText(field.current);
    setPointedAt(value);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setTyped(null);
    onType('');
  };
  const choose = (option: ComboOption | undefined) => {
    if (!option) return;
    close();
    if (option.value !== value) onChoose(option.value);
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (!isOpen) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      return open();
    }
    const move = moveOf(event.key, event.altKey, active, drawn.length);
    if (move.kind === 'none') return;
    event.preventDefault();
    event.stopPropagation();
    if (move.kind === 'to') setPointedAt(drawn[move.index]?.value ?? null);
    else if (move.kind === 'close') close();
    else choose(drawn[active]);
  };

  return (
    <div class="combobox">
      <span class="select">
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={name}
          aria-autocomplete="list"
          aria-expanded={hasList ? 'true' : 'false'}
          aria-controls={hasList ? listId : undefined}
          aria-activedescendant={hasList && active >= 0 ? `${listId}-${active}` : undefined}
          autocomplete="off"
          spellcheck={false}
          maxLength={maxLength}
          title={isOpen ? undefined : shown}
          value={typed ?? shown}
          onFocus={(event) => selectText(event.currentTarget)}
          onClick={open}
          onBlur={close}
          onKeyDown={press}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setPointedAt(null);
            setOpen(true);
            onType(event.currentTarget.value);
          }}
        />
        <Icon name="down" />
      </span>
      {isOpen && (
        <div class="menu">
          {hasList && (
            <div
              ref={list}
              id={listId}
              role="listbox"
              aria-label={name}
              tabIndex={-1}
              onKeyDown={press}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={(event) => {
                const at = [...event.currentTarget.children].findIndex((child) => child.contains(event.target as Node)); // a click's target is one
                choose(drawn[at]);
              }}
            >
              {drawn.map((option, at) => (
                <div
                  key={option.value}
                  id={`${listId}-${at}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={option.value === value ? 'true' : 'false'}
                  data-active={at === active ? '' : undefined}
                >
                  <span>{option.label}</span>
                  {option.note !== undefined && <span class="small faint">{option.note}</span>}
                  {option.value === value && <Icon name="check" />}
                </div>
              ))}
            </div>
          )}
          {foot !== '' && <p class="small dim">{foot}</p>}
          <LiveRegion text={[drawn.length > 0 ? `${countOf(drawn.length, 'choice')}.` : '', foot].filter(Boolean).join(' ')} />
        </div>
      )}
    </div>
  );
}

/** All of it, its beginning in sight. */
function selectText(field: HTMLInputElement | null): void {
  field?.setSelectionRange(0, field.value.length, 'backward');
  if (field) field.scrollLeft = 0;
}
