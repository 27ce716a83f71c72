import type { ComponentChildren } from 'preact';
import type { ReadOptions } from '#shared/table/table.ts';
import type { TableView } from '../flow/draft.ts';
import { countOf, plural } from './numbers.ts';
import { LinkButton } from './parts/button.tsx';
import { Icon, type IconName } from './parts/icon.tsx';

type ReadFindingsProps = {
  readonly table: TableView;
  readonly read: ReadOptions;
  readonly onRead: (options: ReadOptions) => void;
};

/** What else was done while reading, each with the way to have it otherwise. Nothing where there is nothing to say. */
export function ReadFindings({ table, read, onRead }: ReadFindingsProps) {
  const { facts, hiddenRows, formulaErrors, mergedCells = 0 } = table;
  const words = facts.encodingSure ? specialWords(table) : [];
  const isMended = facts.repairedRows > 0 || read.repair === false;
  const isPlain = words.length === 0 && !isMended && hiddenRows === 0 && !formulaErrors && mergedCells === 0;
  if (isPlain && !read.keepRows) return null;
  return (
    <section class="sect">
      <h2>Also while reading</h2>
      <ul class="stack dim findings">
        {words.length > 0 && (
          <Finding icon="check" tone="ok">
            Letters beyond English read as {words.join(', ')}
          </Finding>
        )}
        {isMended && (
          <Finding icon="info" tone="ask">
            {read.repair === false
              ? 'Letters that went wrong before stay as they are in the file. '
              : `${countOf(facts.repairedRows, 'row')} had letters that went wrong before, as in “JosÃ©”. They are mended and marked. `}
            <LinkButton onClick={() => onRead({ ...read, repair: read.repair === false })}>
              {read.repair === false ? 'Mend them' : 'Take it back'}
            </LinkButton>
          </Finding>
        )}
        {hiddenRows > 0 && (
          <Finding icon="warn" tone="warn">
            {`${countOf(hiddenRows, 'hidden row')} ${plural(hiddenRows, 'is', 'are')} ${read.includeHidden ? 'included' : 'left out'}. `}
            <LinkButton onClick={() => onRead({ ...read, includeHidden: !read.includeHidden })}>
              {read.includeHidden ? `Leave ${plural(hiddenRows, 'it', 'them')} out` : `Include ${plural(hiddenRows, 'it', 'them')}`}
            </LinkButton>
          </Finding>
        )}
        {formulaErrors && (
          <Finding icon="warn" tone="warn">
            {`${countOf(formulaErrors.cells, 'cell')} ${plural(formulaErrors.cells, 'shows', 'show')} an error, as “${formulaErrors.first}”, in the place of a value. ${plural(formulaErrors.cells, 'It is', 'They are')} read as blank, with a warning.`}
          </Finding>
        )}
        {mergedCells > 0 && (
          <Finding icon="info" tone="ask">
            {`${countOf(mergedCells, 'blank cell')} under merged ones ${plural(mergedCells, 'has', 'have')} the text of the cell above.`}
          </Finding>
        )}
        {read.keepRows && (
          <Finding icon="info" tone="ask">
            Totals, lines below, repeated headers and test rows are kept as rows.{' '}
            <LinkButton onClick={() => onRead({ ...read, keepRows: false })}>Skip them again</LinkButton>
          </Finding>
        )}
      </ul>
    </section>
  );
}

function Finding({ icon, tone, children }: { readonly icon: IconName; readonly tone: string; readonly children: ComponentChildren }) {
  return (
    <li class="row top">
      <Icon name={icon} tone={tone} />
      <span>{children}</span>
    </li>
  );
}

const SHOWN_WORDS = 3;
const WORD = /[\p{L}\p{M}'’-]+/gu;

/** The first different words of the table with letters that ASCII does not have. */
function specialWords({ headers, firstRows }: TableView): readonly string[] {
  const words = [headers, ...firstRows].flat().flatMap((cell) => cell.match(WORD) ?? []);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
  return [...new Set(words.filter((word) => /[^\x00-\x7f’]/.test(word)))].slice(0, SHOWN_WORDS);
}
