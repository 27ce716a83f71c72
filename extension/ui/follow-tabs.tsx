import type { FrontSheets, FrontView } from '../flow/front-sheet.ts';
import { LinkButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { Note } from './parts/note.tsx';

type FollowTabsProps = { readonly view: FrontView; readonly front: FrontSheets };

/** In the side panel: the way to let it see the sheet of every tab, and back. The row is the button, and says what it is for. */
export function FollowTabs({ view, front }: FollowTabsProps) {
  if (view.follows) return <Following front={front} />;
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
                Allow docs.google.com, and this panel knows the sheet in front: its name and address. No cell is read before you ask.
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

function Following({ front }: Pick<FollowTabsProps, 'front'>) {
  return (
    <p class="row wrap small">
      <span class="dot ok" />
      <span class="dim">Follows the tab in front</span>
      <LinkButton onClick={() => void front.unfollow()}>Stop following</LinkButton>
    </p>
  );
}
