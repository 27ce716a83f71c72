import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Combobox, DRAWN_OPTIONS } from '../../../extension/ui/parts/combobox.tsx';

afterEach(cleanup);

const ALL = ['Autumn fair', 'Spring fair', 'Summer fair', 'Webinar'].map((label) => ({
  value: label.toLowerCase(),
  label,
  note: 'Campaign',
}));
let chosen: string[];
beforeEach(() => {
  chosen = [];
});

/** A choice of campaigns, as a screen has it. */
function Fairs({ options = ALL, foot = '' }: { readonly options?: typeof ALL; readonly foot?: string }) {
  const [value, setValue] = useState('spring fair');
  const [text, setText] = useState('');
  return (
    <Combobox
      name="Campaign"
      value={value}
      shown={options.find((option) => option.value === value)?.label ?? ''}
      options={options.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))}
      foot={foot}
      maxLength={200}
      onType={setText}
      onChoose={(next) => {
        chosen.push(next);
        setValue(next);
      }}
    />
  );
}
const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Campaign' });
const press = (key: string, more = {}) => fireEvent.keyDown(field(), { key, ...more });
const type = (text: string) => fireEvent.input(field(), { target: { value: text } });
const shown = () => screen.queryAllByRole('option').map((option) => option.firstChild?.textContent);
const pointedAt = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.firstChild?.textContent ?? null;

describe('one of many choices', () => {
  test('is shown by its name; a click opens the list with it marked and pointed at', () => {
    render(<Fairs />);
    expect([field().value, field().getAttribute('aria-expanded')]).toEqual(['Spring fair', 'false']);
    fireEvent.click(field());
    expect(shown()).toEqual(['Autumn fair', 'Spring fair', 'Summer fair', 'Webinar']);
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('Spring fair');
    expect(pointedAt()).toBe('Spring fair');
    expect(field().getAttribute('aria-controls')).toBe(screen.getByRole('listbox', { name: 'Campaign' }).id);
  });

  test('is found by typing and taken with Enter', () => {
    render(<Fairs />);
    type('su');
    expect([shown(), pointedAt()]).toEqual([['Summer fair'], 'Summer fair']);
    press('Enter');
    expect([chosen, field().value, shown()]).toEqual([['summer fair'], 'Summer fair', []]);
  });

  test('is reached with arrows, Home and End, and Escape leaves all as it was', () => {
    render(<Fairs />);
    press('ArrowDown');
    expect(pointedAt()).toBe('Spring fair');
    press('ArrowDown');
    expect(pointedAt()).toBe('Summer fair');
    press('End');
    expect(pointedAt()).toBe('Webinar');
    press('Home');
    expect(pointedAt()).toBe('Autumn fair');
    press('ArrowUp');
    expect(pointedAt()).toBe('Webinar');
    press('Escape');
    expect([chosen, field().value, shown()]).toEqual([[], 'Spring fair', []]);
  });

  test('whoever types after having chosen types anew', () => {
    render(<Fairs />);
    field().focus();
    type('su');
    press('Enter');
    expect([field().selectionStart, field().selectionEnd]).toEqual([0, 'Summer fair'.length]);
  });

  test('is taken with a click', () => {
    render(<Fairs />);
    fireEvent.click(field());
    fireEvent.click(screen.getByText('Webinar'));
    expect([chosen, field().value]).toEqual([['webinar'], 'Webinar']);
  });

  test('what was typed is gone with the focus, and nothing is chosen by it', () => {
    render(<Fairs />);
    type('web');
    fireEvent.blur(field());
    expect([chosen, field().value, field().getAttribute('aria-expanded')]).toEqual([[], 'Spring fair', 'false']);
  });

  test('taking the chosen one again changes nothing', () => {
    render(<Fairs />);
    fireEvent.click(field());
    press('Enter');
    expect([chosen, shown()]).toEqual([[], []]);
  });

  test('where nothing is found the reason stands in place of the list, and Enter takes nothing', () => {
    render(<Fairs foot="Nothing has “xyz” in its name." />);
    type('xyz');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(screen.getByText('Nothing has “xyz” in its name.')).toBeTruthy();
    press('Enter');
    expect(chosen).toEqual([]);
  });

  test('how many there are is said', async () => {
    render(<Fairs />);
    type('fair');
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('3 choices.'), { timeout: 3_000 });
  });

  test('of thousands only the first are drawn', () => {
    render(<Fairs options={Array.from({ length: 2_000 }, (_, at) => ({ value: `${at}`, label: `Fair ${at}`, note: 'Campaign' }))} />);
    fireEvent.click(field());
    expect(shown()).toHaveLength(DRAWN_OPTIONS);
  });

  test('a key that a writing system composes with takes nothing', () => {
    render(<Fairs />);
    type('su');
    press('Enter', { isComposing: true });
    expect(chosen).toEqual([]);
  });
});
