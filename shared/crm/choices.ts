import { trimText } from '../lead/text.ts';
import type { FieldPair } from './record.ts';

type Offered = Pick<FieldPair, 'options'>;

/** A choice by its label, whose case people do not keep, else by its value; undefined where it is none. */
function findOption({ options = [] }: Offered, text: string) {
  const folded = text.toLowerCase();
  return (
    options.find(({ label }) => label === text) ??
    options.find(({ label }) => label.toLowerCase() === folded) ??
    options.find(({ value }) => value === text)
  );
}

/** What the CRM calls a choice of a lead; any other text is itself. */
export function choiceValue(pair: Offered, text: string): string {
  return findOption(pair, text)?.value ?? text;
}

/** What people call a choice of the CRM; any other text is itself. */
export function choiceLabel({ options = [] }: Offered, value: string): string {
  return options.find((option) => option.value === value)?.label ?? value;
}

/** The label of a choice as a lead has it: one that was renamed has its newest. */
export function choiceMeant(pair: Offered, text: string): string {
  return choiceLabel(pair, choiceValue(pair, text));
}

/** Choices of a lead, in their order. A label with `;` in it is one choice: the longest that is one is taken. */
export function readChoices(pair: Offered, text: string): readonly string[] {
  const parts = text.split(';');
  const { options = [] } = pair;
  const longest = Math.max(1, ...options.map(({ label }) => label.split(';').length));
  const choices: string[] = [];
  for (let at = 0; at < parts.length; ) {
    let count = Math.min(longest, parts.length - at);
    while (count > 1 && !findOption(pair, trimText(parts.slice(at, at + count).join(';')))) count--;
    const choice = trimText(parts.slice(at, at + count).join(';'));
    if (choice !== '') choices.push(choice);
    at += count;
  }
  return choices;
}

/** Values of a set as the CRM writes them: no value has a `;` in it. */
export function readValues(text: string): readonly string[] {
  return text
    .split(';')
    .map(trimText)
    .filter((part) => part !== '');
}
