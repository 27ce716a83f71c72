import { exportCsvUrl, publishedCsvUrl } from '#shared/table/sheet-address.ts';
import type { KnownSheet, SheetFlow } from '../flow/sheet-flow.ts';
import type { Host } from './host.ts';
import { Icon, type IconName } from './parts/icon.tsx';
import { PasteRange } from './paste-range.tsx';

/** What the parts of the screen of a sheet work with. */
export type SheetParts = {
  readonly sheets: SheetFlow;
  readonly host: Host;
  readonly onText: (text: string) => void;
  readonly onFile: (file: File) => void;
};

/** The CSV of a tab, which needs no sign-in of ours: the browser's own session opens it, or nobody has to. */
export function csvOf({ address }: KnownSheet): string | null {
  return publishedCsvUrl(address) ?? exportCsvUrl(address);
}

/** The ways that need no sign-in of Leadline's. */
export function OtherWays({ sheet, parts }: { readonly sheet: KnownSheet; readonly parts: SheetParts }) {
  const { sheets, host, onText, onFile } = parts;
  const csv = csvOf(sheet);
  return (
    <section class="stack ruled-top" aria-label="Without signing in">
      <h2>Without signing in</h2>
      <PasteRange
        onText={(text) => {
          sheets.leave();
          onText(text);
        }}
        onFile={onFile}
      />
      <ul class="pick">
        {csv !== null && (
          <Way
            icon="link"
            name="Get it as a CSV file"
            what="With the sign-in of this browser’s tabs"
            onGo={() => {
              sheets.leave();
              void host.links.open(csv);
            }}
          />
        )}
        <Way
          icon="key"
          name="Use an access token"
          what="Token, spreadsheet ID, sheet name"
          onGo={() => sheets.ask({ text: sheet.address.spreadsheetId, way: 'token' })}
        />
      </ul>
    </section>
  );
}

type WayProps = { readonly icon: IconName; readonly name: string; readonly what: string; readonly onGo: () => void };

function Way({ icon, name, what, onGo }: WayProps) {
  return (
    <li>
      <button type="button" onClick={onGo}>
        <span class="tile">
          <Icon name={icon} />
        </span>
        <span class="what">
          <span>{name}</span>
          <span>{what}</span>
        </span>
        <Icon name="forward" tone="go" />
      </button>
    </li>
  );
}
