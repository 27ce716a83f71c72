import type { TableView } from '../flow/draft.ts';
import { countOf } from './numbers.ts';
import { Note } from './parts/note.tsx';
import { type TableChoice, tablesOf } from './read-options.ts';

/** A file may hold several tables: which one is read, and the others to choose. */
export function ReadTables({ table, onChoose }: { readonly table: TableView; readonly onChoose: (choice: TableChoice) => void }) {
  const tables = tablesOf(table);
  if (tables.length === 0) return null;
  return (
    <Note
      icon="list"
      fact={`This file holds ${countOf(tables.length, 'table')}.`}
      buttons={tables.map((one) => (
        <button
          key={one.headerRow}
          class="chip"
          type="button"
          aria-pressed={one.isChosen}
          onClick={() => {
            if (!one.isChosen) onChoose(one);
          }}
        >
          <span class="cut">{one.title}</span> <span class="key">{countOf(one.rows, 'row')}</span>
        </button>
      ))}
    >
      One is imported at a time.
    </Note>
  );
}
