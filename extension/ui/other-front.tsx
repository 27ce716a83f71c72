import { useState } from 'preact/hooks';
import type { DraftState } from '../flow/draft.ts';
import { type FrontSheet, isElsewhere } from '../flow/front-sheet.ts';
import type { Link } from '../flow/link-flow.ts';
import type { SheetView } from '../flow/sheet-flow.ts';
import { Button } from './parts/button.tsx';
import { Icon, type IconName } from './parts/icon.tsx';

/** What is in front and is not what is being imported. */
export type OtherFront = { readonly address: string; readonly name: string; readonly icon: IconName; readonly words: string };

type InFront = { readonly sheet: FrontSheet | null; readonly link: Link | null };
type AtWork = { readonly spreadsheetId: string; readonly gid?: number } | null;

/** The sheet or file in front, where an import of something else is under way; null where it would change nothing. */
export function otherInFront({ sheet, link }: InFront, draft: DraftState, open: SheetView): OtherFront | null {
  // Nothing can take the place of rows that are on their way, and without a draft the first screen offers what is in front.
  if (draft.step === 'importing' || (draft.step === 'source' && open.kind === 'closed')) return null;
  const file = draft.step === 'source' ? null : draft.file;
  const atWork = open.kind === 'closed' ? (file?.sheet ?? null) : placeOf(open);
  if (sheet) return atWork && !isElsewhere(sheet.sheet, atWork) ? null : { ...sheet, icon: 'sheet', words: wordsOf(sheet, atWork) };
  if (!link || link.address === file?.from) return null;
  const name = link.fileName || link.host;
  return { address: link.address, name, icon: 'file', words: `${name} is in front` };
}

function placeOf(open: Exclude<SheetView, { kind: 'closed' }>): AtWork {
  if (open.kind === 'asking') return null;
  const { address } = open.sheet;
  return open.kind === 'opened' ? { ...address, gid: open.gid } : address;
}

function wordsOf({ sheet, name }: FrontSheet, atWork: AtWork): string {
  if (sheet.spreadsheetId === atWork?.spreadsheetId) return 'Another tab of this sheet is in front';
  return `${name || (atWork ? 'Another sheet' : 'A Google Sheet')} is in front`;
}

type OtherInFrontProps = { readonly other: OtherFront | null; readonly onStart: (other: OtherFront) => void };

/** A quiet line: the import stays as it is, and one can begin with what is in front. */
export function OtherInFront({ other, onStart }: OtherInFrontProps) {
  const [left, setLeft] = useState<string | null>(null);
  if (!other || other.address === left) return null;
  return (
    <section class="other-front" aria-label="In the tab in front">
      <Icon name={other.icon} />
      <p>{other.words}</p>
      <span class="push row">
        <Button small onClick={() => onStart(other)}>
          Start with it
        </Button>
        <Button small look="quiet" onClick={() => setLeft(other.address)}>
          Stay
        </Button>
      </span>
    </section>
  );
}
