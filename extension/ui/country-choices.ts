import { CALLING_CODES } from './countries.data.ts';
import { LOCALE } from './locale.ts';
import type { Choice } from './parts/select.tsx';

const NAMES = new Intl.DisplayNames(LOCALE, { type: 'region' });

let choices: readonly Choice[] | null = null;

/** Every country with its calling code, by name: "United States +1". Made once, when first shown. */
export function countryChoices(): readonly Choice[] {
  choices ??= [...CALLING_CODES]
    .map(([code, calling]) => ({ value: code, label: `${NAMES.of(code) ?? code} +${calling}` }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return choices;
}
