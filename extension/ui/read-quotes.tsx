import type { FileFacts } from '#shared/table/table.ts';
import { ChipSelect, type Choice } from './parts/select.tsx';

type Quote = FileFacts['quote'];
type ReadQuotesProps = { readonly quote: Quote; readonly onChoose: (quote: Quote) => void };

const USUAL = [
  { value: 'double', label: 'Double quotes' },
  { value: 'single', label: 'Single quotes' },
  { value: 'none', label: 'None: quotes are text' },
] as const satisfies readonly (Choice & { readonly value: Quote })[];
/** Offered only where they were found. */
const RARE = [
  { value: 'backslash', label: 'Double quotes, \\" inside' },
  { value: 'lines', label: 'Around whole lines' },
] as const satisfies readonly (Choice & { readonly value: Quote })[];

/** What quotes the cells of a file, and the list to choose otherwise. */
export function ReadQuotes({ quote, onChoose }: ReadQuotesProps) {
  const choices = [...USUAL, ...RARE.filter(({ value }) => value === quote)];
  return (
    <ChipSelect
      name="Quotes"
      value={quote}
      {...(quote === 'none' ? { shown: 'None' } : {})}
      choices={choices}
      onChoose={(value) => {
        const chosen = choices.find((choice) => choice.value === value);
        if (chosen) onChoose(chosen.value);
      }}
    />
  );
}
