import type { SheetView } from '../flow/sheet-flow.ts';
import { Button } from './parts/button.tsx';
import { FileButton } from './parts/file-button.tsx';
import { Note } from './parts/note.tsx';
import { csvOf, OtherWays, type SheetParts } from './sheet-ways.tsx';
import { type SheetMend, type SheetWords, sheetWords } from './sheet-words.ts';

type TroubleProps = { readonly view: Extract<SheetView, { kind: 'failed' }>; readonly parts: SheetParts };

/** Why a sheet is not read, and the buttons that mend it. */
export function SheetTrouble({ view, parts }: TroubleProps) {
  const words: SheetWords = sheetWords(view.failure, view.account, view.byToken);
  return (
    <>
      <h1 class="sr">This sheet can’t be read</h1>
      <Note tone="bad" icon="bad" alert fact={words.fact}>
        {words.advice}
      </Note>
      {words.mends.length > 0 && (
        <div class="row wrap">
          {words.mends.map((mend, index) => (
            <MendButton key={mend} mend={mend} isFirst={index === 0} view={view} parts={parts} />
          ))}
        </div>
      )}
      {words.offersOtherWays && <OtherWays sheet={view.sheet} parts={parts} />}
    </>
  );
}

type MendProps = TroubleProps & { readonly mend: SheetMend; readonly isFirst: boolean };

function MendButton({ mend, isFirst, view, parts }: MendProps) {
  const { sheets, host, onFile } = parts;
  const { address } = view.sheet;
  const csv = csvOf(view.sheet);
  if (mend === 'chooseFile') {
    return (
      <FileButton primary={isFirst} onElsewhere={host.chooseInTab} onFile={onFile}>
        Choose file
      </FileButton>
    );
  }
  const [word, act] = {
    again: ['Try again', () => void sheets.again()] as const,
    signIn: ['Sign in again', () => void sheets.signIn()] as const,
    otherAccount: ['Use another account', () => void sheets.signIn({ choose: true })] as const,
    openSheet: ['Open the sheet', () => host.openAddress(`https://docs.google.com/spreadsheets/d/${address.spreadsheetId}`)] as const,
    tabs: ['Choose another tab', sheets.backToTabs] as const,
    range: ['Choose a range', sheets.backToTabs] as const,
    otherSheet: ['Give another link', () => sheets.ask()] as const,
    otherToken: ['Give another token', () => sheets.ask({ text: address.spreadsheetId, way: 'token' })] as const,
    csvLink: [
      'Get the CSV file',
      () => {
        sheets.leave();
        if (csv !== null) void host.links.open(csv);
      },
    ] as const,
    options: ['Open the options', host.openOptions] as const,
  }[mend];
  return (
    <Button {...(isFirst ? { look: 'primary' as const } : {})} onClick={act}>
      {word}
    </Button>
  );
}
