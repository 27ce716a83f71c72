import type { FrontSheets, FrontView } from '../flow/front-sheet.ts';
import { LinkButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { Note } from './parts/note.tsx';

type FollowTabsProps = { readonly view: FrontView; readonly front: FrontSheets };

/** In the side panel: the way to let it see the sheet of every tab. The row is the button, and says what it is for. */
export function FollowTabs({ view, front }: FollowTabsProps) {
  if (view.follows) return null;
  return (
    <div class="stack">
      <ul class="pick">
        <li>
          <button type="button" onClick={() => void front.follow()}>
            <span class="tile">
              <Icon name="sheet" />
            </span>
            <span class="what">
              <span>Follow Google Sheets</span>
              <span>
                Allow docs.google.com, and this panel knows which sheet is in front: its name and address. No cell is read before you ask.
              </span>
            </span>
            <Icon name="forward" tone="go" />
          </button>
        </li>
      </ul>
      {view.wasRefused && (
        <Note tone="warn" icon="shield" fact="Permission was not given." alert>
          A click on Leadline in the toolbar shows it the sheet of that one tab all the same.
        </Note>
      )}
    </div>
  );
}

/** In the foot of the panel, while it follows. */
export function FollowLine({ view, front }: FollowTabsProps) {
  if (!view.follows) return null;
  return (
    <>
      <span class="row">
        <span class="dot ok" />
        <span class="cut">Follows the tab in front</span>
      </span>
      <LinkButton onClick={() => void front.unfollow()}>Stop following</LinkButton>
    </>
  );
}
